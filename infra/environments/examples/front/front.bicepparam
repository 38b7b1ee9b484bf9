// Front Door for production and its stand-by. It has its own resource group: docs/outage.md.
using '../../../front.bicep'

param hostName = 'otp-hook.example.com'
// List production first. The output hookUrl of each environment has its host name.
param originHostNames = [
  'func-okta8x8-prod-example.westeurope-01.azurewebsites.net'
  'func-okta8x8-dr-example.northeurope-01.azurewebsites.net'
]
param ticketGroupId = '/subscriptions/example/resourceGroups/rg-okta8x8-prod/providers/Microsoft.Insights/actionGroups/ag-ticket-okta8x8-prod'
param workspaceId = '/subscriptions/example/resourceGroups/rg-okta8x8-prod/providers/Microsoft.OperationalInsights/workspaces/log-okta8x8-prod'
param runbookUrl = 'https://github.com/example/okta-8x8-telephony/blob/main/docs/outage.md'

param placeholders = readEnvironmentVariable('PLACEHOLDERS', 'refused')
