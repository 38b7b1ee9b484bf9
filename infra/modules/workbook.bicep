// Creates the workbook. The JSON file has its layout, and each query in it comes from the .kql file
// with the same name.
import { tags as tagsType } from '../types.bicep'

@description('Required. Name of the workbook in the portal.')
param displayName string

@description('Required. Region of the resource group.')
param location string

@description('Required. Tags for every resource.')
param tags tagsType

@description('Required. Resource id of the Application Insights that the queries read.')
param applicationInsightsId string

var layout = loadJsonContent('../workbooks/codes.workbook.json')
var queries = {
  totals: loadTextContent('../queries/workbook/totals.kql')
  outcomes: loadTextContent('../queries/workbook/outcomes.kql')
  durations: loadTextContent('../queries/workbook/durations.kql')
  steps: loadTextContent('../queries/workbook/steps.kql')
  countries: loadTextContent('../queries/workbook/countries.kql')
  reasons: loadTextContent('../queries/workbook/reasons.kql')
  delivery: loadTextContent('../queries/workbook/delivery.kql')
  undelivered: loadTextContent('../queries/workbook/undelivered.kql')
  senders: loadTextContent('../queries/workbook/senders.kql')
  conversion: loadTextContent('../queries/workbook/conversion.kql')
  objective: loadTextContent('../queries/workbook/objective.kql')
  cost: loadTextContent('../queries/workbook/cost.kql')
  search: loadTextContent('../queries/workbook/search.kql')
  'guard-hours': loadTextContent('../queries/workbook/guard-hours.kql')
  'guard-rules': loadTextContent('../queries/workbook/guard-rules.kql')
  'guard-ranges': loadTextContent('../queries/workbook/guard-ranges.kql')
  'guard-exemptions': loadTextContent('../queries/workbook/guard-exemptions.kql')
  'guard-cost': loadTextContent('../queries/workbook/guard-cost.kql')
}
var page = union(layout, {
  items: map(
    layout.items,
    item => contains(queries, item.name) ? union(item, { content: { query: queries[item.name] } }) : item
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
