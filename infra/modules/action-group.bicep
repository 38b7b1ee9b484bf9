import { pageReceivers } from '../receivers.bicep'
import { tags as tagsType } from '../types.bicep'

@description('Required. Name of the action group.')
param name string

@description('Required. Short name, which appears in e-mails and SMS.')
@maxLength(12)
param shortName string

@description('Required. Tags for every resource.')
param tags tagsType

@description('Required. People and services to notify. The group for tickets has only e-mail addresses.')
param receivers pageReceivers

resource group 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: name
  location: 'global'
  tags: tags
  properties: {
    enabled: true
    groupShortName: shortName
    emailReceivers: [
      for (email, i) in receivers.emails: { name: 'mail-${i}', emailAddress: email, useCommonAlertSchema: true }
    ]
    smsReceivers: [
      for (sms, i) in receivers.?sms ?? []: {
        name: 'sms-${i}'
        countryCode: sms.countryCode
        phoneNumber: sms.phoneNumber
      }
    ]
    webhookReceivers: [
      for webhook in receivers.?webhooks ?? []: {
        name: webhook.name
        serviceUri: webhook.url
        useCommonAlertSchema: true
        useAadAuth: true
        objectId: webhook.objectId
        identifierUri: webhook.identifierUri
        tenantId: tenant().tenantId
      }
    ]
  }
}
