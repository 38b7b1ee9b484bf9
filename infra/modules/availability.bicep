// Creates the availability test and its alert, which report an outage even if no one signs in.
import { alerts as alertsType, tags as tagsType } from '../types.bicep'

@description('Required. <workload>-<environment>, part of every resource name.')
param suffix string

@description('Required. Region of the resource group.')
param location string

@description('Required. Tags for every resource.')
param tags tagsType

@description('Required. Resource id of the Application Insights that stores the results.')
param applicationInsightsId string

@description('Required. Host name of the app.')
param hostName string

@description('Required. With all, five locations call the app every 5 minutes. With essential, two locations call it every 15 minutes.')
param alerts alertsType

@description('Required. Value of a header that distinguishes this test from the tests of other tenants.')
param key string

@description('Required. Action group of the people on call.')
param pageGroupId string

@description('Required. URL of the runbooks. The alert adds its anchor.')
param runbookUrl string

var name = 'health-${suffix}'

var places = ['emea-nl-ams-azr', 'us-va-ash-azr', 'emea-gb-db3-azr', 'us-ca-sjc-azr', 'apac-sg-sin-azr']

resource test 'Microsoft.Insights/webtests@2022-06-15' = {
  name: name
  location: location
  // The portal and the alert need this tag to find the test.
  tags: union(tags, { 'hidden-link:${applicationInsightsId}': 'Resource' })
  kind: 'standard'
  properties: {
    Name: name
    SyntheticMonitorId: name
    Kind: 'standard'
    Enabled: true
    Frequency: alerts == 'all' ? 300 : 900
    Timeout: 30
    RetryEnabled: true
    Locations: map(alerts == 'all' ? places : take(places, 2), place => { Id: place })
    Request: {
      RequestUrl: 'https://${hostName}/api/health'
      HttpVerb: 'GET'
      ParseDependentRequests: false
      Headers: [{ key: 'x-azure-fdid', value: key }]
    }
    ValidationRules: { ExpectedHttpStatusCode: 200, SSLCheck: true, SSLCertRemainingLifetimeCheck: 7 }
  }
}

resource healthRed 'Microsoft.Insights/metricAlerts@2026-01-01' = {
  name: 'alert-health-red-${suffix}'
  location: 'global'
  tags: tags
  properties: {
    description: 'Two locations find the app unhealthy. Open /api/health, which names the setting or secret. If the app does not answer, check the last deployment, then Azure. Runbook: ${runbookUrl}#runbook-health-red'
    severity: 1
    enabled: true
    autoMitigate: true
    scopes: [test.id, applicationInsightsId]
    // The test's locations call the app in turn, so there is a new result about as often as this
    // rule runs.
    evaluationFrequency: alerts == 'all' ? 'PT1M' : 'PT5M'
    windowSize: alerts == 'all' ? 'PT5M' : 'PT15M'
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.WebtestLocationAvailabilityCriteria'
      webTestId: test.id
      componentId: applicationInsightsId
      failedLocationCount: 2
    }
    actions: [{ actionGroupId: pageGroupId }]
  }
}
