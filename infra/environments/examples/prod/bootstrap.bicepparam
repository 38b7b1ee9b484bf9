// Replace the example values. A deployment with an example value fails and names the parameter.
using '../../../bootstrap/main.bicep'

param environmentName = 'prod'
param location = 'westeurope'

param gitHub = {
  owner: 'example'
  ownerId: 11111111
  name: 'okta-8x8-telephony'
  id: 11111111
  subject: 'ids'
}
// For Azure Pipelines, instead of GitHub or in addition:
// param azurePipelines = {
//   deploy: { issuer: '…', subject: '…' }
//   preview: { issuer: '…', subject: '…' }
// }
param vaultOperatorsGroupId = '11111111-1111-1111-1111-111111111111'
param onCallGroupId = '11111111-1111-1111-1111-111111111111'
param accessAlertEmails = ['identity-team@example.com']

param placeholders = readEnvironmentVariable('PLACEHOLDERS', 'refused')
param inputs = readEnvironmentVariable('INPUTS_SHA256', '')
