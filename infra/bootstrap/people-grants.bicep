import { roleId } from 'existing.bicep'

@description('Required. <workload>-<environment>, part of every resource name.')
param suffix string

@description('Required. Name of an existing role definition to use instead of the role below. If empty, the role is created.')
param existingRole string

@description('Required. Object id of the group of people who write and rotate secrets. Empty for none.')
param vaultOperatorsGroupId string

@description('Required. Object id of the group of people on call. Empty for none.')
param onCallGroupId string

// The built-in role Key Vault Secrets Officer could also read, delete and purge secrets, which a
// rotation does not need.
resource secretsWriterRole 'Microsoft.Authorization/roleDefinitions@2022-04-01' = if (!empty(vaultOperatorsGroupId) && empty(existingRole)) {
  name: guid(resourceGroup().id, suffix, 'secrets writer role')
  properties: {
    roleName: 'Secrets writer of ${suffix} (${uniqueString(resourceGroup().id)})'
    description: 'Can write new versions of secrets, disable old versions and list versions. Cannot read a value.'
    type: 'CustomRole'
    assignableScopes: [resourceGroup().id]
    permissions: [
      {
        actions: [
          'Microsoft.KeyVault/vaults/read'
          'Microsoft.Resources/deployments/read'
          'Microsoft.Resources/subscriptions/resourceGroups/read'
        ]
        notActions: []
        dataActions: [
          'Microsoft.KeyVault/vaults/secrets/setSecret/action'
          'Microsoft.KeyVault/vaults/secrets/update/action'
          'Microsoft.KeyVault/vaults/secrets/readMetadata/action'
        ]
        notDataActions: []
      }
    ]
  }
}

resource writesSecrets 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (!empty(vaultOperatorsGroupId)) {
  name: guid(resourceGroup().id, vaultOperatorsGroupId, 'write secrets')
  properties: {
    roleDefinitionId: empty(existingRole) ? secretsWriterRole.id : roleId(existingRole)
    principalId: vaultOperatorsGroupId
    principalType: 'Group'
  }
}

// Monitoring Reader reads resources, logs and metrics. Key Vault Reader reads names, dates and
// states of secrets, which the runbooks need. Neither role can read the value of a secret.
// https://learn.microsoft.com/azure/role-based-access-control/built-in-roles
var readers = ['43d0d8ad-25c7-4714-9337-8ba259a9fe05', '21090545-7ca7-4776-b22c-e363652d74d2']

resource isOnCall 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for reader in empty(onCallGroupId) ? [] : readers: {
    name: guid(resourceGroup().id, onCallGroupId, reader)
    properties: {
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', reader)
      principalId: onCallGroupId
      principalType: 'Group'
    }
  }
]
