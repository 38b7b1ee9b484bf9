// Development: as small, open and short-lived as the hook can be.
using '../../../main.bicep'

param environmentName = 'dev'
param extraTags = { owner: 'identity-team' }
param hookSettings = {
  EIGHT_BY_EIGHT_SMS_SUBACCOUNT: 'example_dev_otp'
  PHONE_POLICY_MODE: 'record'
  PHONE_POLICY_ALLOWED_COUNTRIES: 'GB,US'
}
param scale = { alwaysReady: 1, maximum: 40, concurrency: 100, memoryMB: 2048 }
param purgeProtection = false
param alertsEnabled = false
param pageReceivers = { emails: ['identity-team@example.com'] }
param ticketEmails = ['identity-team@example.com']
param runbookUrl = 'https://github.com/example/okta-8x8-telephony/blob/main/docs/runbooks.md'

param placeholders = readEnvironmentVariable('PLACEHOLDERS', 'refused')
