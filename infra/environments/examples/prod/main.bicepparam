// Production with a private network, two warm instances and all alerts.
using '../../../main.bicep'

param environmentName = 'prod'
// The bootstrap creates this identity.
param identity = 'id-okta8x8-${environmentName}'
param hookSettings = {
  EIGHT_BY_EIGHT_SMS_SUBACCOUNT: 'example_otp'
  EIGHT_BY_EIGHT_VOICE_SUBACCOUNT: 'example_voice'
  EIGHT_BY_EIGHT_VOICE_SOURCE: '6588000000'
  PHONE_POLICY_ALLOWED_COUNTRIES: 'example'
}
param zoneRedundant = true
// How a deployment replaces instances: docs/operate.md#what-a-deployment-costs.
param updateStrategy = 'Recreate'
// GB a day, about 20 times what a million codes a month need. A busy day or a flood of
// unauthenticated calls must not reach the cap, because log alerts would stop.
param dailyCapGb = 5
param network = { mode: 'private', addressPrefix: '10.80.0.0/24', natGateway: true }
param alerts = 'all'
param pageReceivers = { emails: ['on-call@example.com'] }
param ticketEmails = ['identity-team@example.com']
param runbookUrl = 'https://github.com/example/okta-8x8-telephony/blob/main/docs/runbooks.md'

param placeholders = readEnvironmentVariable('PLACEHOLDERS', 'refused')
param inputs = readEnvironmentVariable('INPUTS_SHA256', '')
