// The account that holds the deployed package, the host's own leases and, where that is asked for,
// which codes wait to be used and what instances have counted. No keys: the app's identity is the
// only way in.
import { tags as tagsType } from '../types.bicep'

@description('Required. Name of the account, globally unique.')
@minLength(3)
@maxLength(24)
param name string

@description('Required. Region, the resource group\'s.')
param location string

@description('Required. Tags for every resource.')
param tags tagsType

@description('Required. Principal id of the app\'s identity: the host writes leases and the package here.')
param principalId string

@description('Required. Name of the app\'s identity, from which the role assignment\'s name is made: known before a deployment, so what-if can show it.')
param identityName string

@description('Required. true closes the public way in; only together with a private endpoint.')
param isPrivate bool

@description('Required. Copies in three zones, as a zone-redundant app needs.')
param zoneRedundant bool

@description('Required. Workspace that keeps the log of who wrote and deleted blobs.')
param workspaceId string

@description('Required. true keeps which code was sent to whom, in a table.')
param stateTable bool

@export()
@description('Container of the package that runs.')
var packageContainer = 'packages'

// https://learn.microsoft.com/azure/role-based-access-control/built-in-roles/storage#storage-table-data-contributor
var tableDataContributor = '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3'
// Storage Blob Data Owner:
// https://learn.microsoft.com/azure/azure-functions/functions-reference#connecting-to-host-storage-with-an-identity
var blobDataOwner = 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b'

resource account 'Microsoft.Storage/storageAccounts@2025-06-01' = {
  name: name
  location: location
  tags: union(tags, { 'resource-usage': 'azure-functions' })
  kind: 'StorageV2'
  sku: { name: zoneRedundant ? 'Standard_ZRS' : 'Standard_LRS' }
  properties: {
    accessTier: 'Hot'
    allowSharedKeyAccess: false
    defaultToOAuthAuthentication: true
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    isLocalUserEnabled: false
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
    publicNetworkAccess: isPrivate ? 'Disabled' : 'Enabled'
    networkAcls: {
      bypass: 'AzureServices'
      defaultAction: isPrivate ? 'Deny' : 'Allow'
      ipRules: []
      virtualNetworkRules: []
    }
  }

  resource blobs 'blobServices' = {
    name: 'default'
    properties: {
      deleteRetentionPolicy: { enabled: true, days: 7 }
      containerDeleteRetentionPolicy: { enabled: true, days: 7 }
    }

    resource packages 'containers' = {
      name: packageContainer
      properties: { publicAccess: 'None' }
    }
  }
}

// Made here and not by the app, which so needs no right to make tables. Rows are the app's own to
// delete: it keeps a code's for a day at most.
resource tables 'Microsoft.Storage/storageAccounts/tableServices@2025-06-01' = if (stateTable) {
  parent: account
  name: 'default'

  resource codes 'tables' = {
    name: 'codes'
  }
}

resource ownBlobs 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: account
  name: guid(account.id, identityName, blobDataOwner)
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', blobDataOwner)
    principalId: principalId
    principalType: 'ServicePrincipal'
  }
}

resource ownTables 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (stateTable) {
  scope: account
  name: guid(account.id, identityName, tableDataContributor)
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', tableDataContributor)
    principalId: principalId
    principalType: 'ServicePrincipal'
  }
}

#disable-next-line use-recent-api-versions // the only other version is ten years old
resource log 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: account::blobs
  name: 'who-changed-the-package'
  properties: {
    workspaceId: workspaceId
    logs: [{ category: 'StorageWrite', enabled: true }, { category: 'StorageDelete', enabled: true }]
  }
}

// A row of `codes` says who got a code, and when. Not who wrote: the app does, for every code, and
// another could spoil statistics only.
#disable-next-line use-recent-api-versions // the only other version is ten years old
resource tableLog 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = if (stateTable) {
  scope: tables
  name: 'who-read-the-table'
  properties: { workspaceId: workspaceId, logs: [{ category: 'StorageRead', enabled: true }] }
}
