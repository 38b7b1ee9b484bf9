// The plan and the app on Flex Consumption. What the plan refuses (ARM error 51021) is not among
// its properties: test/infra/resources.test.ts.
import { hookSettings as hookSettingsType, scale as scaleType, tags as tagsType } from '../types.bicep'

@description('Required. Name of the app: it becomes the host name that Okta calls.')
param name string

@description('Required. Name of the plan.')
param planName string

@description('Required. Region, the resource group\'s.')
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

@description('Required. Container of the package.')
param packageContainer string

@description('Required. Where sent codes are kept, as a setting; empty where none are.')
param stateSettings { *: string }

@description('Required. URL of the vault.')
param vaultUri string

@description('Required. Workspace that keeps the host\'s own log.')
param workspaceId string

@description('Required. Where telemetry goes.')
param applicationInsightsConnectionString string

@description('Required. Subnet that the app joins; empty in public mode.')
param subnetId string

@description('Required. Settings of the hook.')
param hookSettings hookSettingsType

@description('Required. How many instances, and how large.')
param scale scaleType

@description('Required. Instances in several zones.')
param zoneRedundant bool

@description('Required. RollingUpdate replaces instances in batches; Recreate restarts all at once and loses codes.')
param updateStrategy 'RollingUpdate' | 'Recreate'

@description('Required. Address ranges that may call; empty lets all call, and the hook secret decides.')
param allowedIpRanges string[]

@description('Required. Id of the Front Door that alone may call; empty where Okta calls the app itself.')
param frontDoorId string

@description('Required. Whether an availability test asks the app.')
param hasAvailabilityTest bool

@description('Required. Value of the header x-azure-fdid that this availability test sends.')
param availabilityTestKey string

// Anybody's Front Door comes from these addresses: only the header says whose it is.
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
// With a list, the availability test has to be let in, or it is red for ever. Every tenant's tests
// come from these addresses, so here too the header says whose it is. Azure matches it in a rule of
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

// Everything is a setting here: a deployment replaces the whole set, so one made by hand does not
// survive.
var appSettings = union(hookSettings, stateSettings, {
  // With the address of the blobs alone the host can fail to make its client while it starts. The
  // address stays: the host prefers it, and makes another one of the name in sovereign clouds. Of the
  // name it makes the tables' address too; without a role there it warns once.
  // https://github.com/Azure/azure-functions-host/issues/11787
  AzureWebJobsStorage__accountName: accountName
  AzureWebJobsStorage__blobServiceUri: blobEndpoint
  AzureWebJobsStorage__credential: 'managedidentity'
  AzureWebJobsStorage__clientId: identityClientId
  // In bytes. Enough for a batch of Okta's events; without it the host hands the worker 100 MB of
  // anybody's.
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
    // Part of the host name is a hash of this group's id: once the app is deleted, nobody elsewhere
    // can take the name and what Okta sends.
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

  // Azure refuses them without a location, which the published types do not know.
  // https://github.com/Azure/bicep/issues/7396
  resource noFtpPassword 'basicPublishingCredentialsPolicies' = {
    name: 'ftp'
    #disable-next-line BCP187 // Azure wants it, and the published types do not have it
    location: location
    properties: { allow: false }
  }

  resource noScmPassword 'basicPublishingCredentialsPolicies' = {
    name: 'scm'
    #disable-next-line BCP187 // Azure wants it, and the published types do not have it
    location: location
    properties: { allow: false }
  }
}

// What Functions documents for its apps:
// https://learn.microsoft.com/azure/azure-functions/monitor-functions-reference#resource-logs
#disable-next-line use-recent-api-versions // the only other version is ten years old
resource log 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: app
  name: 'host'
  properties: { workspaceId: workspaceId, logs: [{ category: 'FunctionAppLogs', enabled: true }] }
}

@description('Host name that Okta calls.')
output hostName string = app.properties.defaultHostName
