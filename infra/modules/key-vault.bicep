// An operator writes the secrets with the command seed-secrets: docs/operate.md.
import { appRoles, tags as tagsType } from '../types.bicep'

@description('Required. Name of the vault, globally unique.')
@minLength(3)
@maxLength(24)
param name string

@description('Required. Region of the resource group.')
param location string

@description('Required. Tags for every resource.')
param tags tagsType

@description('Required. Principal id of the app\'s identity, which may only read secrets.')
param principalId string

@description('Required. Name of the app\'s identity, from which the role assignment gets its name. Empty if the bootstrap assigns the role.')
param identityName string

@description('Required. Workspace that keeps the audit log. If empty, there is no diagnostic setting.')
param workspaceId string

@description('Required. true blocks public access. Use it only with a private endpoint.')
param isPrivate bool

@description('Required. true keeps a deleted vault and its name for 90 days, and no one can purge it. You cannot change true to false later.')
param purgeProtection bool

resource vault 'Microsoft.KeyVault/vaults@2025-05-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    tenantId: tenant().tenantId
    sku: { family: 'A', name: 'standard' }
    enableRbacAuthorization: true
    enableSoftDelete: true
    softDeleteRetentionInDays: 90
    // Azure's API refuses the value false, so null leaves the property out.
    enablePurgeProtection: purgeProtection ? true : null
    enabledForDeployment: false
    enabledForDiskEncryption: false
    enabledForTemplateDeployment: false
    publicNetworkAccess: isPrivate ? 'Disabled' : 'Enabled'
    networkAcls: {
      bypass: 'AzureServices'
      defaultAction: isPrivate ? 'Deny' : 'Allow'
      ipRules: []
      virtualNetworkRules: []
    }
  }
}

resource readSecrets 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (!empty(identityName)) {
  scope: vault
  name: guid(vault.id, identityName, appRoles.keyVaultSecretsUser)
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', appRoles.keyVaultSecretsUser)
    principalId: principalId
    principalType: 'ServicePrincipal'
  }
}

#disable-next-line use-recent-api-versions // the only other version is ten years old
resource audit 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = if (!empty(workspaceId)) {
  scope: vault
  name: 'audit'
  properties: {
    workspaceId: workspaceId
    logAnalyticsDestinationType: 'Dedicated'
    logs: [{ categoryGroup: 'audit', enabled: true }]
    metrics: [{ category: 'AllMetrics', enabled: true }]
  }
}
