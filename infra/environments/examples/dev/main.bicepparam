// Development environment that is small, public and easy to delete.
using '../../../main.bicep'

param environmentName = 'dev'
// The bootstrap creates this identity.
param identity = 'id-okta8x8-${environmentName}'
param hookSettings = {
  EIGHT_BY_EIGHT_SMS_SUBACCOUNT: 'example_dev_otp'
}
// While the only warm instance is replaced, a cold start delays codes:
// docs/operate.md#one-warm-instance.
param scale = { alwaysReady: 1, maximum: 40, concurrency: 100, memoryMB: 2048 }
param purgeProtection = false
// The drill sets `alerts` to essential. Alerts need pageReceivers, ticketEmails and runbookUrl. Then
// run setup again, which asks for them: docs/operate.md#drill-twice-a-year.
param alerts = 'none'

param placeholders = readEnvironmentVariable('PLACEHOLDERS', 'refused')
param inputs = readEnvironmentVariable('INPUTS_SHA256', '')
