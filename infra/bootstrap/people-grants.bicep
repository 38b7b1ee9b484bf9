// What people may, by their groups, all of it inside the app's resource group.

@description('Required. The part of every name that says workload and environment.')
param suffix string

@description('Required. Group that seeds and rotates secrets; empty for none.')
param vaultOperatorsGroupId string

@description('Required. Group that is on call; empty for none.')
param onCallGroupId string

// https://learn.microsoft.com/azure/role-based-access-control/built-in-roles/monitor
var monitoringReader = '43d0d8ad-25c7-4714-9337-8ba259a9fe05'

// Key Vault Secrets Officer without get, delete and purge: who replaces a secret need not know the one before.
resource secretsWriterRole 'Microsoft.Authorization/roleDefinitions@2022-04-01' = if (!empty(vaultOperatorsGroupId)) {
  name: guid(resourceGroup().id, suffix, 'secrets writer role')
  properties: {
    roleName: 'Secrets writer of ${suffix} (${uniqueString(subscription().id)})'
    description: 'Write new versions of secrets, retire old ones, and list versions. Reads no value.'
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
    roleDefinitionId: secretsWriterRole.id
    principalId: vaultOperatorsGroupId
    principalType: 'Group'
  }
}

resource readsLogs 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (!empty(onCallGroupId)) {
  name: guid(resourceGroup().id, onCallGroupId, monitoringReader)
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', monitoringReader)
    principalId: onCallGroupId
    principalType: 'Group'
  }
}
