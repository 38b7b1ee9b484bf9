// A small company: one public resource group with one identity, deployed by hand by the owner of
// the group.
using '../../../main.bicep'

param environmentName = 'small'
param hookSettings = {
  EIGHT_BY_EIGHT_SMS_SUBACCOUNT: 'example_otp'
  PHONE_POLICY_ALLOWED_COUNTRIES: 'example'
}
// One warm instance costs $21 a month, and two cost $42. While the only one is replaced, a cold
// start delays codes: docs/operate.md#one-warm-instance.
param scale = { alwaysReady: 1, maximum: 40, concurrency: 100, memoryMB: 2048 }
// docs/is-this-for-you.md has the prices of alerts.
param alerts = 'essential'
param pageReceivers = { emails: ['you@example.com'] }
param ticketEmails = ['you@example.com']
param runbookUrl = 'https://github.com/example/okta-8x8-telephony/blob/main/docs/runbooks.md'

param placeholders = readEnvironmentVariable('PLACEHOLDERS', 'refused')
param inputs = readEnvironmentVariable('INPUTS_SHA256', '')
