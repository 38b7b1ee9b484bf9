// What other teams have made already, where whoever runs the bootstrap may not make resource
// groups, identities or roles.

@export()
@description('Names of resource groups that exist. One that is left out is made.')
@sealed()
type existingGroups = {
  @description('Optional. For the app.')
  app: string?

  @description('Optional. For the identities of the pipelines: another one than the app\'s, or whoever changes the app decides who deploys it.')
  pipeline: string?
}

@export()
@description('Names of user-assigned identities that exist. One that is left out is made. Who made one also says which runs may become it: federation.bicep has the subjects.')
@sealed()
type existingIdentity = {
  @description('Optional. The app\'s, in the app\'s resource group; main.bicepparam names it too.')
  app: string?

  @description('Optional. The one that deploys, in the pipelines\' resource group.')
  deployer: string?

  @description('Optional. The one that previews, in the pipelines\' resource group.')
  previewer: string?
}

@export()
@description('Names of custom roles that exist, as az role definition list shows them (name, a GUID), with the actions of the role of the same name in this folder. One that is left out is made.')
@sealed()
type existingRoles = {
  @description('Optional. deployer-grants.bicep, deployerRole.')
  deployer: string?

  @description('Optional. deployer-grants.bicep, roleGiverRole.')
  roleGiver: string?

  @description('Optional. previewer-grants.bicep, previewerRole.')
  previewer: string?

  @description('Optional. people-grants.bicep, secretsWriterRole.')
  secretsWriter: string?

  @description('Optional. people-grants.bicep, onCallRole.')
  onCall: string?
}

@export()
@description('The resource id of a role definition with this name.')
func roleId(name string) string => subscriptionResourceId('Microsoft.Authorization/roleDefinitions', name)
