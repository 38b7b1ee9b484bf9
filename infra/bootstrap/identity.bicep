import { tags as tagsType } from '../types.bicep'
import { federation, gitHubFederation, gitHubRepository } from 'federation.bicep'

@description('Required. Name of the identity.')
param name string

@description('Required. true if the identity exists already. The bootstrap then does not change it.')
param exists bool

@description('Required. Region of the resource group.')
param location string

@description('Required. Tags for every resource.')
param tags tagsType

@description('Optional. Repository whose workflows may sign in as this identity. null: none.')
param gitHub gitHubRepository?

@description('Optional. Environment of the repository whose jobs may sign in.')
param gitHubEnvironment string = ''

@description('Optional. Service connection of Azure Pipelines that may sign in as this identity. null: none.')
param connection federation?

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = if (!exists) {
  name: name
  location: location
  tags: tags

  resource gitHubRuns 'federatedIdentityCredentials' = if (gitHub != null) {
    name: 'github-${gitHubEnvironment}'
    properties: union(gitHubFederation(gitHub!, gitHubEnvironment), { audiences: ['api://AzureADTokenExchange'] })
  }

  resource connectionRuns 'federatedIdentityCredentials' = if (connection != null) {
    name: 'azure-pipelines'
    properties: union(connection!, { audiences: ['api://AzureADTokenExchange'] })
    // The second credential waits for the first, because Azure refuses two concurrent writes to one
    // identity.
    dependsOn: [gitHubRuns]
  }
}

resource given 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' existing = if (exists) {
  name: name
}

@description('Principal id, for role assignments.')
output principalId string = exists ? given!.properties.principalId : identity!.properties.principalId

@description('Client id, for the pipeline\'s sign-in. Not a secret.')
output clientId string = exists ? given!.properties.clientId : identity!.properties.clientId

@description('Id of the identity.')
output id string = exists ? given.id : identity.id
