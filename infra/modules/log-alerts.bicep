import { alertRules } from '../alerts.bicep'
import { alerts as alertsType, tags as tagsType } from '../types.bicep'

@description('Required. <workload>-<environment>, part of every resource name.')
param suffix string

@description('Required. Region of the resource group.')
param location string

@description('Required. Tags for every resource.')
param tags tagsType

@description('Required. Resource id of the Application Insights with the hook\'s events.')
param applicationInsightsId string

@description('Required. Resource id of the workspace with the vault\'s audit log.')
param workspaceId string

@description('Required. Resource id of the vault. A central workspace also holds logs of other vaults.')
param vaultId string

@description('Required. Resource id of the app\'s identity, to tell its calls to the vault from those of others.')
param appIdentityId string

@description('Required. Action group of the people on call, for severity 1.')
param pageGroupId string

@description('Required. Action group for severity 2.')
param ticketGroupId string

@description('Required. URL of the runbooks. Each alert adds its anchor.')
param runbookUrl string

@description('Required. all creates every rule. essential creates only the essential rules, and they run less often.')
param alerts alertsType

@description('Required. true if the workspace is a company\'s central one, whose owner watches the daily cap.')
param centralWorkspace bool

@description('Required. true switches off the alert on missing requests.')
param standby bool

@description('Required. Daily cap of the workspace in GB. A negative number means no cap.')
param dailyCapGb int

@description('Required. Time limit of a request in milliseconds, for the alert on slow requests.')
param budgetMs int

var chosen = filter(
  alertRules,
  rule => (alerts == 'all' || rule.essential) && !(centralWorkspace && rule.name == 'daily-cap')
)
// Queries about codes read this table, which lacks the requests of the command accept.
var eventsTable = 'let events = customEvents | where tostring(customDimensions.oktaUserId) !startswith "00uVerify";\n'
// These rules are created, but disabled. If the template left these rules out, a rule from an
// earlier deployment would stay enabled.
var quiet = [...(standby ? ['no-traffic'] : []), ...(dailyCapGb < 0 ? ['daily-cap'] : [])]

resource rules 'Microsoft.Insights/scheduledQueryRules@2026-03-01' = [
  for rule in chosen: {
    name: 'alert-${rule.name}-${suffix}'
    location: location
    tags: tags
    kind: 'LogAlert'
    properties: {
      displayName: rule.title
      description: '${rule.first} Runbook: ${runbookUrl}#runbook-${rule.name}'
      severity: rule.severity
      enabled: !contains(quiet, rule.name)
      scopes: [rule.reads == 'events' ? applicationInsightsId : workspaceId]
      // A rule with PT15M costs a third of a rule with PT5M: docs/is-this-for-you.md.
      evaluationFrequency: rule.?frequency ?? (alerts == 'all' && rule.severity == 1 ? 'PT5M' : 'PT15M')
      windowSize: rule.window
      overrideQueryTimeRange: rule.?looksBack
      autoMitigate: true
      // Validation would fail for a new app, because a table exists only after its first row.
      skipQueryValidation: true
      criteria: {
        allOf: [
          {
            query: reduce(
              items({
                ...(rule.?numbers ?? {})
                appIdentityId: appIdentityId
                vaultId: vaultId
                budgetMs: budgetMs
                dailyCapGb: dailyCapGb
              }),
              '${rule.reads == 'events' ? eventsTable : ''}${rule.query}',
              (text, number) => replace(text, '{${number.key}}', string(number.value))
            )
            timeAggregation: rule.?measures == null ? 'Count' : 'Maximum'
            metricMeasureColumn: rule.?measures
            operator: 'GreaterThan'
            threshold: 0
            // The message shows these columns. If a value changes, Azure sends another message.
            dimensions: map(rule.?shows ?? [], column => { name: column, operator: 'Include', values: ['*'] })
            failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 }
          }
        ]
      }
      actions: { actionGroups: [rule.severity == 1 ? pageGroupId : ticketGroupId] }
    }
  }
]
