// Run once for each environment by an administrator: the resource groups, the app's identity, and
// who may what in them.
targetScope = 'subscription'

import { tags as tagsType } from '../types.bicep'
import {
  existingGroups as existingGroupsType
  existingIdentity as existingIdentityType
  existingRoles as existingRolesType
} from 'existing.bicep'
import { azurePipelines as azurePipelinesType, gitHubRepository } from 'federation.bicep'
import { lock as lockType } from 'locks.bicep'

@description('Required. Environment, as in main.bicepparam beside these parameters. Lower-case letters and digits.')
@minLength(2)
@maxLength(5)
param environmentName string

@description('Optional. Workload, as in infra/main.bicep.')
param workload string = 'okta8x8'

@description('Required. Region of the resource groups, and so of everything in them.')
param location string

@description('Optional. The repository on GitHub whose workflows deploy and preview; null for none.')
param gitHub gitHubRepository?

@description('Optional. The two service connections of Azure Pipelines, as they show their issuer and subject; null for none.')
param azurePipelines azurePipelinesType?

@description('Optional. Object id of the Entra group that seeds and rotates secrets; empty where roles are granted elsewhere.')
param vaultOperatorsGroupId string = ''

@description('Optional. Object id of the Entra group that is on call and reads logs, never secrets; empty for none.')
param onCallGroupId string = ''

@description('Optional. Mail addresses that are notified of each role given or taken in the subscription; empty for none, where somebody else watches that.')
param accessAlertEmails string[] = []

@description('Optional. Resource groups that a platform team has made; what is left out is made here.')
param existingGroups existingGroupsType = {}

@description('Optional. Identities that an identity team has made; what is left out is made here.')
param existingIdentity existingIdentityType = {}

@description('Optional. Custom roles that a platform team has made; what is left out is made here.')
param existingRoles existingRolesType = {}

@description('Optional. A lock against deletion. It can be made once what it locks is there, so after the first deployment.')
param lock lockType = { kind: 'None' }

@description('Optional. Further tags, such as owner or cost centre: yours to choose.')
param extraTags tagsType = {}

@description('Optional. allowed lets the example values through, for snapshots and tests; never in a deployment.')
param placeholders 'refused' | 'allowed' = 'refused'

@description('Optional. Hash of the templates and parameters, which scripts set: setup compares it to know what is deployed.')
param inputs string = ''

var refuses = placeholders == 'refused'
var exampleId = '11111111-1111-1111-1111-111111111111'
var repository = refuses && (gitHub.?owner == 'example' || gitHub.?ownerId == 11111111 || gitHub.?id == 11111111)
  ? fail('Set gitHub in the bootstrap\'s parameters to your repository: gh api repos/OWNER/NAME prints both names and both ids')
  : gitHub
var connections = refuses && contains(string(azurePipelines ?? {}), exampleId)
  ? fail('Set azurePipelines in the bootstrap\'s parameters to the issuer and subject that your two service connections show')
  : azurePipelines
var vaultOperators = refuses && vaultOperatorsGroupId == exampleId
  ? fail('Set vaultOperatorsGroupId in the bootstrap\'s parameters to the object id of the Entra group that writes secrets, or to \'\'')
  : vaultOperatorsGroupId
var onCall = refuses && onCallGroupId == exampleId
  ? fail('Set onCallGroupId in the bootstrap\'s parameters to the object id of the Entra group that is on call, or to \'\'')
  : onCallGroupId

var accessAlerts = refuses && contains(string(accessAlertEmails), 'example')
  ? fail('Set accessAlertEmails in the bootstrap\'s parameters to who watches roles in the subscription, or to []')
  : accessAlertEmails

var suffix = '${workload}-${environmentName}'
var tags = union(extraTags, { workload: 'okta-8x8-telephony', environment: environmentName })
var hasPipelines = gitHub != null || azurePipelines != null

var appGroupName = existingGroups.?app ?? 'rg-${suffix}'
var pipelineGroupName = existingGroups.?pipeline ?? 'rg-${suffix}-pipeline'

resource appGroup 'Microsoft.Resources/resourceGroups@2025-04-01' = if (existingGroups.?app == null) {
  name: appGroupName
  location: location
  tags: tags
}

// Made here and not by the deployment: the deployer's condition names this identity, so it can give
// no other one the app's roles.
module app 'identity.bicep' = {
  scope: resourceGroup(appGroupName)
  params: {
    name: existingIdentity.?app ?? 'id-${suffix}'
    exists: existingIdentity.?app != null
    location: location
    tags: tags
  }
  dependsOn: [appGroup]
}

// Apart from the app: whoever may change the app's group must not be able to change who may become
// its deployer.
resource pipelineGroup 'Microsoft.Resources/resourceGroups@2025-04-01' = if (hasPipelines && existingGroups.?pipeline == null) {
  name: pipelineGroupName
  location: location
  tags: tags
}

module deployer 'identity.bicep' = if (hasPipelines) {
  scope: resourceGroup(pipelineGroupName)
  params: {
    name: existingIdentity.?deployer ?? 'id-${suffix}-deploy'
    exists: existingIdentity.?deployer != null
    location: location
    tags: tags
    gitHub: repository
    gitHubEnvironment: environmentName
    connection: connections.?deploy
  }
  dependsOn: [pipelineGroup]
}

module previewer 'identity.bicep' = if (hasPipelines) {
  scope: resourceGroup(pipelineGroupName)
  params: {
    name: existingIdentity.?previewer ?? 'id-${suffix}-preview'
    exists: existingIdentity.?previewer != null
    location: location
    tags: tags
    gitHub: repository
    gitHubEnvironment: 'preview-${environmentName}'
    connection: connections.?preview
  }
  dependsOn: [pipelineGroup]
}

module deployerGrants 'deployer-grants.bicep' = if (hasPipelines) {
  scope: resourceGroup(appGroupName)
  params: {
    suffix: suffix
    deployerPrincipalId: deployer!.outputs.principalId
    appPrincipalId: app.outputs.principalId
    existingRoles: { deployer: existingRoles.?deployer ?? '', roleGiver: existingRoles.?roleGiver ?? '' }
  }
}

module previewerGrants 'previewer-grants.bicep' = if (hasPipelines) {
  scope: resourceGroup(appGroupName)
  params: {
    suffix: suffix
    previewerPrincipalId: previewer!.outputs.principalId
    existingRole: existingRoles.?previewer ?? ''
  }
  dependsOn: [appGroup]
}

module peopleGrants 'people-grants.bicep' = {
  scope: resourceGroup(appGroupName)
  params: {
    suffix: suffix
    vaultOperatorsGroupId: vaultOperators
    onCallGroupId: onCall
    existingRoles: { secretsWriter: existingRoles.?secretsWriter ?? '', onCall: existingRoles.?onCall ?? '' }
  }
  dependsOn: [appGroup]
}

module locks 'locks.bicep' = if (lock.kind == 'CanNotDelete') {
  scope: resourceGroup(appGroupName)
  params: { suffix: suffix, on: lock.?on ?? ['app', 'storage', 'vault', 'workspace'] }
  dependsOn: [appGroup]
}

// Where there are pipelines, out of the deployer's reach, which may change every alert in the app's
// group.
module accessAlert 'access-alert.bicep' = if (!empty(accessAlertEmails)) {
  scope: resourceGroup(hasPipelines ? pipelineGroupName : appGroupName)
  params: { suffix: suffix, tags: tags, emails: accessAlerts }
  dependsOn: [appGroup, pipelineGroup]
}

@description('RESOURCE_GROUP of the pipelines.')
output resourceGroupName string = appGroupName

@description('AZURE_CLIENT_ID of the environment in the pipelines; empty without pipelines.')
output deployClientId string = hasPipelines ? deployer!.outputs.clientId : ''

@description('AZURE_CLIENT_ID of the pull requests\' environment in the pipelines; empty without pipelines.')
output previewClientId string = hasPipelines ? previewer!.outputs.clientId : ''

@description('AZURE_TENANT_ID of the pipelines.')
output tenantId string = tenant().tenantId

@description('AZURE_SUBSCRIPTION_ID of the pipelines.')
output subscriptionId string = subscription().subscriptionId

@description('For setup.')
output inputs string = inputs
