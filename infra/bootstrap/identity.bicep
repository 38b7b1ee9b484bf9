// An identity without a password, or one that is there.
import { tags as tagsType } from '../types.bicep'
import { federation, gitHubFederation, gitHubRepository } from 'federation.bicep'

@description('Required. Name of the identity.')
param name string

@description('Required. true where somebody else has made it: then nothing of it is changed.')
param exists bool

@description('Required. Region, the resource group\'s.')
param location string

@description('Required. Tags for every resource.')
param tags tagsType

@description('Optional. The repository whose workflows may become it; null for none.')
param gitHub gitHubRepository?

@description('Optional. The repository\'s environment whose runs may.')
param gitHubEnvironment string = ''

@description('Optional. The service connection of Azure Pipelines that may become it; null for none.')
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
    // The service refuses two writes to one identity at once.
    dependsOn: [gitHubRuns]
  }
}

resource given 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' existing = if (exists) {
  name: name
}

@description('For role assignments.')
output principalId string = exists ? given!.properties.principalId : identity!.properties.principalId

@description('For the pipeline\'s login; not a secret.')
output clientId string = exists ? given!.properties.clientId : identity!.properties.clientId
