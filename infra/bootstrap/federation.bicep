// Types for federated credentials, which decide which pipeline runs may sign in as an identity.

@export()
@description('Issuer and subject of a token, as Azure DevOps shows them on a service connection.')
@sealed()
type federation = {
  @description('Required. Issuer of the token.')
  @minLength(1)
  issuer: string

  @description('Required. Subject of the token. It should match one environment of one repository, or one service connection.')
  @minLength(1)
  subject: string
}

@export()
@description('Service connections of Azure Pipelines.')
@sealed()
type azurePipelines = {
  @description('Required. Service connection deploy-<environment>. Limit it to main. Limit production\'s connection to approved runs too.')
  deploy: federation

  @description('Required. Service connection preview-<environment>.')
  preview: federation
}

@export()
@description('A GitHub repository. gh api repos/OWNER/NAME prints both ids: owner.id and id.')
@sealed()
type gitHubRepository = {
  @description('Required. Name of the owner, as GitHub spells it.')
  owner: string

  @description('Required. Id of the owner. Unlike a name, GitHub never uses it again.')
  @minValue(1)
  ownerId: int

  @description('Required. Name of the repository, as GitHub spells it.')
  name: string

  @description('Required. Id of the repository. Unlike a name, GitHub never uses it again.')
  @minValue(1)
  id: int

  @description('Required. Format of the token\'s subject. Use ids for a repository that was created or renamed after 15 July 2026, or that has opted in. Use names for an older repository.')
  subject: 'names' | 'ids'

  @description('Optional. Issuer of the tokens, if your enterprise has its own.')
  issuer: string?

  @description('Optional, and not tried with GitHub. The only workflow whose jobs may sign in, as in the token\'s claim job_workflow_ref: OWNER/NAME/.github/workflows/deploy.yml@COMMIT. The repository must include this claim in its subject.')
  workflow: string?
}

// https://docs.github.com/actions/reference/security/oidc
// https://github.blog/changelog/2026-04-23-immutable-subject-claims-for-github-actions-oidc-tokens
@export()
@description('Issuer and subject of the tokens for jobs in one environment of the repository.')
func gitHubFederation(repository gitHubRepository, environment string) federation => {
  issuer: repository.?issuer ?? 'https://token.actions.githubusercontent.com'
  subject: join(
    [
      repository.subject == 'ids'
        ? 'repo:${repository.owner}@${repository.ownerId}/${repository.name}@${repository.id}'
        : 'repo:${repository.owner}/${repository.name}'
      'environment:${environment}'
      ...(repository.?workflow == null ? [] : ['job_workflow_ref:${repository.workflow!}'])
    ],
    ':'
  )
}
