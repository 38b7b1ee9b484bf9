// Gives the app, the pipelines and people their rights in the app's resource group. The deployer has
// no right to read or write a secret, or to assign a role. However, anyone who can deploy code can
// read the secrets that the code reads: docs/security.md.
import { assignment, leftOver, nameOf, onCallRoles } from 'assignments.bicep'
import { existingRoles as existingRolesType } from 'existing.bicep'
import { appRoles } from '../types.bicep'

@description('Required. <workload>-<environment>, part of every resource name.')
param suffix string

@description('Required. Principal ids of the app, the deployer and the previewer. Without pipelines, the last two are empty.')
param principals { app: string, deployer: string, previewer: string }

@description('Required. Name of the app\'s identity.')
param appIdentityName string

@description('Required. true if there are pipelines.')
param hasPipelines bool

@description('Required. Object id of the group of people who write and rotate secrets. Empty for none.')
param vaultOperatorsGroupId string

@description('Required. Object id of the group of people on call. Empty for none.')
param onCallGroupId string

@description('Required. Existing roles to use instead of the roles below.')
param existingRoles existingRolesType

@description('Required. Role assignments that the resource group has already.')
param present assignment[]

// The built-in role Contributor would allow too much. It can delete the vault, list the storage
// account's keys, add a federated credential to the app's identity, and run a machine or script as
// the app. Azure refuses the role below if one of its actions is unknown:
// https://learn.microsoft.com/azure/role-based-access-control/resource-provider-operations
resource deployerRole 'Microsoft.Authorization/roleDefinitions@2022-04-01' = if (hasPipelines && existingRoles.?deployer == null) {
  name: guid(resourceGroup().id, suffix, 'deployer role')
  properties: {
    // Role names must be unique in the tenant. The name therefore has a hash of the resource group.
    roleName: 'Deployer of ${suffix} (${uniqueString(resourceGroup().id)})'
    description: 'Can change the app\'s resources and deploy its code. Cannot read or write secrets, and cannot list keys.'
    type: 'CustomRole'
    assignableScopes: [resourceGroup().id]
    permissions: [
      {
        actions: [
          // */read includes logs. The deployer must be able to read logs, because the log alerts
          // that it creates run with its rights.
          // https://learn.microsoft.com/azure/azure-monitor/alerts/alerts-create-log-alert-rule
          '*/read'
          'Microsoft.AlertsManagement/*'
          'Microsoft.Insights/*'
          'Microsoft.KeyVault/vaults/*'
          // The deployer may assign identities, but not change them. Anyone who can add a federated
          // credential to the app's identity can sign in as the app.
          'Microsoft.ManagedIdentity/userAssignedIdentities/assign/action'
          'Microsoft.Network/*'
          'Microsoft.OperationalInsights/workspaces/*'
          'Microsoft.Resources/deployments/*'
          'Microsoft.Storage/storageAccounts/*'
          'Microsoft.Web/*'
        ]
        notActions: [
          // With this action, a template could write a secret without a right on the vault's data.
          'Microsoft.KeyVault/vaults/secrets/*'
          // With this action, a template's parameter could read a secret.
          'Microsoft.KeyVault/vaults/deploy/action'
          // An access policy could grant access to secrets in a vault without RBAC.
          'Microsoft.KeyVault/vaults/accessPolicies/*'
          // No deployment needs to delete the vault. Without the vault, codes would stop.
          'Microsoft.KeyVault/vaults/delete'
          // The deployer must not delete logs, because they show who did what.
          'Microsoft.Insights/components/delete'
          'Microsoft.Insights/components/purge/action'
          'Microsoft.OperationalInsights/workspaces/delete'
          'Microsoft.OperationalInsights/workspaces/purge/action'
          'Microsoft.OperationalInsights/workspaces/tables/delete'
          'Microsoft.OperationalInsights/workspaces/tables/deleteData/action'
          // Keys and shared access signatures give anonymous access to the host's secrets and the
          // package.
          'Microsoft.Storage/storageAccounts/listKeys/action'
          'Microsoft.Storage/storageAccounts/regenerateKey/action'
          'Microsoft.Storage/storageAccounts/rotateKey/action'
          'Microsoft.Storage/storageAccounts/listAccountSas/action'
          'Microsoft.Storage/storageAccounts/listServiceSas/action'
          'Microsoft.Storage/storageAccounts/localUsers/*'
          // A publishing password that a pipeline run has read stays valid after the run.
          'Microsoft.Web/sites/publishxml/*'
          'Microsoft.Web/sites/config/list/action'
          // The deployer may use host/listkeys, because az calls it to check that the deployed code
          // runs. The app's functions do not accept host keys.
          'Microsoft.Web/sites/functions/keys/*'
          'Microsoft.Web/sites/functions/listkeys/action'
          'Microsoft.Web/sites/functions/listsecrets/action'
          'Microsoft.Web/sites/host/functionkeys/*'
          'Microsoft.Web/sites/host/systemkeys/*'
          // Through the host's admin API, the deployer could call functions and change keys.
          'Microsoft.Web/sites/hostruntime/*'
        ]
        dataActions: []
        notDataActions: []
      }
    ]
  }
}

// A run of any branch can sign in as the previewer.
// Every built-in role that allows what-if can also deploy, so the previewer gets its own role. The
// role lists each type of resource, because */read would include every log and some keys.
resource previewerRole 'Microsoft.Authorization/roleDefinitions@2022-04-01' = if (hasPipelines && existingRoles.?previewer == null) {
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

// The built-in role Key Vault Secrets Officer could also read, delete and purge secrets, which a
// rotation does not need.
resource secretsWriterRole 'Microsoft.Authorization/roleDefinitions@2022-04-01' = if (!empty(vaultOperatorsGroupId) && existingRoles.?secretsWriter == null) {
  name: guid(resourceGroup().id, suffix, 'secrets writer role')
  properties: {
    roleName: 'Secrets writer of ${suffix} (${uniqueString(resourceGroup().id)})'
    description: 'Can write new versions of secrets, disable old versions and list versions. Cannot read a value.'
    type: 'CustomRole'
    assignableScopes: [resourceGroup().id]
    permissions: [
      {
        actions: [
          'Microsoft.KeyVault/vaults/read'
          'Microsoft.Resources/deployments/read'
          'Microsoft.Resources/subscriptions/resourceGroups/read'
        ]
        notActions: []
        dataActions: [
          'Microsoft.KeyVault/vaults/secrets/setSecret/action'
          'Microsoft.KeyVault/vaults/secrets/update/action'
          'Microsoft.KeyVault/vaults/secrets/readMetadata/action'
        ]
        notDataActions: []
      }
    ]
  }
}

func roleId(name string) string => subscriptionResourceId('Microsoft.Authorization/roleDefinitions', name)

var group = resourceGroup().id
var roles = {
  deployer: existingRoles.?deployer == null ? deployerRole.id : roleId(existingRoles.deployer!)
  previewer: existingRoles.?previewer == null ? previewerRole.id : roleId(existingRoles.previewer!)
  writer: existingRoles.?secretsWriter == null ? secretsWriterRole.id : roleId(existingRoles.secretsWriter!)
}
var wanted = concat(
  map(items(appRoles), it => { to: 'app', usualName: guid(group, suffix, 'app', it.value), role: roleId(it.value) }),
  hasPipelines
    ? [
        { to: 'deployer', usualName: guid(group, suffix, 'deploy'), role: roles.deployer }
        { to: 'previewer', usualName: guid(group, suffix, 'preview'), role: roles.previewer }
      ]
    : [],
  empty(vaultOperatorsGroupId)
    ? []
    : [{ to: 'writers', usualName: guid(group, vaultOperatorsGroupId, 'write secrets'), role: roles.writer }],
  map(empty(onCallGroupId) ? [] : onCallRoles, role => {
    to: 'onCall'
    usualName: guid(group, onCallGroupId, role)
    role: roleId(role)
  })
)
var receivers = { ...principals, writers: vaultOperatorsGroupId, onCall: onCallGroupId }
var names = [for it in wanted: nameOf(it.usualName, receivers[it.to], it.role, group, present)]

resource assignments 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for (it, i) in wanted: {
    name: names[i]
    properties: {
      roleDefinitionId: it.role
      principalId: receivers[it.to]
      principalType: contains(principals, it.to) ? 'ServicePrincipal' : 'Group'
    }
  }
]

@description('Names of the role assignments.')
output assignments string[] = names

@description('Ids of the role assignments that this bootstrap or an earlier one wrote, and that are not in use any more.')
output leftOver string[] = map(leftOver(group, suffix, appIdentityName, present, names), it => it.id)
