// Holds the deployed package, the host's leases and, with stateTable, the table of sent codes.
import { appRoles, tags as tagsType } from '../types.bicep'

@description('Required. Name of the account, globally unique.')
@minLength(3)
@maxLength(24)
param name string

@description('Required. Region of the resource group.')
param location string

@description('Required. Tags for every resource.')
param tags tagsType

@description('Required. Principal id of the app\'s identity. The host writes its leases and reads the package with it.')
param principalId string

@description('Required. Name of the app\'s identity, from which the role assignment gets its name. Empty if the bootstrap assigns the role.')
param identityName string

@description('Required. true blocks public access. Use it only with a private endpoint.')
param isPrivate bool

@description('Required. true keeps copies in three zones. Azure cannot change this in an existing account.')
param zoneRedundant bool

@description('Required. Resource id of the workspace for the log of written and deleted blobs. If empty, there are no diagnostic settings.')
param workspaceId string

@description('Required. true creates the table of sent codes.')
param stateTable bool

@export()
@description('Blob container of the deployed package.')
var packageContainer = 'packages'

// https://learn.microsoft.com/azure/azure-functions/functions-reference#connecting-to-host-storage-with-an-identity
var roles = concat([appRoles.storageBlobDataOwner], stateTable ? [appRoles.storageTableDataContributor] : [])

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

// The template creates the table, so the app needs no right to create tables. The app deletes the
// row of a code after a day at most.
resource tables 'Microsoft.Storage/storageAccounts/tableServices@2025-06-01' = if (stateTable) {
  parent: account
  name: 'default'

  resource codes 'tables' = {
    name: 'codes'
  }
}

resource ownData 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for role in empty(identityName) ? [] : roles: {
    scope: account
    name: guid(account.id, identityName, role)
    properties: {
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role)
      principalId: principalId
      principalType: 'ServicePrincipal'
    }
  }
]

#disable-next-line use-recent-api-versions // the only other version is ten years old
resource log 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = if (!empty(workspaceId)) {
  scope: account::blobs
  name: 'who-changed-the-package'
  properties: {
    workspaceId: workspaceId
    logs: [{ category: 'StorageWrite', enabled: true }, { category: 'StorageDelete', enabled: true }]
  }
}

// Reads are logged, because a row shows who got a code and when. Writes are not logged, because the
// app writes for each code, and a forged row could only spoil statistics.
#disable-next-line use-recent-api-versions // the only other version is ten years old
resource tableLog 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = if (stateTable && !empty(workspaceId)) {
  scope: tables
  name: 'who-read-the-table'
  properties: { workspaceId: workspaceId, logs: [{ category: 'StorageRead', enabled: true }] }
}
