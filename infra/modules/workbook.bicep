// The JSON file has the workbook's layout. Each query comes from the .kql file with the same name.
import { tags as tagsType } from '../types.bicep'

@description('Required. Name of the workbook in the portal.')
param displayName string

@description('Required. Region of the resource group.')
param location string

@description('Required. Tags for every resource.')
param tags tagsType

@description('Required. Resource id of the Application Insights that the queries read.')
param applicationInsightsId string

@description('Required. Resource id of the app, whose metrics the workbook shows.')
param appId string

var layout = loadJsonContent('../workbooks/codes.workbook.json')
var queries = {
  totals: loadTextContent('../queries/workbook/totals.kql')
  outcomes: loadTextContent('../queries/workbook/outcomes.kql')
  durations: loadTextContent('../queries/workbook/durations.kql')
  reasons: loadTextContent('../queries/workbook/reasons.kql')
  countries: loadTextContent('../queries/workbook/countries.kql')
  providers: loadTextContent('../queries/workbook/providers.kql')
  undelivered: loadTextContent('../queries/workbook/undelivered.kql')
  cost: loadTextContent('../queries/workbook/cost.kql')
  guard: loadTextContent('../queries/workbook/guard.kql')
  search: loadTextContent('../queries/workbook/search.kql')
}
var queryContent = {
  version: 'KqlItem/1.0'
  timeContextFromParameter: 'TimeRange'
  queryType: 0
  resourceType: 'microsoft.insights/components'
}
// Default values for a workbook item that shows a query. The layout can replace them.
var tableContent = { size: 0, visualization: 'table' }
var metricContent = {
  version: 'MetricsItem/2.0'
  timeContextFromParameter: 'TimeRange'
  resourceType: 'microsoft.web/sites'
  metricScope: 0
  resourceIds: [appId]
  chartType: 2
  size: 0
}
var page = union(layout, {
  items: map(
    layout.items,
    item =>
      contains(queries, item.name)
        ? union({ content: tableContent }, item, { content: { ...queryContent, query: queries[item.name] } })
        : item.type == 10 ? union(item, { content: metricContent }) : item
  )
})

resource workbook 'Microsoft.Insights/workbooks@2023-06-01' = {
  name: guid(resourceGroup().id, 'codes')
  location: location
  tags: tags
  kind: 'shared'
  properties: {
    displayName: displayName
    category: 'workbook'
    sourceId: applicationInsightsId
    version: 'Notebook/1.0'
    serializedData: string(page)
  }
}
