// Who is told.
import { tags as tagsType } from '../types.bicep'

@description('Required. Name of the action group.')
param name string

@description('Required. Tags for every resource.')
param tags tagsType

@description('Required. Mail addresses that get every alert; most on-call services have one per rota.')
param emails string[]

resource group 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: name
  location: 'global'
  tags: tags
  properties: {
    enabled: true
    groupShortName: 'okta-8x8'
    emailReceivers: [for (email, i) in emails: { name: 'mail-${i}', emailAddress: email, useCommonAlertSchema: true }]
  }
}

@description('Resource id.')
output id string = group.id
