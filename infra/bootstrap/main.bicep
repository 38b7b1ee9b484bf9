// An administrator deploys this template once for each environment. The deployer has no right to
// read a secret, but the code that it deploys can. The pipeline's approval protects the secrets.
targetScope = 'subscription'

import { problemsOfWorkload, tags as tagsType, withOwnTags } from '../types.bicep'
import { assignment } from 'assignments.bicep'
import {
  existingGroups as existingGroupsType
  existingIdentity as existingIdentityType
  existingRoles as existingRolesType
} from 'existing.bicep'
import { azurePipelines as azurePipelinesType, gitHubRepository } from 'federation.bicep'
import { lock as lockType } from 'locks.bicep'

@description('Required. Name of the environment, as in `main.bicepparam`.')
@minLength(2)
@maxLength(5)
param environmentName string

@description('Optional. Short name of the workload, as in `main.bicepparam`.')
param workload string = 'okta8x8'

@description('Required. Azure region of the resource groups and of everything in them.')
param location string

@description('Optional. GitHub repository whose workflows deploy and preview. Setup finds the repository\'s names and ids.')
param gitHub gitHubRepository?

@description('Optional. Issuer and subject of the two service connections of Azure Pipelines.')
param azurePipelines azurePipelinesType?

@description('Optional. Object id of the Entra group that writes secrets and cannot read them.')
param vaultOperatorsGroupId string = ''

@description('Optional. Object id of the Entra group that reads logs and no secrets.')
param onCallGroupId string = ''

@description('Optional. E-mail addresses to notify when a role is assigned or removed in the subscription.')
param accessAlertEmails string[] = []

@description('Optional. Names of existing resource groups. The bootstrap creates the groups that you leave out.')
param existingGroups existingGroupsType = {}

@description('Optional. Names of existing identities. The bootstrap creates the identities that you leave out.')
param existingIdentity existingIdentityType = {}

@description('Optional. Names of existing custom roles. The bootstrap creates the roles that you leave out.')
param existingRoles existingRolesType = {}

@description('Optional. Lock against deletion, for after the first deployment: docs/deploy.md#a-lock.')
param lock lockType = { kind: 'None' }

@description('Optional. More tags for every resource, as in `main.bicepparam`.')
param extraTags tagsType = {}

@description('Optional. With `refused`, a deployment fails if a parameter has an example value. `allowed` is for snapshots and tests.')
param placeholders 'refused' | 'allowed' = 'refused'

@description('Optional. Hash of what is deployed. The scripts set this hash.')
param inputs string = ''

@description('Optional. Role assignments that the app\'s resource group has already. The scripts set this list.')
param present assignment[] = []

var refuses = placeholders == 'refused'
var exampleId = '11111111-1111-1111-1111-111111111111'
var repository = refuses && (gitHub.?owner == 'example' || gitHub.?ownerId == 11111111 || gitHub.?id == 11111111)
  ? fail('Set gitHub in the bootstrap\'s parameters to your repository. gh api repos/OWNER/NAME prints both names and both ids.')
  : gitHub
var connections = refuses && contains(string(azurePipelines ?? {}), exampleId)
  ? fail('Set azurePipelines in the bootstrap\'s parameters to the issuer and subject that your two service connections show.')
  : azurePipelines
var vaultOperators = refuses && vaultOperatorsGroupId == exampleId
  ? fail('Set vaultOperatorsGroupId in the bootstrap\'s parameters to the object id of the Entra group that writes secrets, or to \'\'.')
  : vaultOperatorsGroupId
var onCall = refuses && onCallGroupId == exampleId
  ? fail('Set onCallGroupId in the bootstrap\'s parameters to the object id of the Entra group that is on call, or to \'\'.')
  : onCallGroupId

var accessAlerts = refuses && contains(string(accessAlertEmails), 'example')
  ? fail('Set accessAlertEmails in the bootstrap\'s parameters to the people who watch roles in the subscription, or to [].')
  : accessAlertEmails

var problems = concat(
  problemsOfWorkload(workload),
  contains(string([existingGroups, existingIdentity]), '/')
    ? [
        'Set existingGroups and existingIdentity to names, not to ids. The identities must be in the environment\'s resource groups.'
      ]
    : []
)
// Every name contains this suffix or depends on it. If there are problems, Azure creates nothing.
var suffix = empty(problems) ? '${workload}-${environmentName}' : fail(join(problems, ' '))
var tags = withOwnTags(extraTags, environmentName)
var hasPipelines = gitHub != null || azurePipelines != null

var appGroupName = existingGroups.?app ?? 'rg-${suffix}'
var otherGroupName = existingGroups.?pipeline ?? 'rg-${suffix}-pipeline'
var pipelineGroupName = hasPipelines && toLower(otherGroupName) == toLower(appGroupName)
  ? fail('Set existingGroups in the bootstrap\'s parameters to two resource groups. In one group, anyone who can change the app could decide who deploys it.')
  : otherGroupName
var appIdentityName = existingIdentity.?app ?? 'id-${suffix}'
var deployerName = existingIdentity.?deployer ?? 'id-${suffix}-deploy'
var otherName = existingIdentity.?previewer ?? 'id-${suffix}-preview'
var previewerName = hasPipelines && toLower(otherName) == toLower(deployerName)
  ? fail('Set existingIdentity.deployer and existingIdentity.previewer in the bootstrap\'s parameters to two identities. Any branch can sign in as the previewer.')
  : otherName

resource appGroup 'Microsoft.Resources/resourceGroups@2025-04-01' = if (existingGroups.?app == null) {
  name: appGroupName
  location: location
  tags: tags
}

module app 'identity.bicep' = {
  scope: resourceGroup(appGroupName)
  params: {
    name: appIdentityName
    exists: existingIdentity.?app != null
    location: location
    tags: tags
  }
  dependsOn: [appGroup]
}

// The pipelines' identities have their own resource group. Otherwise, anyone who can change the
// app's group could decide who deploys the app.
resource pipelineGroup 'Microsoft.Resources/resourceGroups@2025-04-01' = if (hasPipelines && existingGroups.?pipeline == null) {
  name: pipelineGroupName
  location: location
  tags: tags
}

module deployer 'identity.bicep' = if (hasPipelines) {
  scope: resourceGroup(pipelineGroupName)
  params: {
    name: deployerName
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
    name: previewerName
    exists: existingIdentity.?previewer != null
    location: location
    tags: tags
    gitHub: repository
    gitHubEnvironment: 'preview-${environmentName}'
    connection: connections.?preview
  }
  dependsOn: [pipelineGroup]
}

module grants 'grants.bicep' = {
  scope: resourceGroup(appGroupName)
  params: {
    suffix: suffix
    // The name of an assignment depends on its principal.
    #disable-next-line what-if-short-circuiting
    principals: {
      app: app.outputs.principalId
      deployer: hasPipelines ? deployer!.outputs.principalId : ''
      previewer: hasPipelines ? previewer!.outputs.principalId : ''
    }
    appIdentityName: appIdentityName
    hasPipelines: hasPipelines
    vaultOperatorsGroupId: vaultOperators
    onCallGroupId: onCall
    existingRoles: existingRoles
    present: present
  }
}

module locks 'locks.bicep' = if (lock.kind == 'CanNotDelete') {
  scope: resourceGroup(appGroupName)
  params: {
    suffix: suffix
    on: lock.?on ?? ['app', 'storage', 'vault', 'workspace']
    workspaceName: lock.?workspaceName ?? 'log-${suffix}'
  }
  dependsOn: [appGroup]
}

// If there are pipelines, the alert is in their group, because the deployer can change every alert
// in the app's group.
module accessAlert 'access-alert.bicep' = if (!empty(accessAlertEmails)) {
  scope: resourceGroup(hasPipelines ? pipelineGroupName : appGroupName)
  params: { suffix: suffix, tags: tags, emails: accessAlerts }
  dependsOn: [appGroup, pipelineGroup]
}

@description('Value of the pipelines\' variable RESOURCE_GROUP.')
output resourceGroupName string = appGroupName

@description('Value of AZURE_CLIENT_ID in the environment that deploys. Empty without pipelines.')
output deployClientId string = hasPipelines ? deployer!.outputs.clientId : ''

@description('Value of AZURE_CLIENT_ID in the environment that previews. Empty without pipelines.')
output previewClientId string = hasPipelines ? previewer!.outputs.clientId : ''

@description('Value of the pipelines\' variable AZURE_TENANT_ID.')
output tenantId string = tenant().tenantId

@description('Value of the pipelines\' variable AZURE_SUBSCRIPTION_ID.')
output subscriptionId string = subscription().subscriptionId

@description('Names of the role assignments, for setup.')
output assignments string[] = grants.outputs.assignments

@description('Ids of role assignments of this and earlier versions that are not in use any more.')
output leftOver string[] = grants.outputs.leftOver

@description('Ids of the identities, for setup.')
output identities string[] = concat([app.outputs.id], hasPipelines ? [deployer!.outputs.id, previewer!.outputs.id] : [])

@description('Hash of the deployed templates and parameters, for setup.')
output inputs string = inputs
