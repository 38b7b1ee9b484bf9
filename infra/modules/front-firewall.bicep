// Allows the listed paths and methods, and blocks everything else:
// https://learn.microsoft.com/azure/web-application-firewall/afds/waf-front-door-custom-rules
import { tags as tagsType } from '../types.bicep'

@export()
@description('A route to the apps.')
@sealed()
type forwarded = {
  @description('Name, letters only.')
  name: string

  @description('The whole path.')
  path: string

  @description('Methods that the app accepts on this path.')
  methods: string[]
}

@description('Required. Name of the policy, letters and digits.')
param name string

@description('Required. Tags for every resource.')
param tags tagsType

@description('Required. Routes to the apps.')
param routes forwarded[]

@description('Required. IP address ranges that may call. Empty: all.')
param allowedIpRanges string[]

var strangers = {
  name: 'strangers'
  priority: 1
  enabledState: 'Enabled'
  ruleType: 'MatchRule'
  matchConditions: [
    { matchVariable: 'SocketAddr', operator: 'IPMatch', negateCondition: true, matchValue: allowedIpRanges }
  ]
  action: 'Block'
}
var listed = map(routes, (route, i) => {
  name: route.name
  priority: 10 + i
  enabledState: 'Enabled'
  ruleType: 'MatchRule'
  // The operator Contains is enough, because the Front Door forwards only these exact paths.
  matchConditions: [
    { matchVariable: 'RequestMethod', operator: 'Equal', negateCondition: false, matchValue: route.methods }
    { matchVariable: 'RequestUri', operator: 'Contains', negateCondition: false, matchValue: [route.path] }
  ]
  action: 'Allow'
})
var nothingElse = {
  name: 'nothingElse'
  priority: 100
  enabledState: 'Enabled'
  ruleType: 'MatchRule'
  matchConditions: [{ matchVariable: 'RequestUri', operator: 'Any', negateCondition: false, matchValue: [] }]
  action: 'Block'
}

resource policy 'Microsoft.Network/FrontDoorWebApplicationFirewallPolicies@2025-03-01' = {
  name: name
  location: 'global'
  tags: tags
  sku: { name: 'Standard_AzureFrontDoor' }
  properties: {
    policySettings: {
      enabledState: 'Enabled'
      mode: 'Prevention'
      // No rule needs the bodies, which hold codes and phone numbers.
      requestBodyCheck: 'Disabled'
      customBlockResponseStatusCode: 403
    }
    customRules: { rules: concat(empty(allowedIpRanges) ? [] : [strangers], listed, [nothingElse]) }
  }
}
