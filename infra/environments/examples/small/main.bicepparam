// A small company: one resource group, public, one identity of its own, deployed by hand by whoever
// owns that group.
using '../../../main.bicep'

param environmentName = 'small'
param extraTags = { owner: 'identity-team' }
param hookSettings = {
  EIGHT_BY_EIGHT_SMS_SUBACCOUNT: 'example_otp'
  PHONE_POLICY_ALLOWED_COUNTRIES: 'example'
}
// One warm instance, $21 a month: while it is replaced, codes meet a cold start. Two are $42:
// docs/operate.md#one-warm-instance.
param scale = { alwaysReady: 1, maximum: 40, concurrency: 100, memoryMB: 2048 }
// docs/cost.md has their price.
param alerts = 'essential'
param pageReceivers = { emails: ['you@example.com'] }
param ticketEmails = ['you@example.com']
param runbookUrl = 'https://github.com/example/okta-8x8-telephony/blob/main/docs/runbooks.md'

param placeholders = readEnvironmentVariable('PLACEHOLDERS', 'refused')
param inputs = readEnvironmentVariable('INPUTS_SHA256', '')
