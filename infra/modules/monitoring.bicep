import { appRoles, tags as tagsType } from '../types.bicep'

@description('Required. Name of the Log Analytics workspace.')
@minLength(4)
@maxLength(63)
param workspaceName string

@description('Required. Resource id of a central workspace. If empty, this module creates a workspace.')
param centralWorkspaceId string

@description('Required. Name of Application Insights.')
param applicationInsightsName string

@description('Required. Region of the resource group.')
param location string

@description('Required. Tags for every resource.')
param tags tagsType

@description('Required. Principal id of the app\'s identity, which may send telemetry.')
param principalId string

@description('Required. Name of the app\'s identity, from which the role assignment gets its name. Empty if the bootstrap assigns the role.')
param identityName string

@description('Required. Days for which logs are kept. Azure keeps the tables of Application Insights for at least 90 days.')
@minValue(90)
@maxValue(730)
param retentionDays int

@description('Required. Daily cap in GB. When it is reached, Azure keeps no more logs until the next day. -1 means no cap.')
param dailyCapGb int

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

resource publish 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (!empty(identityName)) {
  scope: insights
  name: guid(insights.id, identityName, appRoles.monitoringMetricsPublisher)
  properties: {
    roleDefinitionId: subscriptionResourceId(
      'Microsoft.Authorization/roleDefinitions',
      appRoles.monitoringMetricsPublisher
    )
    principalId: principalId
    principalType: 'ServicePrincipal'
  }
}

@description('Connection string for telemetry. It is not a secret, because local auth is off.')
output connectionString string = insights.properties.ConnectionString
