// What the Front Door lets through: the listed routes, by their methods. The rest is refused before
// an app is asked.
// https://learn.microsoft.com/azure/web-application-firewall/afds/waf-front-door-custom-rules
import { tags as tagsType } from '../types.bicep'

@export()
@description('A route that is forwarded to the apps.')
@sealed()
type forwarded = {
  @description('Name, letters alone.')
  name: string

  @description('Its whole path.')
  path: string

  @description('Methods that the app answers there.')
  methods: string[]
}

@description('Required. Name of the policy: letters and digits.')
param name string

@description('Required. Tags for every resource.')
param tags tagsType

@description('Required. Routes that are forwarded.')
param routes forwarded[]

@description('Required. Address ranges that may call; empty lets all call.')
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
  // What else is in the URI does not matter: the Front Door's routes take no path but these.
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
      // Bodies hold codes and numbers, and no rule reads them.
      requestBodyCheck: 'Disabled'
      customBlockResponseStatusCode: 403
    }
    customRules: { rules: concat(empty(allowedIpRanges) ? [] : [strangers], listed, [nothingElse]) }
  }
}
