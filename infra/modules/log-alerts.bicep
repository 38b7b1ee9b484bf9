// Turns each row of alerts.bicep into a rule.
import { alertRules } from '../alerts.bicep'
import { alerts as alertsType, tags as tagsType } from '../types.bicep'

@description('Required. The part of every name that says workload and environment.')
param suffix string

@description('Required. Region, the resource group\'s.')
param location string

@description('Required. Tags for every resource.')
param tags tagsType

@description('Required. Application Insights that holds the hook\'s events.')
param applicationInsightsId string

@description('Required. Workspace that holds the vault\'s audit log.')
param workspaceId string

@description('Required. Resource id of the vault: a central workspace has the logs of others too.')
param vaultId string

@description('Required. Resource id of the app\'s identity, which alone reads secrets without an alert.')
param appIdentityId string

@description('Required. Action group of what wakes somebody: severity 0 and 1.')
param pageGroupId string

@description('Required. Action group of what waits for the day: severity 2 and 3.')
param ticketGroupId string

@description('Required. Where docs/runbooks.md is read, or what stands for it; each alert adds its own anchor.')
param runbookUrl string

@description('Required. Whether all rules are made, or those that are essential, which then look less often.')
param alerts alertsType

@description('Required. true where the workspace is somebody else\'s, who also watches its daily cap.')
param centralWorkspace bool

@description('Required. true switches off the rule on silence: nobody calls a standby.')
param standby bool

@description('Required. The workspace\'s daily cap in GB, for the alert before it is met; negative where there is none.')
param dailyCapGb int

@description('Required. Milliseconds that the app gives a hook, for the alert before they are used up.')
param budgetMs int

var chosen = filter(
  alertRules,
  rule => (alerts == 'all' || rule.essential) && !(centralWorkspace && rule.name == 'daily-cap')
)
// Made and switched off, because an earlier deployment may have switched them on.
var quiet = [...(standby ? ['no-traffic'] : []), ...(dailyCapGb < 0 ? ['daily-cap'] : [])]

resource rules 'Microsoft.Insights/scheduledQueryRules@2026-03-01' = [
  for rule in chosen: {
    name: 'alert-${rule.name}-${suffix}'
    location: location
    tags: tags
    kind: 'LogAlert'
    properties: {
      displayName: rule.title
      description: '${rule.first} Runbook: ${replace(runbookUrl, 'runbooks.md', rule.?page ?? 'runbooks.md')}#runbook-${rule.?runbook ?? rule.name}'
      severity: rule.severity
      enabled: !contains(quiet, rule.name)
      scopes: [rule.reads == 'events' ? applicationInsightsId : workspaceId]
      // Each quarter of an hour costs a third of each five minutes: docs/cost.md.
      evaluationFrequency: rule.?frequency ?? (alerts == 'all' ? 'PT5M' : 'PT15M')
      windowSize: rule.window
      overrideQueryTimeRange: rule.?looksBack
      autoMitigate: true
      // Tables exist only once something was written to them: a first deployment could not be
      // validated.
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
              rule.query,
              (text, number) => replace(text, '{${number.key}}', string(number.value))
            )
            metricMeasureColumn: rule.?measure
            timeAggregation: rule.?measure == null ? 'Count' : rule.?operator == 'LessThan' ? 'Minimum' : 'Maximum'
            operator: rule.?operator ?? 'GreaterThan'
            threshold: rule.threshold
            failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 }
          }
        ]
      }
      actions: { actionGroups: [rule.severity <= 1 ? pageGroupId : ticketGroupId] }
    }
  }
]
