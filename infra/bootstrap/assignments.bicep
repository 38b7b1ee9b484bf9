// Names of role assignments. Azure refuses a second assignment of one role to one principal
// (RoleAssignmentExists). Azure also refuses to change the role or the principal of an assignment
// (RoleAssignmentUpdateNotPermitted).
// https://learn.microsoft.com/azure/role-based-access-control/troubleshooting
import { appRoles } from '../types.bicep'

@export()
@description('A role assignment on the app\'s resource group or on a resource in it, as az role assignment list shows it.')
@sealed()
type assignment = {
  id: string
  name: string
  scope: string
  principalId: string
  roleDefinitionId: string
}

// Monitoring Reader reads resources, logs and metrics. Key Vault Reader reads names, dates and
// states of secrets, which the runbooks need. Neither role can read the value of a secret.
// https://learn.microsoft.com/azure/role-based-access-control/built-in-roles
@export()
@description('Roles of the people on call.')
var onCallRoles = ['43d0d8ad-25c7-4714-9337-8ba259a9fe05', '21090545-7ca7-4776-b22c-e363652d74d2']

func guidOf(id string) string => toLower(last(split(id, '/')))

@export()
@description('Name of the assignment that gives a role on a resource group: the name of the same assignment if there is one, then the usual name, and another name if the usual name belongs to another role or principal.')
func nameOf(usual string, principalId string, role string, groupId string, present assignment[]) string =>
  first(concat(
    map(
      filter(
        present,
        it =>
          toLower(it.scope) == toLower(groupId) && it.principalId == principalId && guidOf(it.roleDefinitionId) == guidOf(role)
      ),
      it => it.name
    ),
    contains(map(present, it => it.name), usual) ? [guid(usual, principalId, guidOf(role))] : [usual]
  ))!

func usualNames(groupId string, suffix string, appIdentity string, it assignment) string[] => [
  guid(groupId, suffix, 'deploy')
  guid(groupId, suffix, 'preview')
  guid(groupId, it.principalId, 'write secrets')
  ...map(onCallRoles, role => guid(groupId, it.principalId, role))
  ...map(items(appRoles), role => guid(groupId, suffix, 'app', role.value))
  // In earlier versions, the deployer assigned the app's roles on each resource.
  guid(groupId, suffix, 'give roles')
  guid(it.scope, appIdentity, guidOf(it.roleDefinitionId))
]

@export()
@description('Assignments that this bootstrap or an earlier one wrote, and that are not in use any more.')
func leftOver(groupId string, suffix string, appIdentity string, present assignment[], used string[]) assignment[] =>
  filter(
    present,
    it =>
      !contains(used, it.name) && !empty(filter(
        usualNames(groupId, suffix, appIdentity, it),
        usual => contains([usual, guid(usual, it.principalId, guidOf(it.roleDefinitionId))], it.name)
      ))
  )
