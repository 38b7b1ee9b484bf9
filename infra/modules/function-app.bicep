// The plan and the app on Flex Consumption. What the plan refuses (ARM error 51021) is listed and asserted in test/infra/flex.test.ts.
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

@description('Required. Blob endpoint of the storage account.')
param blobEndpoint string

@description('Required. Container of the package.')
param packageContainer string

@description('Required. URL of the vault.')
param vaultUri string

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
// With a list, the availability test has to be let in by its service tag, or it is red for ever.
var availabilityTest = {
  name: 'availability-test'
  action: 'Allow'
  priority: 90
  tag: 'ServiceTag'
  ipAddress: 'ApplicationInsightsAvailability'
}

// Everything is a setting here: a deployment replaces the whole set, so one made by hand does not survive.
var appSettings = union(hookSettings, {
  AzureWebJobsStorage__blobServiceUri: blobEndpoint
  AzureWebJobsStorage__credential: 'managedidentity'
  AzureWebJobsStorage__clientId: identityClientId
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
      ipSecurityRestrictions: empty(callers) ? [] : concat([availabilityTest], callers)
      scmIpSecurityRestrictionsUseMain: false
      scmIpSecurityRestrictionsDefaultAction: 'Allow'
      appSettings: [for setting in items(appSettings): { name: setting.key, value: setting.value }]
    }
  }

  resource noFtpPassword 'basicPublishingCredentialsPolicies' = {
    name: 'ftp'
    properties: { allow: false }
  }

  resource noScmPassword 'basicPublishingCredentialsPolicies' = {
    name: 'scm'
    properties: { allow: false }
  }
}

@description('Resource id.')
output id string = app.id

@description('Name.')
output name string = app.name

@description('Host name that Okta calls.')
output hostName string = app.properties.defaultHostName
