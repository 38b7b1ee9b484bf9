// Creates everything that the hook needs in one resource group: docs/deploy.md.
import { pageReceivers as pageReceiversType } from 'receivers.bicep'
import { packageContainer } from 'modules/storage.bicep'
import {
  alerts as alertsType
  hookSettings as hookSettingsType
  isIdLike
  network as networkType
  problemsOfWorkload
  scale as scaleType
  tags as tagsType
  withOwnTags
} from 'types.bicep'

@description('Required. Name of the environment and of its folder, such as `dev`: 2 to 5 lower-case letters and digits. The name is part of every resource name.')
@minLength(2)
@maxLength(5)
param environmentName string

@description('Optional. Short name of the workload: 2 to 8 lower-case letters and digits, the same in the bootstrap. This name is part of every resource name.')
@minLength(2)
@maxLength(8)
param workload string = 'okta8x8'

@description('Optional. Azure region. Default: the region of the resource group.')
param location string = resourceGroup().location

@description('Optional. More tags for every resource, at most 47. A tag named `environment` or `workload` replaces the template\'s tag.')
param extraTags tagsType = {}

@description('Optional. Name of an existing identity for the app, in this resource group. The bootstrap creates `id-<workload>-<environment>` and gives it its roles. If empty, the template creates an identity with these roles.')
param identity string = ''

@description('Required. Settings of the app: docs/configure.md. Only `EIGHT_BY_EIGHT_SMS_SUBACCOUNT` is required.')
param hookSettings hookSettingsType

@description('Optional. Warm instances, maximum number of instances, concurrent requests of each instance, and its memory: docs/operate.md#one-warm-instance.')
param scale scaleType = { alwaysReady: 2, maximum: 40, concurrency: 100, memoryMB: 2048 }

@description('Optional. `true` spreads instances over several availability zones. Storage uses zones wherever the region has them.')
param zoneRedundant bool = false

@description('Optional. How a deployment replaces instances: docs/operate.md#what-a-deployment-costs.')
param updateStrategy 'RollingUpdate' | 'Recreate' = 'Recreate'

@description('Optional. `public`, `private` or `existing`: docs/network.md. With `private` and `existing`, the internet cannot reach the vault and the storage account.')
param network networkType = { mode: 'public' }

@description('Optional. The only IP ranges that may call the app, at most 510: docs/network.md#who-may-call. An outdated list blocks Okta.')
@maxLength(510)
param allowedIpRanges string[] = []

@description('Optional. Days that the template\'s own workspace keeps logs, at least 90. Logs include Okta user ids.')
@minValue(90)
@maxValue(730)
param retentionDays int = 90

@description('Optional. With `true`, a deleted vault cannot be purged for 90 days. `false` is for environments that you delete and create again.')
param purgeProtection bool = true

@description('Optional. `all`, `essential` or `none`: docs/runbooks.md#alerts. If you choose fewer, see docs/operate.md#fewer-alerts.')
param alerts alertsType = 'all'

@description('Optional. People on call, for alerts of severity 1: docs/parameters.md#who-is-paged. Required if there are alerts.')
param pageReceivers pageReceiversType?

@description('Optional. E-mail addresses for alerts of severity 2, such as a ticket queue. Required if there are alerts.')
param ticketEmails string[] = []

@description('Optional. `true` adds an alert on Azure incidents in the subscription. A pipeline has no rights to deploy this alert.')
param serviceHealthAlert bool = false

@description('Optional. Where your people read docs/runbooks.md. Every alert links to this URL. Required if there are alerts.')
param runbookUrl string = ''

@description('Optional. Resource id of docs/network.md#a-central-workspace. The workspace\'s owner decides on retention and daily cap. If empty, the template creates a workspace.')
param workspaceId string = ''

@description('Optional. Name of the template\'s own workspace. Default: `log-<workload>-<environment>`. For 14 days, a deleted workspace keeps its name.')
param workspaceName string = ''

@description('Optional. `policy` leaves out the template\'s diagnostic settings, because a policy of your company sends the same logs to the same workspace: docs/network.md#a-policys-diagnostic-settings. The scripts set `unchanged`, because each write raises an alert.')
param diagnosticSettings 'template' | 'policy' | 'unchanged' = 'template'

@description('Optional. GB of logs a day in the template\'s own workspace. When the cap is reached, Azure keeps no more logs until the next day. -1: no cap.')
@minValue(-1)
param dailyCapGb int = 1

@description('Optional. Id of the only Front Door that may call the app: docs/outage.md#a-front.')
param frontDoorId string = ''

@description('Optional. `true` for a stand-by: no alert if Okta does not call it.')
param standby bool = false

@description('Optional. `true` creates docs/deploy.md#the-table-of-codes.')
param stateTable bool = false

@description('Optional. With `refused`, a deployment fails if a parameter has an example value. `allowed` is for snapshots and tests.')
param placeholders 'refused' | 'allowed' = 'refused'

@description('Optional. Hash of what is deployed. The scripts set this hash.')
param inputs string = ''

// With zones or rolling updates, another instance must answer while one is missing.
var needsTwo = zoneRedundant || updateStrategy == 'RollingUpdate'
var choices = [
  {
    value: hookSettings.EIGHT_BY_EIGHT_SMS_SUBACCOUNT
    say: 'Set hookSettings.EIGHT_BY_EIGHT_SMS_SUBACCOUNT to your sub-account at 8x8.'
  }
  {
    value: hookSettings.?PHONE_POLICY_ALLOWED_COUNTRIES ?? ''
    say: 'Set hookSettings.PHONE_POLICY_ALLOWED_COUNTRIES to the countries of your people\'s phone numbers, such as BR,PT.'
  }
  {
    value: hookSettings.?EIGHT_BY_EIGHT_VOICE_SUBACCOUNT ?? ''
    say: 'Set hookSettings.EIGHT_BY_EIGHT_VOICE_SUBACCOUNT to your sub-account for calls and EIGHT_BY_EIGHT_VOICE_SOURCE to its number, or leave both out.'
  }
  {
    // A phone number cannot contain the word example, so the example files have this number.
    value: hookSettings.?EIGHT_BY_EIGHT_VOICE_SOURCE == '6588000000' ? 'example' : ''
    say: 'Set hookSettings.EIGHT_BY_EIGHT_VOICE_SOURCE to the phone number that makes your calls, or leave it out.'
  }
]
var hasAlerts = alerts != 'none'
var forAlerts = [
  {
    value: string(pageReceivers ?? '')
    say: 'Set pageReceivers to the people on call, who get the alerts of severity 1.'
  }
  { value: join(ticketEmails, ' '), say: 'Set ticketEmails to the people who handle alerts that are not urgent.' }
  { value: runbookUrl, say: 'Set runbookUrl to the URL of your copy of docs/runbooks.md, to which alerts link.' }
]
var missing = hasAlerts ? filter(forAlerts, choice => empty(choice.value)) : []
var examples = placeholders == 'refused'
  ? filter(concat(choices, hasAlerts ? forAlerts : []), choice => contains(choice.value, 'example'))
  : []
var addressPrefix = network.?addressPrefix ?? '10.80.0.0/24'
var webhookNames = map(pageReceivers.?webhooks ?? [], webhook => toLower(webhook.name))
var subnetsElsewhere = filter(
  [network.?appSubnetId ?? '', network.?endpointSubnetId ?? ''],
  id => !empty(id) && split('${toLower(id)}//', '/')[2] != toLower(subscription().subscriptionId)
)
// A key may name several countries, such as AT,CH.
var limitedCountries = map(
  split(toUpper(join(objectKeys(json(hookSettings.?GUARD_COUNTRY_LIMITS ?? '{}')), ',')), ','),
  country => trim(country)
)
var allowedCountries = map(
  split(toUpper(hookSettings.?PHONE_POLICY_ALLOWED_COUNTRIES ?? ''), ','),
  country => trim(country)
)
var unlimitedCountries = hookSettings.?GUARD_MODE == 'enforce'
  ? filter(allowedCountries, country => !empty(country) && !contains(limitedCountries, country))
  : []
var anyProvider = '/subscriptions/*/resourceGroups/*/providers'
var anySubnet = '${anyProvider}/Microsoft.Network/virtualNetworks/*/subnets/*'
var anyZone = '${anyProvider}/Microsoft.Network/privateDnsZones/privatelink'
// The portal calls a different id "Workspace ID". Azure's own errors do not say which id is wrong.
var ids = [
  { of: 'workspaceId', id: workspaceId, form: '${anyProvider}/Microsoft.OperationalInsights/workspaces/*' }
  { of: 'network.appSubnetId', id: network.?appSubnetId, form: anySubnet }
  { of: 'network.endpointSubnetId', id: network.?endpointSubnetId, form: anySubnet }
  { of: 'network.dnsZones.vault', id: network.?dnsZones.?vault, form: '${anyZone}.vaultcore.*' }
  { of: 'network.dnsZones.blob', id: network.?dnsZones.?blob, form: '${anyZone}.blob.*' }
  { of: 'network.dnsZones.table', id: network.?dnsZones.?table, form: '${anyZone}.table.*' }
]
// A deployment cannot change the redundancy of an existing storage account. The account is
// therefore zone-redundant wherever the region has zones. Never remove a region from the file,
// because the next deployment of an existing account in that region would fail.
// https://learn.microsoft.com/azure/storage/common/redundancy-migration
var regionHasZones = !contains(loadJsonContent('regions-without-zones.json'), toLower(replace(location, ' ', '')))
var problems = concat(
  problemsOfWorkload(workload),
  contains(identity, '/')
    ? ['Set identity to the name of an identity, not to its id. The identity must be in the resource group of the app.']
    : [],
  zoneRedundant && !regionHasZones
    ? ['Set zoneRedundant to false, or choose another region, because ${location} has no availability zones.']
    : [],
  map(
    filter(ids, it => !empty(it.id) && !isIdLike(it.id, it.form)),
    it => 'Set ${it.of} to an id with the format ${replace(it.form, '*', '…')}.'
  ),
  needsTwo && scale.alwaysReady < 2
    ? ['Set scale.alwaysReady to 2 or more, because zones and rolling updates need two instances.']
    : [],
  stateTable && network.?dnsZones != null && empty(network.?dnsZones.?table ?? '')
    ? ['Set network.dnsZones.table to your private DNS zone for tables, because stateTable is true.']
    : [],
  // https://learn.microsoft.com/azure/azure-functions/flex-consumption-how-to#enable-virtual-network-integration
  contains(last(split(network.?appSubnetId ?? '', '/')), '_')
    ? [
        'Set network.appSubnetId to a subnet without an underscore in its name, because Flex Consumption accepts no other.'
      ]
    : [],
  // A private endpoint must be in the subscription and the region of its virtual network.
  // https://learn.microsoft.com/azure/private-link/private-endpoint-overview#private-endpoint-properties
  empty(subnetsElsewhere)
    ? []
    : [
        'Set network.appSubnetId and endpointSubnetId to subnets of this subscription, because a private endpoint must be in the subscription of its network.'
      ],
  // With a wrong id, the app would refuse Okta's calls. The smoke test would still pass, because it
  // reads the results of the availability test, which has its own access rule.
  empty(frontDoorId) || (length(frontDoorId) == 36 && length(split(frontDoorId, '-')) == 5)
    ? []
    : ['Set frontDoorId to the output frontDoorId of front.bicep, which is a GUID.'],
  // The app gets half of the range, and needs a /27 or larger. Azure accepts a range only if it
  // starts with its first address.
  // https://learn.microsoft.com/azure/azure-functions/functions-networking-options#subnets
  parseCidr(addressPrefix).cidr > 26 || parseCidr(addressPrefix).network != split(addressPrefix, '/')[0]
    ? [
        'Set network.addressPrefix to a range of /26 or larger that starts with its first address, such as 10.80.0.0/24.'
      ]
    : [],
  // https://learn.microsoft.com/azure/azure-functions/flex-consumption-how-to#enable-virtual-network-integration
  !empty(network.?appSubnetId ?? '') && toLower(network.?appSubnetId ?? '') == toLower(network.?endpointSubnetId ?? '')
    ? [
        'Set network.endpointSubnetId to another subnet, because the subnet of a Flex Consumption app cannot hold private endpoints.'
      ]
    : [],
  dailyCapGb == 0 ? ['Set dailyCapGb to 1 or more, or to -1 for no cap, because 0 keeps no logs.'] : [],
  length(union(webhookNames, webhookNames)) < length(webhookNames)
    ? ['Set pageReceivers.webhooks to webhooks with different names.']
    : [],
  // Without an entry, a new country would share the few codes of `*`.
  empty(unlimitedCountries)
    ? []
    : [
        'Set limits in hookSettings.GUARD_COUNTRY_LIMITS for each allowed country, because GUARD_MODE is enforce. Add "${join(unlimitedCountries, ',')}":{"enrollments":60,"recoveries":300,"signIns":1000,"calls":300}, or look up docs/guard.md.'
      ],
  map(examples, example => example.say),
  map(missing, choice => '${choice.say} Or set alerts to none.')
)
// Every resource name contains this suffix. If there are problems, Azure therefore creates nothing.
var suffix = empty(problems) ? toLower('${workload}-${environmentName}') : fail(join(problems, ' '))
var isPrivate = network.mode != 'public'
var unique = take(uniqueString(resourceGroup().id, suffix), 6)
var tags = withOwnTags(extraTags, environmentName)
var identityName = empty(identity) ? 'id-${suffix}' : contains(identity, '/') ? suffix : identity
var logsName = empty(workspaceName) ? 'log-${suffix}' : workspaceName
var applicationInsightsName = 'appi-${suffix}'
var vaultName = 'kv-${suffix}-${unique}'
var accountName = 'st${replace(suffix, '-', '')}${unique}'
var appName = 'func-${suffix}-${unique}'
var tableUrl = 'https://${accountName}.table.${environment().suffixes.storage}'

// These ids are built from names, because what-if cannot show ids that are read from resources.
var logsId = empty(workspaceId) ? resourceId('Microsoft.OperationalInsights/workspaces', logsName) : workspaceId
var diagnosedIn = diagnosticSettings == 'template' ? logsId : ''
var applicationInsightsId = resourceId('Microsoft.Insights/components', applicationInsightsName)
var vaultId = resourceId('Microsoft.KeyVault/vaults', vaultName)
var accountId = resourceId('Microsoft.Storage/storageAccounts', accountName)
var appId = resourceId('Microsoft.Web/sites', appName)
var pageGroupId = resourceId('Microsoft.Insights/actionGroups', 'ag-page-${suffix}')
var ticketGroupId = resourceId('Microsoft.Insights/actionGroups', 'ag-ticket-${suffix}')

var endpoints = [
  { groupId: 'vault', serviceId: vaultId }
  { groupId: 'blob', serviceId: accountId }
  ...(stateTable ? [{ groupId: 'table', serviceId: accountId }] : [])
]
var zoneNames = {
  vault: 'privatelink${replace(environment().suffixes.keyvaultDns, '.vault.', '.vaultcore.')}'
  blob: 'privatelink.blob.${environment().suffixes.storage}'
  ...(stateTable ? { table: 'privatelink.table.${environment().suffixes.storage}' } : {})
}
var subnets = network.mode == 'private'
  ? {
      app: resourceId('Microsoft.Network/virtualNetworks/subnets', 'vnet-${suffix}', 'app')
      endpoints: resourceId('Microsoft.Network/virtualNetworks/subnets', 'vnet-${suffix}', 'endpoints')
    }
  : { app: network.?appSubnetId ?? '', endpoints: network.?endpointSubnetId ?? '' }

resource ownIdentity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = if (empty(identity)) {
  name: identityName
  location: location
  tags: tags
}

resource givenIdentity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' existing = if (!empty(identity)) {
  name: identityName
}

var identityId = resourceId('Microsoft.ManagedIdentity/userAssignedIdentities', identityName)
var principalId = empty(identity) ? ownIdentity!.properties.principalId : givenIdentity!.properties.principalId
var clientId = empty(identity) ? ownIdentity!.properties.clientId : givenIdentity!.properties.clientId

module monitoring 'modules/monitoring.bicep' = {
  params: {
    workspaceName: logsName
    centralWorkspaceId: workspaceId
    applicationInsightsName: applicationInsightsName
    location: location
    tags: tags
    principalId: principalId
    identityName: empty(identity) ? identityName : ''
    retentionDays: retentionDays
    dailyCapGb: dailyCapGb
  }
}

module vault 'modules/key-vault.bicep' = {
  params: {
    name: vaultName
    location: location
    tags: tags
    principalId: principalId
    identityName: empty(identity) ? identityName : ''
    workspaceId: diagnosedIn
    isPrivate: isPrivate
    purgeProtection: purgeProtection
  }
  dependsOn: [monitoring]
}

module storage 'modules/storage.bicep' = {
  params: {
    name: accountName
    location: location
    tags: tags
    principalId: principalId
    identityName: empty(identity) ? identityName : ''
    workspaceId: diagnosedIn
    isPrivate: isPrivate
    zoneRedundant: regionHasZones
    stateTable: stateTable
  }
  dependsOn: [monitoring]
}

module ownNetwork 'modules/network.bicep' = if (network.mode == 'private') {
  params: {
    suffix: suffix
    location: location
    tags: tags
    addressPrefix: addressPrefix
    natGateway: network.?natGateway ?? false
    operatorSubnet: network.?operatorSubnet ?? ''
    zoneNames: zoneNames
  }
}

// The endpoints are created one after the other. If Azure creates several endpoints in one subnet
// at once, one of them can fail with ReferencedResourceNotProvisioned.
// https://github.com/Azure/bicep-ptn-aiml-landing-zone/issues/41
@batchSize(1)
module serviceEndpoints 'modules/private-endpoint.bicep' = [
  for endpoint in isPrivate ? endpoints : []: {
    params: {
      name: 'pep-${endpoint.groupId}-${suffix}'
      location: location
      tags: tags
      subnetId: subnets.endpoints
      serviceId: endpoint.serviceId
      groupId: endpoint.groupId
      dnsZoneId: network.mode == 'private'
        ? resourceId('Microsoft.Network/privateDnsZones', zoneNames[endpoint.groupId])
        : network.?dnsZones[?endpoint.groupId] ?? ''
    }
    dependsOn: [ownNetwork, vault, storage]
  }
]

// The key is derived from the connection string, so only someone with read access to these
// resources can compute it.
var availabilityTestKey = guid(monitoring.outputs.connectionString, 'availability-test')

// The app must not start before it has its roles and can reach the vault and storage.
module app 'modules/function-app.bicep' = {
  params: {
    name: appName
    planName: 'asp-${suffix}'
    location: location
    tags: tags
    identityId: identityId
    identityClientId: clientId
    accountName: accountName
    blobEndpoint: 'https://${accountName}.blob.${environment().suffixes.storage}/'
    packageContainer: packageContainer
    stateSettings: stateTable
      ? {
          STATE_TABLE_URL: tableUrl
          // The Functions host writes its diagnostic events to a table. For this table, the host
          // needs this address, but no further role.
          // https://github.com/Azure/azure-functions-host/blob/0070a7488b3be6ce8b2325bc3643fa2f1b0ef48e/src/WebJobs.Script.WebHost/Diagnostics/DiagnosticEventTableStorageRepository.cs
          AzureWebJobsStorage__tableServiceUri: tableUrl
        }
      : {}
    vaultUri: 'https://${vaultName}${environment().suffixes.keyvaultDns}/'
    workspaceId: diagnosedIn
    applicationInsightsConnectionString: monitoring.outputs.connectionString
    subnetId: subnets.app
    hookSettings: hookSettings
    scale: scale
    zoneRedundant: zoneRedundant
    updateStrategy: updateStrategy
    allowedIpRanges: allowedIpRanges
    frontDoorId: frontDoorId
    hasAvailabilityTest: hasAlerts
    availabilityTestKey: availabilityTestKey
  }
  dependsOn: [vault, storage, ownNetwork, serviceEndpoints]
}

module pageGroup 'modules/action-group.bicep' = if (hasAlerts) {
  params: { name: 'ag-page-${suffix}', shortName: 'okta-page', tags: tags, receivers: pageReceivers! }
}

module ticketGroup 'modules/action-group.bicep' = if (hasAlerts) {
  params: { name: 'ag-ticket-${suffix}', shortName: 'okta-ticket', tags: tags, receivers: { emails: ticketEmails } }
}

module availability 'modules/availability.bicep' = if (hasAlerts) {
  params: {
    suffix: suffix
    location: location
    tags: tags
    applicationInsightsId: applicationInsightsId
    hostName: app.outputs.hostName
    alerts: alerts
    key: availabilityTestKey
    pageGroupId: pageGroupId
    runbookUrl: runbookUrl
  }
  dependsOn: [pageGroup]
}

module logAlerts 'modules/log-alerts.bicep' = if (hasAlerts) {
  params: {
    suffix: suffix
    location: location
    tags: tags
    applicationInsightsId: applicationInsightsId
    workspaceId: logsId
    appIdentityId: identityId
    vaultId: vaultId
    pageGroupId: pageGroupId
    ticketGroupId: ticketGroupId
    runbookUrl: runbookUrl
    alerts: alerts
    centralWorkspace: !empty(workspaceId)
    standby: standby
    dailyCapGb: dailyCapGb
    // These are the defaults of src/settings/config.ts.
    budgetMs: int(hookSettings.?HOOK_BUDGET_MS ?? ((hookSettings.?OKTA_HOOK_AUTH ?? 'secret') == 'secret'
      ? '2500'
      : '2000'))
  }
  dependsOn: [monitoring, pageGroup, ticketGroup]
}

module azureAlerts 'modules/azure-alerts.bicep' = if (hasAlerts) {
  params: {
    suffix: suffix
    tags: tags
    applicationInsightsId: applicationInsightsId
    applicationInsightsName: applicationInsightsName
    serviceHealthAlert: serviceHealthAlert
    pageGroupId: pageGroupId
    ticketGroupId: ticketGroupId
    runbookUrl: runbookUrl
  }
  dependsOn: [monitoring, pageGroup, ticketGroup]
}

module workbook 'modules/workbook.bicep' = {
  params: {
    displayName: 'Sign-in codes (${environmentName})'
    location: location
    tags: tags
    applicationInsightsId: applicationInsightsId
    appId: appId
  }
  dependsOn: [monitoring]
}

@description('URL of the hook, for Okta.')
output hookUrl string = 'https://${app.outputs.hostName}/api/okta/telephony'

@description('URL of the health check, for the smoke test.')
output healthUrl string = 'https://${app.outputs.hostName}/api/health'

@description('Name of the app, for the deployment of its code.')
output functionAppName string = appName

@description('Name of the vault, for the command seed-secrets.')
output vaultName string = vaultName

@description('Outbound IP address, for 8x8\'s allow list. Empty without a NAT gateway.')
output outboundAddress string = network.mode == 'private' ? ownNetwork!.outputs.outboundAddress : ''

@description('Hash of the deployed templates and parameters, for setup.')
output inputs string = inputs
