/**
 * Regions of Azure's clouds. A region that is newer than this list can be accepted by name in
 * accepted.json. https://learn.microsoft.com/azure/reliability/regions-list
 */
export const regions: readonly string[] = `
australiacentral australiacentral2 australiaeast australiasoutheast austriaeast belgiumcentral
brazilsouth brazilsoutheast canadacentral canadaeast centralindia centralus chilecentral
denmarkeast eastasia eastus eastus2 francecentral francesouth germanynorth germanywestcentral
indonesiacentral israelcentral italynorth japaneast japanwest jioindiacentral jioindiawest
koreacentral koreasouth malaysiawest mexicocentral newzealandnorth northcentralus northeurope
norwayeast norwaywest polandcentral qatarcentral saudiarabiaeast southafricanorth southafricawest
southcentralus southeastasia southindia spaincentral swedencentral swedensouth switzerlandnorth
switzerlandwest taiwannorth uaecentral uaenorth uksouth ukwest westcentralus westeurope westindia
westus westus2 westus3 usgovarizona usgovtexas usgovvirginia usdodcentral usdodeast chinaeast
chinaeast2 chinaeast3 chinanorth chinanorth2 chinanorth3
`
  .trim()
  .split(/\s+/);
