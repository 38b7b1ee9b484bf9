// What the pipelines and the operators may, all of it inside the app's resource group.

@description('Required. The part of every name that says workload and environment.')
param suffix string

@description('Required. Principal id of the identity that deploys.')
param deployerPrincipalId string

@description('Required. Principal id of the identity that previews.')
param previewerPrincipalId string

@description('Required. Group that seeds and rotates secrets; empty for none.')
param vaultOperatorsGroupId string

// https://learn.microsoft.com/azure/role-based-access-control/built-in-roles
var contributor = 'b24988ac-6180-42a0-ab88-20f7382dd24c'
var rbacAdministrator = 'f58310d9-a9f6-439a-9e8d-f62e7b41a168'
var secretsOfficer = 'b86a8fe4-44ce-4948-aee5-eccb2c155cd7'

// The only roles that the deployment gives away: secrets reader, blob owner, metrics publisher, and only to identities of apps.
var appRoles = '{4633458b-17de-408a-b874-0445c86b69e6, b7e6dc6d-f1e8-4753-8033-0f276bb0955b, 3913510d-42f4-4e42-8a64-420c390055eb}'
var write = 'Microsoft.Authorization/roleAssignments/write'
var delete = 'Microsoft.Authorization/roleAssignments/delete'
var roleId = 'Microsoft.Authorization/roleAssignments:RoleDefinitionId'
var principalType = 'Microsoft.Authorization/roleAssignments:PrincipalType'
var onlyAppRoles = '((!(ActionMatches{\'${write}\'})) OR (@Request[${roleId}] ForAnyOfAnyValues:GuidEquals ${appRoles} AND @Request[${principalType}] ForAnyOfAnyValues:StringEqualsIgnoreCase {\'ServicePrincipal\'})) AND ((!(ActionMatches{\'${delete}\'})) OR (@Resource[${roleId}] ForAnyOfAnyValues:GuidEquals ${appRoles} AND @Resource[${principalType}] ForAnyOfAnyValues:StringEqualsIgnoreCase {\'ServicePrincipal\'}))'

resource deploys 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(resourceGroup().id, suffix, 'deploy', contributor)
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', contributor)
    principalId: deployerPrincipalId
    principalType: 'ServicePrincipal'
  }
}

resource givesAppRoles 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(resourceGroup().id, suffix, 'deploy', rbacAdministrator)
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', rbacAdministrator)
    principalId: deployerPrincipalId
    principalType: 'ServicePrincipal'
    conditionVersion: '2.0'
    condition: onlyAppRoles
  }
}

resource previewRole 'Microsoft.Authorization/roleDefinitions@2022-04-01' = {
  name: guid(resourceGroup().id, suffix, 'preview role')
  properties: {
    roleName: 'Deployment preview (${suffix})'
    description: 'Read, validate and preview a deployment. Changes nothing and reads no secret.'
    type: 'CustomRole'
    assignableScopes: [resourceGroup().id]
    permissions: [
      {
        actions: [
          '*/read'
          'Microsoft.Resources/deployments/validate/action'
          'Microsoft.Resources/deployments/whatIf/action'
        ]
        notActions: []
        dataActions: []
        notDataActions: []
      }
    ]
  }
}

resource previews 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(resourceGroup().id, suffix, 'preview')
  properties: {
    roleDefinitionId: previewRole.id
    principalId: previewerPrincipalId
    principalType: 'ServicePrincipal'
  }
}

resource seedsSecrets 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (!empty(vaultOperatorsGroupId)) {
  name: guid(resourceGroup().id, vaultOperatorsGroupId, secretsOfficer)
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', secretsOfficer)
    principalId: vaultOperatorsGroupId
    principalType: 'Group'
  }
}
