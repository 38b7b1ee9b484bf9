// Okta's telephony hook on Azure, from an empty resource group: az deployment group create. See
// docs/deploy.md.
import { pageReceivers as pageReceiversType } from 'receivers.bicep'
import { packageContainer } from 'modules/storage.bicep'
import {
  alerts as alertsType
  hookSettings as hookSettingsType
  network as networkType
  scale as scaleType
  tags as tagsType
} from 'types.bicep'

@description('Required. Environment: part of every name, so that two never meet. Lower-case letters and digits.')
@minLength(2)
@maxLength(5)
param environmentName string

@description('Optional. Workload: part of every name. Lower-case letters and digits.')
@minLength(2)
@maxLength(8)
param workload string = 'okta8x8'

@description('Optional. Region; the resource group\'s, so that it is chosen once.')
param location string = resourceGroup().location

@description('Optional. Further tags, such as owner or cost centre: yours to choose.')
param extraTags tagsType = {}

@description('Optional. Name of the identity that the app runs as, where one is in the resource group: the bootstrap makes id-<workload>-<environment>. Left out, this template makes it, which takes the right to write identities.')
param identity string = ''

@description('Required. Settings of the hook; at least the 8x8 subaccount.')
param hookSettings hookSettingsType

@description('Optional. Instances; the default is the smallest pool that no sign-in finds cold.')
param scale scaleType = { alwaysReady: 2, maximum: 40, concurrency: 100, memoryMB: 2048 }

@description('Optional. Instances in several zones and storage in three; the region must offer it.')
param zoneRedundant bool = false

@description('Optional. Recreate restarts all instances at once, and codes of that minute are lost. RollingUpdate replaces them in batches; Microsoft calls it a preview that is not recommended for production.')
param updateStrategy 'RollingUpdate' | 'Recreate' = 'Recreate'

@description('Optional. Network; public is cheaper and simpler, private is what a bank will ask for.')
param network networkType = { mode: 'public' }

@description('Optional. Address ranges that may call the hook. A stale list is an outage, so empty: the hook secret decides.')
param allowedIpRanges string[] = []

@description('Optional. Days for which our own workspace keeps telemetry and audit logs; Okta user ids are in them. Azure keeps telemetry for 90 at least.')
@minValue(90)
@maxValue(730)
param retentionDays int = 90

@description('Optional. Purge protection; false only where an environment is torn down and built again.')
param purgeProtection bool = true

@description('Optional. Which alerts are made: all, or essential, what even a small company has to know. none makes no rule, no action group and no availability test.')
param alerts alertsType = 'all'

@description('Optional. Who is woken by what cannot wait: a service that nobody is woken for is down for longer. Required with alerts.')
param pageReceivers pageReceiversType?

@description('Optional. Mail addresses that get what waits for the day, such as a ticket queue\'s. Required with alerts.')
param ticketEmails string[] = []

@description('Optional. One alert more, on Azure\'s incidents in the whole subscription; the pipelines\' deployer has no right to it.')
param serviceHealthAlert bool = false

@description('Optional. Where people read docs/runbooks.md: alerts link there, and who is woken should not search. Required with alerts.')
param runbookUrl string = ''

@description('Optional. Resource id of a central Log Analytics workspace that gets telemetry and audit logs; left out, one is made. How long they are kept there, and how many a day, its owner decides.')
param workspaceId string = ''

@description('Optional. GB of logs a day after which our own workspace takes no more until the next day; -1 for no cap.')
@minValue(-1)
param dailyCapGb int = 1

@description('Optional. Id of the Front Door that alone may call the hook (output frontDoorId of front.bicep); empty where Okta calls the app itself.')
param frontDoorId string = ''

@description('Optional. An environment that nobody calls until a failover: its silence is no alert.')
param standby bool = false

@description('Optional. true makes a table of which code was sent to whom until it is used, for the events of used codes to be joined with.')
param stateTable bool = false

@description('Optional. allowed compiles the committed example values, for snapshots and tests; a deployment refuses them.')
param placeholders 'refused' | 'allowed' = 'refused'

@description('Optional. Hash of the templates and parameters, which scripts set: setup compares it to know what is deployed.')
param inputs string = ''

// Both replace an instance while the app goes on: the last one would take every code with it.
var needsTwo = zoneRedundant || updateStrategy == 'RollingUpdate'
var choices = [
  {
    value: hookSettings.EIGHT_BY_EIGHT_SMS_SUBACCOUNT
    say: 'Set hookSettings.EIGHT_BY_EIGHT_SMS_SUBACCOUNT to your sub-account at 8x8.'
  }
  {
    value: hookSettings.?PHONE_POLICY_ALLOWED_COUNTRIES ?? ''
    say: 'Set hookSettings.PHONE_POLICY_ALLOWED_COUNTRIES to where your people live, such as BR,PT.'
  }
  {
    value: hookSettings.?EIGHT_BY_EIGHT_VOICE_SUBACCOUNT ?? ''
    say: 'Set hookSettings.EIGHT_BY_EIGHT_VOICE_SUBACCOUNT and EIGHT_BY_EIGHT_VOICE_SOURCE to what 8x8 gave you for calls, or leave both out.'
  }
  {
    // Digits have no room for the word example.
    value: hookSettings.?EIGHT_BY_EIGHT_VOICE_SOURCE == '6588000000' ? 'example' : ''
    say: 'Set hookSettings.EIGHT_BY_EIGHT_VOICE_SOURCE to the number of yours that calls, or leave it out.'
  }
]
var hasAlerts = alerts != 'none'
var forAlerts = [
  { value: string(pageReceivers ?? ''), say: 'Set pageReceivers to who is woken: alerts of severity 1 go there.' }
  { value: join(ticketEmails, ' '), say: 'Set ticketEmails to who does the rest in office hours.' }
  { value: runbookUrl, say: 'Set runbookUrl to where your people read docs/runbooks.md: alerts link there.' }
]
var missing = hasAlerts ? filter(forAlerts, choice => empty(choice.value)) : []
var examples = placeholders == 'refused'
  ? filter(concat(choices, hasAlerts ? forAlerts : []), choice => contains(choice.value, 'example'))
  : []
var subnetsElsewhere = filter(
  [network.?appSubnetId ?? '', network.?endpointSubnetId ?? ''],
  id => !empty(id) && split('${toLower(id)}//', '/')[2] != toLower(subscription().subscriptionId)
)
var problems = concat(
  needsTwo && scale.alwaysReady < 2 ? ['Zones and rolling updates need scale.alwaysReady of at least 2.'] : [],
  stateTable && network.?dnsZones != null && empty(network.?dnsZones.?table ?? '')
    ? ['Set network.dnsZones.table to your zone for tables: stateTable needs it beside the other two.']
    : [],
  // https://learn.microsoft.com/azure/azure-functions/flex-consumption-how-to#enable-virtual-network-integration
  contains(last(split(network.?appSubnetId ?? '', '/')), '_')
    ? ['Set network.appSubnetId to a subnet without an underscore in its name: Flex Consumption takes no other.']
    : [],
  // A private endpoint has to be in the subscription and the region of its virtual network.
  // https://learn.microsoft.com/azure/private-link/private-endpoint-overview#private-endpoint-properties
  empty(subnetsElsewhere)
    ? []
    : [
        'Set network.appSubnetId and endpointSubnetId to subnets of this subscription: Azure takes a private endpoint only where its network is.'
      ],
  // What the portal calls the workspace's id is another one, and Azure's own message would not say
  // so.
  empty(workspaceId) || contains(toLower(workspaceId), '/providers/microsoft.operationalinsights/workspaces/')
    ? []
    : ['Set workspaceId to the workspace\'s resource id, /subscriptions/…/workspaces/….'],
  // Any other would let nobody in, and the smoke test could not see it: the availability test comes
  // in beside the front.
  empty(frontDoorId) || (length(frontDoorId) == 36 && length(split(frontDoorId, '-')) == 5)
    ? []
    : ['Set frontDoorId to the output frontDoorId of the front, which is a GUID.'],
  map(examples, example => example.say),
  map(missing, choice => '${choice.say} Or set alerts to none.')
)
// Every name needs this one: a problem stops the deployment before anything is made.
var suffix = empty(problems) ? toLower('${workload}-${environmentName}') : fail(join(problems, ' '))
var isPrivate = network.mode != 'public'
var unique = take(uniqueString(resourceGroup().id, suffix), 6)
var ownTags = { workload: 'okta-8x8-telephony', environment: environmentName }
var tags = union(extraTags, ownTags)
var identityName = empty(identity) ? 'id-${suffix}' : identity
var workspaceName = 'log-${suffix}'
var applicationInsightsName = 'appi-${suffix}'
var vaultName = 'kv-${suffix}-${unique}'
var accountName = 'st${replace(suffix, '-', '')}${unique}'
var appName = 'func-${suffix}-${unique}'
var tableUrl = 'https://${accountName}.table.${environment().suffixes.storage}'
var availabilityTestName = 'health-${suffix}'

// Made from names and not taken from what is deployed: so a preview shows the ids, and only what
// Azure alone knows is left open.
var logsId = empty(workspaceId) ? resourceId('Microsoft.OperationalInsights/workspaces', workspaceName) : workspaceId
var applicationInsightsId = resourceId('Microsoft.Insights/components', applicationInsightsName)
var vaultId = resourceId('Microsoft.KeyVault/vaults', vaultName)
var accountId = resourceId('Microsoft.Storage/storageAccounts', accountName)
var appId = resourceId('Microsoft.Web/sites', appName)
var availabilityTestId = resourceId('Microsoft.Insights/webtests', availabilityTestName)
var pageGroupId = resourceId('Microsoft.Insights/actionGroups', 'ag-page-${suffix}')
var ticketGroupId = resourceId('Microsoft.Insights/actionGroups', 'ag-ticket-${suffix}')

var tableZoneName = 'privatelink.table.${environment().suffixes.storage}'
var zoneNames = {
  vault: 'privatelink${replace(environment().suffixes.keyvaultDns, '.vault.', '.vaultcore.')}'
  blob: 'privatelink.blob.${environment().suffixes.storage}'
  ...(stateTable ? { table: tableZoneName } : {})
}
var noDnsZones = { vault: '', blob: '' }
var subnets = network.mode == 'private'
  ? {
      app: resourceId('Microsoft.Network/virtualNetworks/subnets', 'vnet-${suffix}', 'app')
      endpoints: resourceId('Microsoft.Network/virtualNetworks/subnets', 'vnet-${suffix}', 'endpoints')
    }
  : { app: network.?appSubnetId ?? '', endpoints: network.?endpointSubnetId ?? '' }
var dnsZones = network.mode == 'private'
  ? {
      vault: resourceId('Microsoft.Network/privateDnsZones', zoneNames.vault)
      blob: resourceId('Microsoft.Network/privateDnsZones', zoneNames.blob)
    }
  : network.?dnsZones ?? noDnsZones
var tableDnsZone = network.mode == 'private'
  ? resourceId('Microsoft.Network/privateDnsZones', tableZoneName)
  : network.?dnsZones.?table ?? ''

resource ownIdentity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = if (empty(identity)) {
  name: identityName
  location: location
  tags: tags
}

// Where pipelines deploy, the bootstrap makes it and so alone decides who may become the app.
resource givenIdentity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' existing = if (!empty(identity)) {
  name: identityName
}

var identityId = resourceId('Microsoft.ManagedIdentity/userAssignedIdentities', identityName)
var principalId = empty(identity) ? ownIdentity!.properties.principalId : givenIdentity!.properties.principalId
var clientId = empty(identity) ? ownIdentity!.properties.clientId : givenIdentity!.properties.clientId

module monitoring 'modules/monitoring.bicep' = {
  params: {
    workspaceName: workspaceName
    centralWorkspaceId: workspaceId
    applicationInsightsName: applicationInsightsName
    location: location
    tags: tags
    principalId: principalId
    identityName: identityName
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
    identityName: identityName
    workspaceId: logsId
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
    identityName: identityName
    workspaceId: logsId
    isPrivate: isPrivate
    zoneRedundant: zoneRedundant
    stateTable: stateTable
  }
  dependsOn: [monitoring]
}

module ownNetwork 'modules/network.bicep' = if (network.mode == 'private') {
  params: {
    suffix: suffix
    location: location
    tags: tags
    zoneTags: ownTags
    addressPrefix: network.?addressPrefix ?? '10.80.0.0/24'
    natGateway: network.?natGateway ?? false
    operatorSubnet: network.?operatorSubnet ?? ''
    zoneNames: zoneNames
  }
}

// One after the other: of several endpoints that Azure makes in one subnet at the same time, one may
// fail (ReferencedResourceNotProvisioned).
// https://github.com/Azure/bicep-ptn-aiml-landing-zone/issues/41
module vaultEndpoint 'modules/private-endpoint.bicep' = if (isPrivate) {
  params: {
    name: 'pep-vault-${suffix}'
    location: location
    tags: tags
    subnetId: subnets.endpoints
    serviceId: vaultId
    groupId: 'vault'
    dnsZoneId: dnsZones.vault
  }
  dependsOn: [ownNetwork, vault]
}

module blobEndpoint 'modules/private-endpoint.bicep' = if (isPrivate) {
  params: {
    name: 'pep-blob-${suffix}'
    location: location
    tags: tags
    subnetId: subnets.endpoints
    serviceId: accountId
    groupId: 'blob'
    dnsZoneId: dnsZones.blob
  }
  dependsOn: [ownNetwork, storage, vaultEndpoint]
}

module tableEndpoint 'modules/private-endpoint.bicep' = if (isPrivate && stateTable) {
  params: {
    name: 'pep-table-${suffix}'
    location: location
    tags: tags
    subnetId: subnets.endpoints
    serviceId: accountId
    groupId: 'table'
    dnsZoneId: tableDnsZone
  }
  dependsOn: [ownNetwork, storage, blobEndpoint]
}

// Whoever can read these resources can read it. Nobody else can compute it: Azure made the key in
// the connection string.
var availabilityTestKey = guid(monitoring.outputs.connectionString, 'availability-test')

// Vault, storage and monitoring bring the roles, and the endpoints the way: the app never starts
// without them.
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
          // For the host's own diagnostic events: with the blobs' address alone it warns once and
          // writes none. It takes the same role.
          // https://github.com/Azure/azure-functions-host/blob/0070a7488b3be6ce8b2325bc3643fa2f1b0ef48e/src/WebJobs.Script.WebHost/Diagnostics/DiagnosticEventTableStorageRepository.cs
          AzureWebJobsStorage__tableServiceUri: tableUrl
        }
      : {}
    vaultUri: 'https://${vaultName}${environment().suffixes.keyvaultDns}/'
    workspaceId: logsId
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
  dependsOn: [vault, storage, ownNetwork, vaultEndpoint, blobEndpoint, tableEndpoint]
}

module pageGroup 'modules/action-group.bicep' = if (hasAlerts) {
  params: { name: 'ag-page-${suffix}', shortName: 'okta-page', tags: tags, receivers: pageReceivers! }
}

module ticketGroup 'modules/action-group.bicep' = if (hasAlerts) {
  params: { name: 'ag-ticket-${suffix}', shortName: 'okta-ticket', tags: tags, receivers: { emails: ticketEmails } }
}

module availability 'modules/availability.bicep' = if (hasAlerts) {
  params: {
    name: availabilityTestName
    location: location
    tags: tags
    applicationInsightsId: applicationInsightsId
    hostName: app.outputs.hostName
    alerts: alerts
    key: availabilityTestKey
  }
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
    // The app's own defaults: src/settings/config.ts.
    budgetMs: int(hookSettings.?HOOK_BUDGET_MS ?? ((hookSettings.?OKTA_HOOK_AUTH ?? 'secret') == 'secret'
      ? '2500'
      : '2000'))
  }
  dependsOn: [monitoring, pageGroup, ticketGroup]
}

module metricAlerts 'modules/metric-alerts.bicep' = if (hasAlerts) {
  params: {
    suffix: suffix
    tags: tags
    appId: appId
    vaultId: vaultId
    applicationInsightsId: applicationInsightsId
    availabilityTestId: availabilityTestId
    pageGroupId: pageGroupId
    ticketGroupId: ticketGroupId
    runbookUrl: runbookUrl
    alerts: alerts
    scale: scale
  }
  dependsOn: [app, vault, availability, pageGroup, ticketGroup]
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
  }
  dependsOn: [monitoring]
}

@description('What Okta is given as the hook\'s URL.')
output hookUrl string = 'https://${app.outputs.hostName}/api/okta/telephony'

@description('For the smoke test.')
output healthUrl string = 'https://${app.outputs.hostName}/api/health'

@description('For the deployment of code.')
output functionAppName string = appName

@description('For seeding and rotating secrets.')
output vaultName string = vaultName

@description('For 8x8\'s allow list; empty without a NAT gateway.')
output outboundAddress string = network.mode == 'private' ? ownNetwork!.outputs.outboundAddress : ''

@description('For setup.')
output inputs string = inputs
