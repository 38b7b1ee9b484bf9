// Which runs of a pipeline may become an identity: by the token that the pipeline's own system
// signs for that one run.

@export()
@description('Who signs a token and which run it is for, as Azure Pipelines shows it of a service connection.')
@sealed()
type federation = {
  @description('Required. Who signs the token.')
  issuer: string

  @description('Required. Which run the token is for. Narrow: one environment of one repository, or one service connection.')
  subject: string
}

@export()
@description('The service connections that Azure Pipelines deploys and previews with.')
@sealed()
type azurePipelines = {
  @description('Required. The connection deploy-<environment>, for main alone, prod\'s behind an approval.')
  deploy: federation

  @description('Required. The connection preview-<environment>.')
  preview: federation
}

@export()
@description('A repository on GitHub. The ids are in what gh api repos/OWNER/NAME prints: owner.id and id.')
@sealed()
type gitHubRepository = {
  @description('Required. Owner\'s name, as GitHub spells it.')
  owner: string

  @description('Required. Owner\'s id, which no later owner of the same name can have.')
  ownerId: int

  @description('Required. The repository\'s name, as GitHub spells it.')
  name: string

  @description('Required. The repository\'s id, which no later repository of the same name can have.')
  id: int

  @description('Required. What its tokens name it by. ids for a repository that was made or renamed since 15 July 2026 or has chosen so; names for one that is older.')
  subject: 'names' | 'ids'

  @description('Optional. Who signs its tokens, where an enterprise has an issuer of its own.')
  issuer: string?
}

// https://docs.github.com/actions/reference/security/oidc
// https://github.blog/changelog/2026-04-23-immutable-subject-claims-for-github-actions-oidc-tokens
@export()
@description('The subject of a token for a job in one environment of the repository.')
func gitHubFederation(repository gitHubRepository, environment string) federation => {
  issuer: repository.?issuer ?? 'https://token.actions.githubusercontent.com'
  subject: repository.subject == 'ids'
    ? 'repo:${repository.owner}@${repository.ownerId}/${repository.name}@${repository.id}:environment:${environment}'
    : 'repo:${repository.owner}/${repository.name}:environment:${environment}'
}
