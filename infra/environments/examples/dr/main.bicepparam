// Disaster recovery: production's hook in another region and in one zone, with the same secrets. It
// gets no requests until a failover.
using '../../../main.bicep'

param environmentName = 'dr'
// Created by the bootstrap.
param identity = 'id-okta8x8-${environmentName}'
param extraTags = { owner: 'identity-team' }
// Same as production's: users must not notice a failover.
param hookSettings = {
  EIGHT_BY_EIGHT_SMS_SUBACCOUNT: 'example_otp'
  EIGHT_BY_EIGHT_VOICE_SUBACCOUNT: 'example_voice'
  EIGHT_BY_EIGHT_VOICE_SOURCE: '6588000000'
  PHONE_POLICY_ALLOWED_COUNTRIES: 'example'
}
// Two warm instances: after a failover one can be replaced while the other answers.
param scale = { alwaysReady: 2, maximum: 40, concurrency: 100, memoryMB: 2048 }
param standby = true
// Same as production's: after a failover it logs as much, and probes of a Front Door are logged all
// the time.
param dailyCapGb = 5
param network = { mode: 'private', addressPrefix: '10.81.0.0/24', natGateway: true }
param alerts = 'all'
param pageReceivers = { emails: ['on-call@example.com'] }
param ticketEmails = ['identity-team@example.com']
param runbookUrl = 'https://github.com/example/okta-8x8-telephony/blob/main/docs/runbooks.md'

param placeholders = readEnvironmentVariable('PLACEHOLDERS', 'refused')
param inputs = readEnvironmentVariable('INPUTS_SHA256', '')
