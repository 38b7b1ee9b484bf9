// Alerts on changes of the Azure resources and on Azure's incidents. These alerts are free, so
// every environment that has alerts gets all of them.
import { tags as tagsType } from '../types.bicep'

@description('Required. <workload>-<environment>, part of every resource name.')
param suffix string

@description('Required. Tags for every resource.')
param tags tagsType

@description('Required. Resource id of the Application Insights to watch.')
param applicationInsightsId string

@description('Required. Name of that Application Insights. Azure derives the name of its built-in rule from it.')
param applicationInsightsName string

@description('Required. true adds an alert on Azure incidents. It needs permission to read the subscription\'s activity log.')
param serviceHealthAlert bool

@description('Required. Action group of the people on call, for severity 1.')
param pageGroupId string

@description('Required. Action group for severity 2.')
param ticketGroupId string

@description('Required. URL of the runbooks. Each alert adds its anchor.')
param runbookUrl string

// Anyone who adds a role or a federated credential can read secrets or replace the package. An
// activity log alert cannot exclude a caller, so a deployment writes no unchanged setting.
var changes = [
  { name: 'role-given', operation: 'Microsoft.Authorization/roleAssignments/write', done: 'a role was assigned' }
  {
    name: 'role-taken'
    operation: 'Microsoft.Authorization/roleAssignments/delete'
    done: 'a role assignment was deleted'
  }
  {
    name: 'app-federated'
    operation: 'Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials/write'
    done: 'a federated credential was written, with which its holder may sign in as the app'
  }
  {
    name: 'diagnostics-changed'
    operation: 'Microsoft.Insights/diagnosticSettings/write'
    done: 'a diagnostic setting was changed, which may turn off an audit log,'
  }
  {
    name: 'diagnostics-deleted'
    operation: 'Microsoft.Insights/diagnosticSettings/delete'
    done: 'a diagnostic setting was deleted, which turns off an audit log,'
  }
]
// Each operation has its own rule, because a condition accepts no anyOf and no nested conditions:
// https://learn.microsoft.com/azure/azure-monitor/alerts/resource-manager-alerts-activity-log,
// https://github.com/Azure/bicep/issues/6979
var watched = [
  {
    name: 'vault-deleted'
    operation: 'Microsoft.KeyVault/vaults/delete'
    severity: 1
    text: 'The vault was deleted. Recover it at once with az keyvault recover. Then find out who deleted it. Runbook: ${runbookUrl}#runbook-vault-deleted'
  }
  ...map(changes, change => {
    name: 'access-changed-${change.name}'
    operation: change.operation
    severity: 2
    text: 'A role, a credential or an audit log was changed: ${change.done} in this resource group. If your deployment did not do this, ask the caller named in this alert. Runbook: ${runbookUrl}#runbook-access-changed'
  })
]

resource onOperations 'Microsoft.Insights/activityLogAlerts@2026-01-01' = [
  for alert in watched: {
    name: 'alert-${alert.name}-${suffix}'
    location: 'global'
    tags: tags
    properties: {
      description: 'Like severity ${alert.severity} (Azure gives every activity log alert 4). ${alert.text}'
      enabled: true
      scopes: [resourceGroup().id]
      condition: {
        allOf: [
          { field: 'category', equals: 'Administrative' }
          { field: 'operationName', equals: alert.operation }
          { field: 'status', equals: 'Succeeded' }
        ]
      }
      actions: { actionGroups: [{ actionGroupId: alert.severity == 1 ? pageGroupId : ticketGroupId }] }
    }
  }
]

resource serviceHealth 'Microsoft.Insights/activityLogAlerts@2026-01-01' = if (serviceHealthAlert) {
  name: 'alert-service-health-${suffix}'
  location: 'global'
  tags: tags
  properties: {
    description: 'Like severity 2 (Azure gives every activity log alert 4). Azure reports an incident. Check whether it affects Functions, Key Vault, Storage or networks in your region. Runbook: ${runbookUrl}#runbook-service-health'
    enabled: true
    scopes: [subscription().id]
    condition: { allOf: [{ field: 'category', equals: 'ServiceHealth' }] }
    actions: { actionGroups: [{ actionGroupId: ticketGroupId }] }
  }
}

// Without a rule of this exact name, Azure adds its own rule with its own action group. This rule
// notifies no one, because the alerts codes-failing and okta-gave-up report the same failures.
resource failureAnomalies 'Microsoft.AlertsManagement/smartDetectorAlertRules@2021-04-01' = {
  name: 'Failure Anomalies - ${applicationInsightsName}'
  location: 'global'
  tags: tags
  properties: {
    description: 'More requests fail than usual. This rule notifies no one.'
    state: 'Enabled'
    severity: 'Sev3'
    frequency: 'PT1M'
    detector: { id: 'FailureAnomaliesDetector' }
    scope: [applicationInsightsId]
    actionGroups: { groupIds: [] }
  }
}
