// One Application Insights, in a workspace of its own or a central one. What is ours is closed to
// keys.
import { tags as tagsType } from '../types.bicep'

@description('Required. Name of the Log Analytics workspace.')
@minLength(4)
@maxLength(63)
param workspaceName string

@description('Required. Resource id of a central workspace; empty where one is made.')
param centralWorkspaceId string

@description('Required. Name of Application Insights.')
param applicationInsightsName string

@description('Required. Region, the resource group\'s.')
param location string

@description('Required. Tags for every resource.')
param tags tagsType

@description('Required. Principal id of the app\'s identity, which may send telemetry.')
param principalId string

@description('Required. Name of the app\'s identity, from which the role assignment\'s name is made: known before a deployment, so what-if can show it.')
param identityName string

@description('Required. Days for which everything is kept, 90 or more: Application Insights\' tables are never kept for less.')
@minValue(90)
@maxValue(730)
param retentionDays int

@description('Required. GB a day after which the workspace takes no more until the next day; -1 for no cap.')
param dailyCapGb int

// Monitoring Metrics Publisher:
// https://learn.microsoft.com/azure/azure-monitor/app/azure-ad-authentication
var metricsPublisher = '3913510d-42f4-4e42-8a64-420c390055eb'

resource workspace 'Microsoft.OperationalInsights/workspaces@2025-07-01' = if (empty(centralWorkspaceId)) {
  name: workspaceName
  location: location
  tags: tags
  properties: {
    sku: { name: 'PerGB2018' }
    retentionInDays: retentionDays
    workspaceCapping: { dailyQuotaGb: dailyCapGb }
    features: { enableLogAccessUsingOnlyResourcePermissions: true, disableLocalAuth: true }
  }
}

resource insights 'Microsoft.Insights/components@2020-02-02' = {
  name: applicationInsightsName
  location: location
  tags: tags
  kind: 'web'
  properties: {
    Application_Type: 'web'
    WorkspaceResourceId: empty(centralWorkspaceId) ? workspace.id : centralWorkspaceId
    IngestionMode: 'LogAnalytics'
    DisableLocalAuth: true
    DisableIpMasking: false
    publicNetworkAccessForIngestion: 'Enabled'
    publicNetworkAccessForQuery: 'Enabled'
  }
}

resource publish 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: insights
  name: guid(insights.id, identityName, metricsPublisher)
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', metricsPublisher)
    principalId: principalId
    principalType: 'ServicePrincipal'
  }
}

@description('Where telemetry goes; it opens nothing, because local auth is off.')
output connectionString string = insights.properties.ConnectionString
