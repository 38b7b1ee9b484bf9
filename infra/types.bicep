// The shapes that main.bicep takes. An environment's .bicepparam is written in them, so a typing
// error fails the build.

@export()
@description('Tags on every resource that can carry them.')
type tags = {
  *: string
}

@export()
@description('Settings of the hook itself, by the names that src/settings/ reads. One left out keeps its default in the code.')
@sealed()
// written by npm run generate from src/settings/environment/
type hookSettings = {
  @description('Optional. 6 to 1440 minutes. If a secret is older, a request waits up to 1 s for the vault. Default: 10')
  SECRET_MAX_AGE_MINUTES: string?

  @description('Optional. 1 to 720 hours. How long the last secrets keep working while the vault is unreachable. After that, requests get 503 secrets-not-loaded. Default: 72')
  SECRET_OUTAGE_HOURS: string?

  @description('Optional. How Okta signs in: with the hook secret, with an access token, or with either. Default: secret')
  OKTA_HOOK_AUTH: 'secret' | 'token' | 'either'?

  @description('Optional. Header that carries the hook secret. Default: authorization')
  OKTA_AUTH_HEADER: string?

  @description('Required with tokens. The tokens\' iss, letter by letter, such as https://acme.okta.com/oauth2/aus….')
  OKTA_TOKEN_ISSUER: string?

  @description('Required with tokens. The tokens\' only aud. api://default is refused.')
  OKTA_TOKEN_AUDIENCE: string?

  @description('Required with tokens. Client id of the app that the hook signs in as: the tokens\' cid (or azp, appid).')
  OKTA_TOKEN_CLIENT_ID: string?

  @description('Required with tokens. A scope that the tokens\' scp (or roles) must contain.')
  OKTA_TOKEN_SCOPE: string?

  @description('Optional. URL of the issuer\'s keys. Unset: the issuer, followed by /v1/keys.')
  OKTA_TOKEN_KEYS_URL: string?

  @description('Optional. 500 to 2700 milliseconds for the whole request. Unset: 2500, or 2000 if tokens are accepted.')
  HOOK_BUDGET_MS: string?

  @description('Optional. suppress: if a refused code looks like abuse, Okta does not send it either. Default: failed')
  REFUSED_ANSWER: 'failed' | 'suppress'?

  @description('Optional. The answer if 8x8 did not answer in time. pending avoids a second message, at the risk of none. Default: failed')
  UNCONFIRMED_ANSWER: 'failed' | 'pending'?

  @description('Optional. Host of your 8x8 region. Default: https://sms.8x8.com')
  EIGHT_BY_EIGHT_SMS_URL: string?

  @description('Required. 8x8\'s sub-account for SMS.')
  EIGHT_BY_EIGHT_SMS_SUBACCOUNT: string

  @description('Optional. One sender for all countries: up to 11 letters, digits and spaces, or a number. Unset: 8x8 chooses.')
  EIGHT_BY_EIGHT_SMS_SENDER: string?

  @description('Optional. JSON, instead of one sender: sender by country, {"US":"+18335550100","SG":"ACME","*":"Acme"}. null: 8x8 chooses.')
  EIGHT_BY_EIGHT_SMS_SENDERS: string?

  @description('Optional. JSON: text by country, instead of Okta\'s text, if operators require a registered one: {"IN":"Your Acme code is {code}"}. By language: {"IN":{"hi":"…","*":"…"}}.')
  MESSAGE_TEMPLATES: string?

  @description('Optional. 8x8\'s host for calls. Default: https://voice.8x8.com')
  EIGHT_BY_EIGHT_VOICE_URL: string?

  @description('Optional. 8x8\'s sub-account for calls. Calls are on if this and a number that calls are set, and off if neither is.')
  EIGHT_BY_EIGHT_VOICE_SUBACCOUNT: string?

  @description('Optional. The number that calls.')
  EIGHT_BY_EIGHT_VOICE_SOURCE: string?

  @description('Optional. JSON, instead of one number: number by country. * is required: {"SG":"+6588000000","*":"+18335550100"}.')
  EIGHT_BY_EIGHT_VOICE_SOURCES: string?

  @description('Optional. JSON: 8x8\'s voice by language or locale. Default: {"en":"en-GB-Emma"}')
  EIGHT_BY_EIGHT_VOICE_PROFILES: string?

  @description('Optional. Whether 8x8 gets the end user\'s public address, for its limits. Default: send')
  EIGHT_BY_EIGHT_CLIENT_IP: 'send' | 'omit'?

  @description('Optional. send: 8x8 is told which SMS codes were used (track: Outcome). Needs Okta\'s events and STATE_TABLE_URL. Default: omit')
  EIGHT_BY_EIGHT_FEEDBACK: 'omit' | 'send'?

  @description('Optional. ISO codes, comma-separated. Only these countries are served: the best protection against toll fraud.')
  PHONE_POLICY_ALLOWED_COUNTRIES: string?

  @description('Optional. ISO codes of countries that are not served. Set at most one of the two lists.')
  PHONE_POLICY_BLOCKED_COUNTRIES: string?

  @description('Optional. Calling codes without a country that are served too (of 800, 808, 870, 878, 881 to 883, 888, 979). The list excludes no other number.')
  PHONE_POLICY_ALLOWED_CALLING_CODES: string?

  @description('Optional. Beginnings of numbers that are never served, comma-separated: +4477009,+65812.')
  PHONE_POLICY_BLOCKED_RANGES: string?

  @description('Optional. record: a code that looks like abuse (country, calling code, range, premium number) is sent, and reported as policyReason. Other refusals still apply. Default: enforce')
  PHONE_POLICY_MODE: 'enforce' | 'record'?

  @description('Optional. ISO code of the country of numbers without +.')
  PHONE_DEFAULT_COUNTRY: string?

  @description('Optional. record: a code that the guard would refuse is sent, and reported as guardReason. off: nothing is counted. Default: record')
  GUARD_MODE: 'record' | 'enforce' | 'off'?

  @description('Optional. JSON: limits by country, as npm run guard:suggest prints them: {"US":{"enrollments":40,"calls":100},"*":{"calls":100}}.')
  GUARD_COUNTRY_LIMITS: string?

  @description('Optional. JSON: all codes in a day by country. * applies to each other country: {"US":5000,"*":200}.')
  GUARD_COUNTRY_BUDGET: string?

  @description('Optional. Beginnings of your people\'s numbers, comma-separated: +4477009,+65812. Their unfinished enrollments have their own limits.')
  GUARD_KNOWN_RANGES: string?

  @description('Optional. Numbers, or their beginnings, that the guard never refuses, comma-separated, each with a last day if you like: +447700900123,+65812 until 2027-01-31.')
  GUARD_EXEMPT_RANGES: string?
}
// end of what npm run generate writes

@export()
@description('How many instances, and how large.')
@sealed()
type scale = {
  @description('Required. Instances that are never cold. Two survive a rolling update and a busy moment; zones need two.')
  @minValue(1)
  @maxValue(20)
  alwaysReady: int

  @description('Required. Ceiling of instances, and so of cost; 40 is the lowest that every region accepts.')
  @minValue(40)
  @maxValue(1000)
  maximum: int

  @description('Required. Requests that one instance takes at a time; more than this starts a cold instance.')
  @minValue(1)
  @maxValue(1000)
  concurrency: int

  @description('Required. Memory of an instance in MB; 2048 comes with a whole core.')
  memoryMB: 512 | 2048 | 4096
}

@export()
@description('How the app, the vault and the storage account reach each other.')
@discriminator('mode')
type network = publicNetwork | privateNetwork | existingNetwork

@description('Vault and storage are protected by Entra roles alone.')
@sealed()
type publicNetwork = {
  @description('Required. No network at all.')
  mode: 'public'
}

@description('No public way to vault and storage; the template makes the network and its DNS zones.')
@sealed()
type privateNetwork = {
  @description('Required. A network of the template\'s own.')
  mode: 'private'

  @description('Optional. Address space of the virtual network, a /24: yours, so that peering stays possible.')
  addressPrefix: string?

  @description('Optional. A NAT gateway: one static address for 8x8\'s allow list.')
  natGateway: bool?

  @description('Optional. Address range, outside of addressPrefix, of a subnet for a machine or a runner that reaches the vault; a /28 is enough.')
  operatorSubnet: string?
}

@description('No public way to vault and storage; the network is your landing zone\'s, and so are its rules and its way out.')
@sealed()
type existingNetwork = {
  @description('Required. Subnets that are there already.')
  mode: 'existing'

  @description('Required. Resource id of the app\'s subnet: delegated to Microsoft.App/environments, and the app\'s alone.')
  appSubnetId: string

  @description('Required. Resource id of the subnet for the private endpoints.')
  endpointSubnetId: string

  @description('Optional. Central private DNS zones; left out, your policy registers the endpoints.')
  dnsZones: dnsZones?
}

@export()
@description('The private DNS zones: central ones by resource id, the template\'s own by name.')
@sealed()
type dnsZones = {
  @description('Required. privatelink.vaultcore.azure.net.')
  vault: string

  @description('Required. privatelink.blob.core.windows.net.')
  blob: string

  @description('Required with stateTable. privatelink.table.core.windows.net.')
  table: string?
}

@export()
@description('Which alerts are made. What an environment had before stays until somebody deletes it: docs/operate.md.')
type alerts = 'none' | 'essential' | 'all'

@export()
@description('One alert on a query.')
@sealed()
type alertRule = {
  @description('Part of the rule\'s name.')
  name: string

  @description('Anchor of its runbook; its own name if not said. Alerts that are looked into in the same way share one.')
  runbook: string?

  @description('Document of its runbook, beside docs/runbooks.md. Who keeps runbooks elsewhere has them all on one page.')
  page: string?

  @description('0 and 1 wake somebody, 2 is for the same day, 3 for office hours.')
  severity: 0 | 1 | 2 | 3

  @description('Even a small company has to know it: severity 1, and what costs money or all codes later and is cheap to watch.')
  essential: bool

  @description('What the mail\'s subject says.')
  title: string

  @description('What to do first.')
  first: string

  @description('What has to be set up for it to fire at all: Okta\'s events, 8x8\'s receipts, or GUARD_COUNTRY_LIMITS or GUARD_COUNTRY_BUDGET. For docs/alerts.md.')
  needs: ('okta-events' | 'receipts' | 'country-limits')?

  @description('What lets it see more, where that is set up. For docs/alerts.md.')
  gains: ('okta-events' | 'receipts')?

  @description('What the query reads: Application Insights, or what only the workspace has, such as the vault\'s audit log.')
  reads: 'events' | 'workspace'

  @description('The query: its rows are counted, or its measure is compared.')
  query: string

  @description('Numbers that the query names in braces: they are part of the condition and stand here with the threshold.')
  numbers: { *: int }?

  @description('Column that is compared, where rows are not counted.')
  measure: string?

  @description('More than the threshold alerts if not said.')
  operator: ('GreaterThan' | 'LessThan')?

  @description('What the rows or the measure are compared with.')
  threshold: int

  @description('How far back the query looks, if not said otherwise.')
  window: string

  @description('How far back it looks, where that is more than its window: two days at most.')
  looksBack: string?

  @description('How often it looks; five minutes if not said.')
  frequency: string?
}
