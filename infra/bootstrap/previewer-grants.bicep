// Gives the previewer its rights in the app's resource group. A run of any branch can sign in as
// the previewer.
import { roleId } from 'existing.bicep'

@description('Required. <workload>-<environment>, part of every resource name.')
param suffix string

@description('Required. Name of an existing role definition to use instead of the role below. If empty, the role is created.')
param existingRole string

@description('Required. Principal id of the previewer.')
param previewerPrincipalId string

// Every built-in role that allows what-if can also deploy, so the previewer gets its own role. The
// role lists each type of resource, because */read would include every log and some keys.
resource previewerRole 'Microsoft.Authorization/roleDefinitions@2022-04-01' = if (empty(existingRole)) {
  name: guid(resourceGroup().id, suffix, 'previewer role')
  properties: {
    roleName: 'Previewer of ${suffix} (${uniqueString(resourceGroup().id)})'
    description: 'Can read, validate and preview what a deployment describes. Cannot change anything or read a log or secret.'
    type: 'CustomRole'
    assignableScopes: [resourceGroup().id]
    permissions: [
      {
        actions: [
          'Microsoft.AlertsManagement/smartDetectorAlertRules/read'
          'Microsoft.Authorization/*/read'
          'Microsoft.Insights/actionGroups/read'
          'Microsoft.Insights/activityLogAlerts/read'
          'Microsoft.Insights/components/read'
          'Microsoft.Insights/diagnosticSettings/read'
          'Microsoft.Insights/metricAlerts/read'
          'Microsoft.Insights/scheduledQueryRules/read'
          'Microsoft.Insights/webtests/read'
          'Microsoft.Insights/workbooks/read'
          'Microsoft.KeyVault/vaults/read'
          'Microsoft.ManagedIdentity/userAssignedIdentities/read'
          'Microsoft.Network/*/read'
          'Microsoft.OperationalInsights/workspaces/read'
          'Microsoft.Resources/*/read'
          'Microsoft.Resources/deployments/validate/action'
          'Microsoft.Resources/deployments/whatIf/action'
          'Microsoft.Storage/storageAccounts/read'
          'Microsoft.Storage/storageAccounts/blobServices/read'
          'Microsoft.Storage/storageAccounts/blobServices/containers/read'
          'Microsoft.Storage/storageAccounts/tableServices/read'
          'Microsoft.Storage/storageAccounts/tableServices/tables/read'
          'Microsoft.Web/serverfarms/read'
          'Microsoft.Web/sites/read'
          'Microsoft.Web/sites/basicPublishingCredentialsPolicies/read'
        ]
        notActions: []
        dataActions: []
        notDataActions: []
      }
    ]
  }
}

resource previews 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(resourceGroup().id, suffix, 'preview')
  properties: {
    roleDefinitionId: empty(existingRole) ? previewerRole.id : roleId(existingRole)
    principalId: previewerPrincipalId
    principalType: 'ServicePrincipal'
  }
}
