// Gives two Entra groups of people their rights in the app's resource group.
import { roleId } from 'existing.bicep'

@description('Required. <workload>-<environment>, part of every resource name.')
param suffix string

@description('Required. Names of existing role definitions to use instead of the two roles below. A role without a name is created.')
param existingRoles { secretsWriter: string, onCall: string }

@description('Required. Object id of the group of people who write and rotate secrets. Empty for none.')
param vaultOperatorsGroupId string

@description('Required. Object id of the group of people on call. Empty for none.')
param onCallGroupId string

// This role is Key Vault Secrets Officer without get, delete and purge, because a rotation does not
// read the secret.
resource secretsWriterRole 'Microsoft.Authorization/roleDefinitions@2022-04-01' = if (!empty(vaultOperatorsGroupId) && empty(existingRoles.secretsWriter)) {
  name: guid(resourceGroup().id, suffix, 'secrets writer role')
  properties: {
    roleName: 'Secrets writer of ${suffix} (${uniqueString(subscription().id)})'
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
    roleDefinitionId: empty(existingRoles.secretsWriter) ? secretsWriterRole.id : roleId(existingRoles.secretsWriter)
    principalId: vaultOperatorsGroupId
    principalType: 'Group'
  }
}

// This role is Monitoring Reader without the reads that return keys. It can also read names, dates
// and states of secrets, which the runbooks need.
resource onCallRole 'Microsoft.Authorization/roleDefinitions@2022-04-01' = if (!empty(onCallGroupId) && empty(existingRoles.onCall)) {
  name: guid(resourceGroup().id, suffix, 'on-call role')
  properties: {
    roleName: 'On call for ${suffix} (${uniqueString(subscription().id)})'
    description: 'Can read resources, logs, metrics and the list of secrets. Cannot change anything or read a secret or key.'
    type: 'CustomRole'
    assignableScopes: [resourceGroup().id]
    permissions: [
      {
        actions: [
          '*/read'
          'Microsoft.OperationalInsights/workspaces/search/action'
        ]
        notActions: [
          'Microsoft.OperationalInsights/workspaces/sharedKeys/read'
          'Microsoft.Web/sites/functions/masterkey/read'
          'Microsoft.Web/sites/functions/token/read'
          'Microsoft.Web/sites/hostruntime/*'
          'Microsoft.Web/sites/processes/*'
          'Microsoft.Web/sites/instances/processes/*'
          'Microsoft.Web/sites/instances/extensions/*'
        ]
        dataActions: ['Microsoft.KeyVault/vaults/secrets/readMetadata/action']
        notDataActions: []
      }
    ]
  }
}

resource isOnCall 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (!empty(onCallGroupId)) {
  name: guid(resourceGroup().id, onCallGroupId, 'on call')
  properties: {
    roleDefinitionId: empty(existingRoles.onCall) ? onCallRole.id : roleId(existingRoles.onCall)
    principalId: onCallGroupId
    principalType: 'Group'
  }
}
