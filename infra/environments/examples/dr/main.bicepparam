// Production's stand-by in another region, in one zone and with the same secrets. It gets no
// requests until a failover.
using '../../../main.bicep'

param environmentName = 'dr'
// The bootstrap creates this identity.
param identity = 'id-okta8x8-${environmentName}'
// Use production's settings, because users must not notice a failover.
param hookSettings = {
  EIGHT_BY_EIGHT_SMS_SUBACCOUNT: 'example_otp'
  EIGHT_BY_EIGHT_VOICE_SUBACCOUNT: 'example_voice'
  EIGHT_BY_EIGHT_VOICE_SOURCE: '6588000000'
  PHONE_POLICY_ALLOWED_COUNTRIES: 'example'
}
// After a failover, one warm instance answers while the other is replaced.
param scale = { alwaysReady: 2, maximum: 40, concurrency: 100, memoryMB: 2048 }
param standby = true
// GB a day, as in production, because the stand-by logs as much after a failover.
param dailyCapGb = 5
param network = { mode: 'private', addressPrefix: '10.81.0.0/24', natGateway: true }
param alerts = 'all'
param pageReceivers = { emails: ['on-call@example.com'] }
param ticketEmails = ['identity-team@example.com']
param runbookUrl = 'https://github.com/example/okta-8x8-telephony/blob/main/docs/runbooks.md'

param placeholders = readEnvironmentVariable('PLACEHOLDERS', 'refused')
param inputs = readEnvironmentVariable('INPUTS_SHA256', '')
