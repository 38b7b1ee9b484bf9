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
    description: 'Like severity 1 (Azure gives every activity log alert 4). The vault was deleted. Recover it at once: az keyvault recover. Then ask who deleted it. Runbook: ${runbookUrl}#runbook-vault-deleted'
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

// A rule looks for one operation: its condition takes no anyOf, and no other nested condition.
// https://learn.microsoft.com/azure/azure-monitor/alerts/resource-manager-alerts-activity-log,
// https://github.com/Azure/bicep/issues/6979
//
// Who may read secrets and replace the package, by a role or as the app itself: the app's identity
// is in this group, and a federated credential on it needs no new role. The pipeline's own
// deployments write the same roles again, and alert too: an activity log alert has no way to leave
// out one caller, and this one is free.
var changes = [
  {
    name: 'role-given'
    operation: 'Microsoft.Authorization/roleAssignments/write'
    first: 'A role was assigned in this resource group. If it was not your deployment, ask the caller.'
  }
  {
    name: 'role-taken'
    operation: 'Microsoft.Authorization/roleAssignments/delete'
    first: 'A role assignment was deleted in this resource group. If it was not your deployment, ask the caller.'
  }
  {
    name: 'app-federated'
    operation: 'Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials/write'
    first: 'A federated credential was written: its holder may sign in as an identity of this resource group, such as the app\'s. Ask the caller.'
  }
  {
    name: 'diagnostics-changed'
    operation: 'Microsoft.Insights/diagnosticSettings/write'
    first: 'A diagnostic setting was changed. An attacker may turn off an audit log. If it was not your deployment, ask the caller.'
  }
  {
    name: 'diagnostics-deleted'
    operation: 'Microsoft.Insights/diagnosticSettings/delete'
    first: 'A diagnostic setting was deleted. An attacker may turn off an audit log. Ask the caller.'
  }
]

resource accessChanged 'Microsoft.Insights/activityLogAlerts@2026-01-01' = [
  for change in changes: {
    name: 'alert-${change.name}-${suffix}'
    location: 'global'
    tags: tags
    properties: {
      description: 'Like severity 2 (Azure gives every activity log alert 4). ${change.first} Runbook: ${runbookUrl}#runbook-access-changed'
      enabled: true
      scopes: [resourceGroup().id]
      condition: {
        allOf: [
          { field: 'category', equals: 'Administrative' }
          { field: 'operationName', equals: change.operation }
          { field: 'status', equals: 'Succeeded' }
        ]
      }
      actions: { actionGroups: [{ actionGroupId: ticketGroupId }] }
    }
  }
]

// Wider than the resource group, where the deployer's rights end.
resource serviceHealth 'Microsoft.Insights/activityLogAlerts@2026-01-01' = if (serviceHealthAlert) {
  name: 'alert-service-health-${suffix}'
  location: 'global'
  tags: tags
  properties: {
    description: 'Like severity 2 (Azure gives every activity log alert 4). Azure reports an incident. Check whether it is about your region, and Functions, Key Vault, Storage or Network. Runbook: ${runbookUrl}#runbook-service-health'
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
    description: 'Failed requests rose against their own history. Compare with codes-failing. Runbook: ${runbookUrl}#runbook-codes-failing'
    state: 'Enabled'
    severity: 'Sev3'
    frequency: 'PT1M'
    detector: { id: 'FailureAnomaliesDetector' }
    scope: [applicationInsightsId]
    actionGroups: { groupIds: [ticketGroupId] }
  }
}
