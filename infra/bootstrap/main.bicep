// Run once for each environment by an administrator: the resource groups, the two identities of the pipelines, and what they may.
targetScope = 'subscription'

import { tags as tagsType } from '../types.bicep'
import { federation } from 'pipeline-identity.bicep'

@description('Required. Environment, as in infra/main.<environment>.bicepparam. Lower-case letters and digits.')
@minLength(2)
@maxLength(5)
param environmentName string

@description('Optional. Workload, as in infra/main.bicep.')
param workload string = 'okta8x8'

@description('Required. Region of the resource groups, and so of everything in them.')
param location string

@description('Required. Who may become the identity that deploys: a GitHub environment or a service connection, for main alone, prod\'s behind an approval.')
@minLength(1)
param deployers federation[]

@description('Required. Who may become the identity that previews pull requests.')
@minLength(1)
param previewers federation[]

@description('Optional. Object id of the Entra group that seeds and rotates secrets; empty where roles are granted elsewhere.')
param vaultOperatorsGroupId string = ''

@description('Optional. Further tags, such as owner or cost centre: yours to choose.')
param extraTags tagsType = {}

var suffix = '${workload}-${environmentName}'
var tags = union(extraTags, { workload: 'okta-8x8-telephony', environment: environmentName })

resource appGroup 'Microsoft.Resources/resourceGroups@2025-04-01' = {
  name: 'rg-${suffix}'
  location: location
  tags: tags
}

// Apart from the app: whoever may change the app's group must not be able to change who may become its deployer.
resource pipelineGroup 'Microsoft.Resources/resourceGroups@2025-04-01' = {
  name: 'rg-${suffix}-pipeline'
  location: location
  tags: tags
}

module deployer 'pipeline-identity.bicep' = {
  scope: pipelineGroup
  params: { name: 'id-${suffix}-deploy', location: location, tags: tags, federations: deployers }
}

module previewer 'pipeline-identity.bicep' = {
  scope: pipelineGroup
  params: { name: 'id-${suffix}-preview', location: location, tags: tags, federations: previewers }
}

module grants 'grants.bicep' = {
  scope: appGroup
  params: {
    suffix: suffix
    deployerPrincipalId: deployer.outputs.principalId
    previewerPrincipalId: previewer.outputs.principalId
    vaultOperatorsGroupId: vaultOperatorsGroupId
  }
}

@description('RESOURCE_GROUP of the pipelines.')
output resourceGroupName string = appGroup.name

@description('AZURE_CLIENT_ID of the environment in the pipelines.')
output deployClientId string = deployer.outputs.clientId

@description('AZURE_CLIENT_ID of the pull requests\' environment in the pipelines.')
output previewClientId string = previewer.outputs.clientId

@description('AZURE_TENANT_ID of the pipelines.')
output tenantId string = tenant().tenantId

@description('AZURE_SUBSCRIPTION_ID of the pipelines.')
output subscriptionId string = subscription().subscriptionId
