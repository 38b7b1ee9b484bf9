/**
 * Azure's regions, as az account list-locations names them. To use a newer region, a company names
 * the rule known-region in accepted.json.
 */
export const regions: readonly string[] =
  `
australiacentral australiacentral2 australiaeast australiasoutheast austriaeast belgiumcentral brazilsouth brazilsoutheast
canadacentral canadaeast centralindia centralus chilecentral denmarkeast eastasia eastus eastus2 francecentral francesouth
germanynorth germanywestcentral indonesiacentral israelcentral italynorth japaneast japanwest jioindiacentral jioindiawest
koreacentral koreasouth malaysiawest mexicocentral newzealandnorth northcentralus northeurope norwayeast norwaywest
polandcentral qatarcentral southafricanorth southafricawest southcentralus southeastasia southindia spaincentral
swedencentral swedensouth switzerlandnorth switzerlandwest uaecentral uaenorth uksouth ukwest westcentralus westeurope
westindia westus westus2 westus3
chinaeast chinaeast2 chinaeast3 chinanorth chinanorth2 chinanorth3 usgovarizona usgovtexas usgovvirginia
`.match(/\w+/g) ?? [];

/**
 * Regions with Flex Consumption in Microsoft's quickstart (2026-02-24). For the current list, run
 * az functionapp list-flexconsumption-locations.
 * https://github.com/Azure-Samples/functions-quickstart-typescript-azd/blob/main/infra/main.bicep
 */
export const flexRegions: readonly string[] =
  `
australiaeast australiasoutheast brazilsouth canadacentral centralindia centralus eastasia eastus eastus2 francecentral
germanywestcentral italynorth japaneast koreacentral northcentralus northeurope norwayeast southafricanorth southcentralus
southeastasia southindia spaincentral swedencentral uaenorth uksouth ukwest westcentralus westeurope westus westus2 westus3
`.match(/\w+/g) ?? [];

/**
 * Flex Consumption regions without availability zones (2026-11-28).
 * https://learn.microsoft.com/azure/reliability/regions-list
 */
export const regionsWithoutZones: readonly string[] =
  "australiasoutheast northcentralus southindia ukwest westcentralus westus".split(" ");

/** Returns the region whose name differs in the fewest letters. */
export function nearestRegion(typed: string): string {
  const [nearest = ""] = regions.toSorted(
    (one, other) => editsBetween(typed, one) - editsBetween(typed, other),
  );
  return nearest;
}

/** Returns the Levenshtein distance between two names. */
function editsBetween(from: string, to: string): number {
  const last = Array.from(from).reduce(
    (row, letter, i) => {
      const next = [i + 1];
      for (const [j, other] of Array.from(to).entries())
        next.push(
          Math.min(
            (next[j] ?? 0) + 1,
            (row[j + 1] ?? 0) + 1,
            (row[j] ?? 0) + (letter === other ? 0 : 1),
          ),
        );
      return next;
    },
    Array.from({ length: to.length + 1 }, (_, i) => i),
  );
  return last.at(-1) ?? 0;
}
