// Creates the availability test, which reports an outage even if no one signs in.
import { alerts as alertsType, tags as tagsType } from '../types.bicep'

@description('Required. Name of the test.')
param name string

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

var places = ['emea-nl-ams-azr', 'us-va-ash-azr', 'emea-gb-db3-azr', 'us-ca-sjc-azr', 'apac-sg-sin-azr']

resource test 'Microsoft.Insights/webtests@2022-06-15' = {
  name: name
  location: location
  // The portal and the alert find the test by this tag.
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
