// Types for organizations where other teams create resource groups, identities or roles.

@export()
@description('Names of existing resource groups. A group that is left out is created.')
@sealed()
type existingGroups = {
  @description('Optional. Resource group of the app.')
  @minLength(1)
  @maxLength(90)
  app: string?

  @description('Optional. Resource group of the pipelines\' identities. It must not be the app\'s resource group. Otherwise, anyone who can change the app could decide who deploys it.')
  @minLength(1)
  @maxLength(90)
  pipeline: string?
}

@export()
@description('Names of existing user-assigned identities. An identity that is left out is created. The team that created it must also add federated credentials with the subjects in federation.bicep.')
@sealed()
type existingIdentity = {
  @description('Optional. Identity of the app, in the app\'s resource group. Set it in main.bicepparam too.')
  @minLength(3)
  app: string?

  @description('Optional. Identity of the deployer, in the pipelines\' resource group.')
  @minLength(3)
  deployer: string?

  @description('Optional. Identity of the previewer, in the pipelines\' resource group.')
  @minLength(3)
  previewer: string?
}

@export()
@description('Names (GUIDs) of existing custom roles, as az role definition list shows them. Each must have the actions of the role that it replaces. A role that is left out is created.')
@sealed()
type existingRoles = {
  @description('Optional. Role to use instead of deployerRole in grants.bicep.')
  @minLength(36)
  @maxLength(36)
  deployer: string?

  @description('Optional. Role to use instead of previewerRole in grants.bicep.')
  @minLength(36)
  @maxLength(36)
  previewer: string?

  @description('Optional. Role to use instead of secretsWriterRole in grants.bicep.')
  @minLength(36)
  @maxLength(36)
  secretsWriter: string?
}
