// Locks resources against deletion by mistake. The deployer may delete the app and the storage
// account, but it cannot remove a lock. A lock on a whole group would keep Azure from deleting old
// deployments, and the 801st deployment would fail.
// https://learn.microsoft.com/azure/azure-resource-manager/management/lock-resources#considerations-before-applying-your-locks

@description('Resources that can be locked.')
type lockable = 'app' | 'storage' | 'vault' | 'workspace'

@export()
@description('A lock, in the format of Azure Verified Modules.')
@sealed()
type lock = {
  @description('Required. None creates no lock, and does not remove an existing lock.')
  kind: 'CanNotDelete' | 'None'

  @description('Optional. Resources to lock. Default: all four. Leave out workspace if you use a central workspace.')
  on: lockable[]?

  @description('Optional. workspaceName in main.bicepparam.')
  workspaceName: string?
}

@description('Required. <workload>-<environment>, part of every resource name.')
param suffix string

@description('Required. Existing resources to lock.')
param on lockable[]

@description('Required. Name of the workspace.')
param workspaceName string

// These names must be the names in infra/main.bicep.
var unique = take(uniqueString(resourceGroup().id, suffix), 6)
var properties = { level: 'CanNotDelete', notes: 'Made by the bootstrap: docs/deploy.md, "Take it away".' }

resource app 'Microsoft.Web/sites@2025-03-01' existing = {
  name: 'func-${suffix}-${unique}'
}

resource appLock 'Microsoft.Authorization/locks@2020-05-01' = if (contains(on, 'app')) {
  scope: app
  name: 'lock-app-${suffix}'
  properties: properties
}

resource account 'Microsoft.Storage/storageAccounts@2025-06-01' existing = {
  name: 'st${replace(suffix, '-', '')}${unique}'
}

resource accountLock 'Microsoft.Authorization/locks@2020-05-01' = if (contains(on, 'storage')) {
  scope: account
  name: 'lock-storage-${suffix}'
  properties: properties
}

resource vault 'Microsoft.KeyVault/vaults@2025-05-01' existing = {
  name: 'kv-${suffix}-${unique}'
}

resource vaultLock 'Microsoft.Authorization/locks@2020-05-01' = if (contains(on, 'vault')) {
  scope: vault
  name: 'lock-vault-${suffix}'
  properties: properties
}

resource workspace 'Microsoft.OperationalInsights/workspaces@2025-07-01' existing = {
  name: workspaceName
}

resource workspaceLock 'Microsoft.Authorization/locks@2020-05-01' = if (contains(on, 'workspace')) {
  scope: workspace
  name: 'lock-workspace-${suffix}'
  properties: properties
}
