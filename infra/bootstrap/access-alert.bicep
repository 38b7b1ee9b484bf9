// A role on the subscription may grant access to the vault, but alerts on the app's resource group
// do not see it. These alerts do not see roles on a management group, because only the management
// group's own activity log has them.
import { tags as tagsType } from '../types.bicep'

@description('Required. <workload>-<environment>, part of every resource name.')
param suffix string

@description('Required. Tags for every resource.')
param tags tagsType

@description('Required. E-mail addresses to notify.')
param emails string[]

var actionGroupName = 'ag-access-${suffix}'

module notified '../modules/action-group.bicep' = {
  params: { name: actionGroupName, shortName: 'okta-access', tags: tags, receivers: { emails: emails } }
}

// Each operation has its own rule, for the reason in modules/azure-alerts.bicep.
var changes = [
  { name: 'given', operation: 'Microsoft.Authorization/roleAssignments/write', done: 'A role was assigned' }
  { name: 'taken', operation: 'Microsoft.Authorization/roleAssignments/delete', done: 'A role assignment was deleted' }
]

resource rolesAbove 'Microsoft.Insights/activityLogAlerts@2026-01-01' = [
  for change in changes: {
    name: 'alert-roles-above-${change.name}-${suffix}'
    location: 'global'
    tags: tags
    properties: {
      description: 'Like severity 2 (Azure gives every activity log alert 4). ${change.done} somewhere in the subscription. If its scope is the subscription, it covers the vault. Ask the caller named in this alert. Runbook: docs/runbooks.md#runbook-access-changed'
      enabled: true
      scopes: [subscription().id]
      condition: {
        allOf: [
          { field: 'category', equals: 'Administrative' }
          { field: 'operationName', equals: change.operation }
          { field: 'status', equals: 'Succeeded' }
        ]
      }
      actions: { actionGroups: [{ actionGroupId: resourceId('Microsoft.Insights/actionGroups', actionGroupName) }] }
    }
    dependsOn: [notified]
  }
]
