// Creates the app and its plan on Flex Consumption. On this plan, Azure refuses several common
// properties of siteConfig with ARM error 51021, so they are left out.
import { hookSettings as hookSettingsType, scale as scaleType, tags as tagsType } from '../types.bicep'

@description('Required. Name of the app. Its host name begins with it.')
param name string

@description('Required. Name of the plan.')
param planName string

@description('Required. Region of the resource group.')
param location string

@description('Required. Tags for every resource.')
param tags tagsType

@description('Required. Resource id of the app\'s identity.')
param identityId string

@description('Required. Client id of the app\'s identity.')
param identityClientId string

@description('Required. Name of the storage account.')
param accountName string

@description('Required. Blob endpoint of the storage account.')
param blobEndpoint string

@description('Required. Blob container of the package.')
param packageContainer string

@description('Required. Settings for the table of codes. Empty without the table.')
param stateSettings { *: string }

@description('Required. URL of the vault.')
param vaultUri string

@description('Required. Resource id of the workspace for the host\'s log. If empty, there is no diagnostic setting.')
param workspaceId string

@description('Required. Connection string of Application Insights.')
param applicationInsightsConnectionString string

@description('Required. Resource id of the app\'s subnet. Empty in public mode.')
param subnetId string

@description('Required. Settings of the hook.')
param hookSettings hookSettingsType

@description('Required. Number and size of the instances.')
param scale scaleType

@description('Required. true spreads instances over several availability zones.')
param zoneRedundant bool

@description('Required. RollingUpdate replaces instances in batches. Recreate restarts all instances at once, and codes that are requested in that minute are lost.')
param updateStrategy 'RollingUpdate' | 'Recreate'

@description('Required. IP address ranges that may call. Empty: all.')
param allowedIpRanges string[]

@description('Required. Id of the only Front Door that may call. Empty if Okta calls the app directly.')
param frontDoorId string

@description('Required. true if an availability test calls the app.')
param hasAvailabilityTest bool

@description('Required. Value of the header x-azure-fdid that the availability test sends.')
param availabilityTestKey string

// Every customer's Front Door calls from these addresses. Only the header identifies yours.
// https://learn.microsoft.com/azure/frontdoor/origin-security#public-ip-address-based-origins
var frontDoor = empty(frontDoorId)
  ? []
  : [
      {
        name: 'front-door'
        action: 'Allow'
        priority: 80
        tag: 'ServiceTag'
        ipAddress: 'AzureFrontDoor.Backend'
        headers: { 'x-azure-fdid': [frontDoorId] }
      }
    ]
var ranges = [
  for (range, i) in allowedIpRanges: { name: 'caller-${i}', action: 'Allow', priority: 100 + i, ipAddress: range }
]
var callers = concat(frontDoor, ranges)
// If callers are restricted, the availability test needs a rule too. The tests of all tenants call
// from these addresses, so a header identifies this app's test. Azure checks headers in rules of
// any type:
// https://learn.microsoft.com/azure/app-service/overview-access-restrictions#http-header-filtering-for-site-access-restriction-rules
var availabilityTest = {
  name: 'availability-test'
  action: 'Allow'
  priority: 90
  tag: 'ServiceTag'
  ipAddress: 'ApplicationInsightsAvailability'
  headers: { 'x-azure-fdid': [availabilityTestKey] }
}

// A deployment replaces all app settings, so it deletes a setting that was added by hand.
var appSettings = union(hookSettings, stateSettings, {
  // The host needs both the account's name and its blob address. With the address alone, the host
  // can fail to create its client at start. With the name alone, it would build a wrong address in
  // sovereign clouds. The host also derives the table's address from the name, and logs a warning
  // if it has no role for the table.
  // https://github.com/Azure/azure-functions-host/issues/11787
  AzureWebJobsStorage__accountName: accountName
  AzureWebJobsStorage__blobServiceUri: blobEndpoint
  AzureWebJobsStorage__credential: 'managedidentity'
  AzureWebJobsStorage__clientId: identityClientId
  // In bytes, enough for a batch of Okta's events. By default, the host would pass up to 100 MB
  // from any caller to the worker.
  FUNCTIONS_REQUEST_BODY_SIZE_LIMIT: '2097152'
  APPLICATIONINSIGHTS_CONNECTION_STRING: applicationInsightsConnectionString
  APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identityClientId};Authorization=AAD'
  AZURE_CLIENT_ID: identityClientId
  KEY_VAULT_URL: vaultUri
})

resource plan 'Microsoft.Web/serverfarms@2025-03-01' = {
  name: planName
  location: location
  tags: tags
  kind: 'functionapp'
  sku: { name: 'FC1', tier: 'FlexConsumption' }
  properties: { reserved: true, zoneRedundant: zoneRedundant }
}

resource app 'Microsoft.Web/sites@2025-03-01' = {
  name: name
  location: location
  tags: tags
  kind: 'functionapp,linux'
  identity: { type: 'UserAssigned', userAssignedIdentities: { '${identityId}': {} } }
  properties: {
    serverFarmId: plan.id
    // The host name includes a hash of this group's id. After the app is deleted, no one in another
    // group can take over the host name.
    // https://learn.microsoft.com/azure/app-service/reference-dangling-subdomain-prevention
    autoGeneratedDomainNameLabelScope: 'ResourceGroupReuse'
    httpsOnly: true
    clientAffinityEnabled: false
    publicNetworkAccess: 'Enabled'
    virtualNetworkSubnetId: empty(subnetId) ? null : subnetId
    functionAppConfig: {
      deployment: {
        storage: {
          type: 'blobContainer'
          value: '${blobEndpoint}${packageContainer}'
          authentication: { type: 'UserAssignedIdentity', userAssignedIdentityResourceId: identityId }
        }
      }
      runtime: { name: 'node', version: '24' }
      scaleAndConcurrency: {
        instanceMemoryMB: scale.memoryMB
        maximumInstanceCount: scale.maximum
        alwaysReady: [{ name: 'http', instanceCount: scale.alwaysReady }]
        triggers: { http: { perInstanceConcurrency: scale.concurrency } }
      }
      #disable-next-line BCP037 // documented since API 2024-11-01, absent from the published types
      siteUpdateStrategy: { type: updateStrategy }
    }
    siteConfig: {
      minTlsVersion: '1.2'
      scmMinTlsVersion: '1.2'
      http20Enabled: true
      remoteDebuggingEnabled: false
      webSocketsEnabled: false
      ipSecurityRestrictionsDefaultAction: empty(callers) ? 'Allow' : 'Deny'
      ipSecurityRestrictions: empty(callers) ? [] : concat(hasAvailabilityTest ? [availabilityTest] : [], callers)
      scmIpSecurityRestrictionsUseMain: false
      scmIpSecurityRestrictionsDefaultAction: 'Allow'
      appSettings: [for setting in items(appSettings): { name: setting.key, value: setting.value }]
    }
  }

  // https://github.com/Azure/bicep/issues/7396
  resource noFtpPassword 'basicPublishingCredentialsPolicies' = {
    name: 'ftp'
    #disable-next-line BCP187 // Azure requires it, and the published types lack it
    location: location
    properties: { allow: false }
  }

  resource noScmPassword 'basicPublishingCredentialsPolicies' = {
    name: 'scm'
    #disable-next-line BCP187 // Azure requires it, and the published types lack it
    location: location
    properties: { allow: false }
  }
}

// Function Apps have this log category:
// https://learn.microsoft.com/azure/azure-functions/monitor-functions-reference#resource-logs
#disable-next-line use-recent-api-versions // the only other version is ten years old
resource log 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = if (!empty(workspaceId)) {
  scope: app
  name: 'host'
  properties: { workspaceId: workspaceId, logs: [{ category: 'FunctionAppLogs', enabled: true }] }
}

@description('Host name that Okta calls.')
output hostName string = app.properties.defaultHostName
