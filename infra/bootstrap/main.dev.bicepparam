using 'main.bicep'

param environmentName = 'dev'
param location = 'westeurope'
param extraTags = { owner: 'identity-team' }

// For Azure Pipelines add the issuer and subject that its service connection shows.
param deployers = [
  {
    name: 'github-dev'
    issuer: 'https://token.actions.githubusercontent.com'
    subject: 'repo:example/okta-8x8-telephony:environment:dev'
  }
]
param previewers = [
  {
    name: 'github-preview-dev'
    issuer: 'https://token.actions.githubusercontent.com'
    subject: 'repo:example/okta-8x8-telephony:environment:preview-dev'
  }
]
param vaultOperatorsGroupId = '11111111-1111-1111-1111-111111111111'
