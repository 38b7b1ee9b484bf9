// The vault. Secrets are written by scripts/seed-secrets.sh and never by a template: see
// docs/operate.md.
import { tags as tagsType } from '../types.bicep'

@description('Required. Name of the vault, globally unique.')
@minLength(3)
@maxLength(24)
param name string

@description('Required. Region, the resource group\'s.')
param location string

@description('Required. Tags for every resource.')
param tags tagsType

@description('Required. Principal id of the app\'s identity, which may read secrets and nothing else.')
param principalId string

@description('Required. Name of the app\'s identity, from which the role assignment\'s name is made: known before a deployment, so what-if can show it.')
param identityName string

@description('Required. Workspace that keeps the audit log.')
param workspaceId string

@description('Required. true closes the public way in; only together with a private endpoint.')
param isPrivate bool

@description('Required. Keeps a deleted vault, and its name, for 90 days, whoever deletes it. Cannot be undone.')
param purgeProtection bool

// Key Vault Secrets User:
// https://learn.microsoft.com/azure/role-based-access-control/built-in-roles
var secretsUser = '4633458b-17de-408a-b874-0445c86b69e6'

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
    // The API refuses false: absent is the only way to say no.
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

resource readSecrets 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: vault
  name: guid(vault.id, identityName, secretsUser)
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', secretsUser)
    principalId: principalId
    principalType: 'ServicePrincipal'
  }
}

#disable-next-line use-recent-api-versions // the only other version is ten years old
resource audit 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: vault
  name: 'audit'
  properties: {
    workspaceId: workspaceId
    logAnalyticsDestinationType: 'Dedicated'
    logs: [{ categoryGroup: 'audit', enabled: true }]
    metrics: [{ category: 'AllMetrics', enabled: true }]
  }
}
