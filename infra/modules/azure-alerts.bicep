// Alerts on what happens to Azure, or to the resources from outside the hook. They cost nothing, so
// all are essential.
import { tags as tagsType } from '../types.bicep'

@description('Required. The part of every name that says workload and environment.')
param suffix string

@description('Required. Tags for every resource.')
param tags tagsType

@description('Required. Application Insights that the rule watches.')
param applicationInsightsId string

@description('Required. Its name: Azure makes the name of its own rule from it.')
param applicationInsightsName string

@description('Required. true watches the subscription for incidents, which takes the right to read its activity log.')
param serviceHealthAlert bool

@description('Required. Action group of what wakes somebody: severity 0 and 1.')
param pageGroupId string

@description('Required. Action group of what waits for the day: severity 2 and 3.')
param ticketGroupId string

@description('Required. Where the runbooks are; each alert adds its own anchor.')
param runbookUrl string

resource vaultDeleted 'Microsoft.Insights/activityLogAlerts@2026-01-01' = {
  name: 'alert-vault-deleted-${suffix}'
  location: 'global'
  tags: tags
  properties: {
    description: 'Severity 1. Recover the vault at once: az keyvault recover. Then ask who deleted it. Runbook: ${runbookUrl}#runbook-vault-deleted'
    enabled: true
    scopes: [resourceGroup().id]
    condition: {
      allOf: [
        { field: 'category', equals: 'Administrative' }
        { field: 'operationName', equals: 'Microsoft.KeyVault/vaults/delete' }
        { field: 'status', equals: 'Succeeded' }
      ]
    }
    actions: { actionGroups: [{ actionGroupId: pageGroupId }] }
  }
}

// Who may read secrets and replace the package, by a role or as the app itself: the app's identity
// is in this group, and a federated credential on it needs no new role. The pipeline's own
// deployments write the same roles again, and alert too: an activity log alert has no way to leave
// out one caller, and this one is free.
resource rolesChanged 'Microsoft.Insights/activityLogAlerts@2026-01-01' = {
  name: 'alert-roles-changed-${suffix}'
  location: 'global'
  tags: tags
  properties: {
    description: 'Severity 2. A role was given or taken in this resource group, or somebody outside may now sign in as the app. Was it a deployment of yours? If not, ask the caller. Runbook: ${runbookUrl}#runbook-access-changed'
    enabled: true
    scopes: [resourceGroup().id]
    condition: {
      allOf: [
        { field: 'category', equals: 'Administrative' }
        {
          anyOf: [
            { field: 'operationName', equals: 'Microsoft.Authorization/roleAssignments/write' }
            { field: 'operationName', equals: 'Microsoft.Authorization/roleAssignments/delete' }
            {
              field: 'operationName'
              equals: 'Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials/write'
            }
          ]
        }
        { field: 'status', equals: 'Succeeded' }
      ]
    }
    actions: { actionGroups: [{ actionGroupId: ticketGroupId }] }
  }
}

resource diagnosticsChanged 'Microsoft.Insights/activityLogAlerts@2026-01-01' = {
  name: 'alert-diagnostics-changed-${suffix}'
  location: 'global'
  tags: tags
  properties: {
    description: 'Severity 2. A diagnostic setting was changed or deleted: who turned an audit log off hides something. Was it a deployment of yours? Runbook: ${runbookUrl}#runbook-access-changed'
    enabled: true
    scopes: [resourceGroup().id]
    condition: {
      allOf: [
        { field: 'category', equals: 'Administrative' }
        {
          anyOf: [
            { field: 'operationName', equals: 'Microsoft.Insights/diagnosticSettings/write' }
            { field: 'operationName', equals: 'Microsoft.Insights/diagnosticSettings/delete' }
          ]
        }
        { field: 'status', equals: 'Succeeded' }
      ]
    }
    actions: { actionGroups: [{ actionGroupId: ticketGroupId }] }
  }
}

// Wider than the resource group, where the deployer's rights end.
resource serviceHealth 'Microsoft.Insights/activityLogAlerts@2026-01-01' = if (serviceHealthAlert) {
  name: 'alert-service-health-${suffix}'
  location: 'global'
  tags: tags
  properties: {
    description: 'Severity 2. Azure reports an incident: is it our region, and Functions, Key Vault or Storage? Runbook: ${runbookUrl}#runbook-service-health'
    enabled: true
    scopes: [subscription().id]
    condition: { allOf: [{ field: 'category', equals: 'ServiceHealth' }] }
    actions: { actionGroups: [{ actionGroupId: ticketGroupId }] }
  }
}

// Azure adds a rule of this very name, and an action group of its own, to every Application
// Insights that does not bring it.
resource failureAnomalies 'Microsoft.AlertsManagement/smartDetectorAlertRules@2021-04-01' = {
  name: 'Failure Anomalies - ${applicationInsightsName}'
  location: 'global'
  tags: tags
  properties: {
    description: 'Failed requests rose against their own history: compare with codes-failing. Runbook: ${runbookUrl}#runbook-codes-failing'
    state: 'Enabled'
    severity: 'Sev3'
    frequency: 'PT1M'
    detector: { id: 'FailureAnomaliesDetector' }
    scope: [applicationInsightsId]
    actionGroups: { groupIds: [ticketGroupId] }
  }
}
