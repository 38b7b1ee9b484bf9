// The app's identity is a resource of its own, so that its roles stand before the app first starts.
import { tags as tagsType } from '../types.bicep'

@description('Required. Name of the identity: part of the naming convention in main.bicep.')
param name string

@description('Required. Region, the resource group\'s.')
param location string

@description('Required. Tags for every resource.')
param tags tagsType

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: name
  location: location
  tags: tags
}

@description('Resource id, for whatever runs as this identity.')
output id string = identity.id

@description('Client id, for the settings that choose it; not a secret.')
output clientId string = identity.properties.clientId

@description('Principal id, for role assignments.')
output principalId string = identity.properties.principalId
