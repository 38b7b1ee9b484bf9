// Alerts on Azure's own metrics, which the hook cannot measure.
import { alerts as alertsType, scale as scaleType, tags as tagsType } from '../types.bicep'

@description('Required. <workload>-<environment>, part of every resource name.')
param suffix string

@description('Required. Tags for every resource.')
param tags tagsType

@description('Required. Resource id of the app.')
param appId string

@description('Required. Resource id of the vault.')
param vaultId string

@description('Required. Resource id of the Application Insights to watch.')
param applicationInsightsId string

@description('Required. Resource id of the availability test.')
param availabilityTestId string

@description('Required. Action group for severity 0 and 1: people on call.')
param pageGroupId string

@description('Required. Action group for severity 2 and 3.')
param ticketGroupId string

@description('Required. URL of the runbooks. Each alert adds its anchor.')
param runbookUrl string

@description('Required. essential creates only the alert on the availability test.')
param alerts alertsType

@description('Required. Number and size of the instances.')
param scale scaleType

// MB-milliseconds of warm memory. AlwaysReadyUnits counts this many in 15 minutes if every warm
// instance runs.
var warmPool = scale.alwaysReady * scale.memoryMB * 15 * 60 * 1000

var rules = [
  {
    name: 'cold-starts'
    runbook: 'cold-starts'
    severity: 3
    first: 'More requests met cold instances in an hour than a deployment causes. Raise scale.alwaysReady by one.'
    scope: appId
    metric: 'OnDemandFunctionExecutionCount'
    aggregation: 'Total'
    operator: 'GreaterThan'
    // At 10,000 codes a day, a deployment of ten minutes causes fewer cold starts than this. Below
    // this number, the alert okta-gave-up reports slow answers.
    threshold: 100
    window: 'PT1H'
  }
  {
    name: 'warm-pool'
    runbook: 'cold-starts'
    severity: 2
    first: 'A fifth of the warm memory has been missing for 15 minutes. Look for an Azure incident.'
    scope: appId
    metric: 'AlwaysReadyUnits'
    aggregation: 'Total'
    operator: 'LessThan'
    // In a deployment, instances are missing for three minutes, which is less than a fifth of 15
    // minutes.
    threshold: warmPool * 4 / 5
    window: 'PT15M'
  }
  {
    name: 'vault-degraded'
    runbook: 'vault-unreachable'
    severity: 2
    first: 'Key Vault fails calls. Look for an Azure incident. The app keeps using its last secrets, so do not restart or deploy it now.'
    scope: vaultId
    metric: 'Availability'
    aggregation: 'Average'
    operator: 'LessThan'
    threshold: 90
    window: 'PT15M'
  }
]

resource metrics 'Microsoft.Insights/metricAlerts@2026-01-01' = [
  for rule in (alerts == 'all' ? rules : []): {
    name: 'alert-${rule.name}-${suffix}'
    location: 'global'
    tags: tags
    properties: {
      description: '${rule.first} Runbook: ${runbookUrl}#runbook-${rule.runbook}'
      severity: rule.severity
      enabled: true
      autoMitigate: true
      scopes: [rule.scope]
      evaluationFrequency: 'PT5M'
      windowSize: rule.window
      criteria: {
        'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
        allOf: [
          {
            criterionType: 'StaticThresholdCriterion'
            name: rule.metric
            metricName: rule.metric
            operator: rule.operator
            threshold: rule.threshold
            timeAggregation: rule.aggregation
            // A new app has no metrics yet, so validation would fail the first deployment.
            skipMetricValidation: true
          }
        ]
      }
      actions: [{ actionGroupId: rule.severity <= 1 ? pageGroupId : ticketGroupId }]
    }
  }
]

resource healthRed 'Microsoft.Insights/metricAlerts@2026-01-01' = {
  name: 'alert-health-red-${suffix}'
  location: 'global'
  tags: tags
  properties: {
    description: 'Two locations find the app unhealthy. Open /api/health, which names the setting or secret. If the app does not answer, check the last deployment, then Azure. Runbook: ${runbookUrl}#runbook-health-red'
    severity: 1
    enabled: true
    autoMitigate: true
    scopes: [availabilityTestId, applicationInsightsId]
    // The test's locations call the app in turn, about as often as the rule runs.
    evaluationFrequency: alerts == 'all' ? 'PT1M' : 'PT5M'
    windowSize: alerts == 'all' ? 'PT5M' : 'PT15M'
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.WebtestLocationAvailabilityCriteria'
      webTestId: availabilityTestId
      componentId: applicationInsightsId
      failedLocationCount: 2
    }
    actions: [{ actionGroupId: pageGroupId }]
  }
}
