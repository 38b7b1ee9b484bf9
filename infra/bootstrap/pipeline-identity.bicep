// An identity without a password: a pipeline becomes it by the token that its own system signs for that one run.
import { tags as tagsType } from '../types.bicep'

@export()
@description('A run that may become the identity.')
@sealed()
type federation = {
  @description('Name of the credential.')
  name: string

  @description('Who signs the token: GitHub, or the issuer that the Azure Pipelines service connection shows.')
  issuer: string

  @description('Which run the token is for. Narrow: one environment of one repository, or one service connection.')
  subject: string
}

@description('Required. Name of the identity.')
param name string

@description('Required. Region, the resource group\'s.')
param location string

@description('Required. Tags for every resource.')
param tags tagsType

@description('Required. Runs that may become it.')
param federations federation[]

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: name
  location: location
  tags: tags
}

// One at a time: the service refuses two writes to one identity at once.
@batchSize(1)
resource credentials 'Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials@2024-11-30' = [
  for item in federations: {
    parent: identity
    name: item.name
    properties: { issuer: item.issuer, subject: item.subject, audiences: ['api://AzureADTokenExchange'] }
  }
]

@description('For role assignments.')
output principalId string = identity.properties.principalId

@description('For the pipeline\'s login; not a secret.')
output clientId string = identity.properties.clientId
