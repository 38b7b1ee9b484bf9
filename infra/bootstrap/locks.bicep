// Against a deletion by mistake, by whoever: a deployer may delete app and storage, and has no
// right to lift a lock. Never on a group: there it would keep Azure from tidying its history of
// deployments, and the 801st would fail.
// https://learn.microsoft.com/azure/azure-resource-manager/management/lock-resources#considerations-before-applying-your-locks

@description('What can be locked.')
type lockable = 'app' | 'storage' | 'vault' | 'workspace'

@export()
@description('A lock, as Azure Verified Modules have it.')
@sealed()
type lock = {
  @description('Required. None makes none; one that was made before stays until somebody lifts it.')
  kind: 'CanNotDelete' | 'None'

  @description('Optional. What is locked; left out, all four. A central workspace is not ours to lock.')
  on: lockable[]?
}

@description('Required. The part of every name that says workload and environment.')
param suffix string

@description('Required. What is locked: all of it is there already.')
param on lockable[]

// As infra/main.bicep makes the names.
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
  name: 'log-${suffix}'
}

resource workspaceLock 'Microsoft.Authorization/locks@2020-05-01' = if (contains(on, 'workspace')) {
  scope: workspace
  name: 'lock-workspace-${suffix}'
  properties: properties
}
