// The shapes that main.bicep takes. An environment's .bicepparam is written in them, so a typing error fails the build.

@export()
@description('Tags on every resource that can carry them.')
type tags = {
  *: string
}

@export()
@description('Settings of the hook itself, by the names that src/settings/environment.ts reads. One left out keeps its default in the code.')
@sealed()
type hookSettings = {
  @description('Optional. How Okta signs in: secret (the default), token (OAuth 2.0), or either while one takes over from the other.')
  OKTA_HOOK_AUTH: 'secret' | 'token' | 'either'?

  @description('Optional. Header in which Okta sends the hook secret; the default is authorization.')
  OKTA_AUTH_HEADER: string?

  @description('Optional. Name of the hook secret in the vault.')
  OKTA_HOOK_SECRET_NAME: string?

  @description('Required with token or either. The issuer, as the tokens of your own authorization server write it.')
  OKTA_TOKEN_ISSUER: string?

  @description('Required with token or either. Their audience, your server\'s own; api://default is refused.')
  OKTA_TOKEN_AUDIENCE: string?

  @description('Required with token or either. Client id of the app that Okta\'s hook signs in as.')
  OKTA_TOKEN_CLIENT_ID: string?

  @description('Required with token or either. The scope that a token has to have.')
  OKTA_TOKEN_SCOPE: string?

  @description('Optional. Where the issuer\'s keys are; the default is the issuer and /v1/keys.')
  OKTA_TOKEN_KEYS_URL: string?

  @description('Optional. Name in the vault of what Okta sends with its events; absent there, no events are taken.')
  OKTA_EVENT_SECRET_NAME: string?

  @description('Optional. Name in the vault of what 8x8 sends with its receipts; absent there, no receipts are taken.')
  RECEIPT_SECRET_NAME: string?

  @description('Optional. Name of the 8x8 API key in the vault.')
  EIGHT_BY_EIGHT_API_KEY_NAME: string?

  @description('Optional. Minutes, 6 to 1440, after which a secret is believed only once the vault has been asked again; the default is 10.')
  SECRET_MAX_AGE_MINUTES: string?

  @description('Optional. Hours, 1 to 720, for which the last good secrets serve while the vault cannot be read; the default is 72.')
  SECRET_OUTAGE_HOURS: string?

  @description('Optional. 8x8 regional host for SMS: your data residency decides.')
  EIGHT_BY_EIGHT_SMS_URL: string?

  @description('Required. 8x8 subaccount that sends SMS: there is no sensible default.')
  EIGHT_BY_EIGHT_SMS_SUBACCOUNT: string

  @description('Optional. Sender id; left out, 8x8 chooses one that the country accepts.')
  EIGHT_BY_EIGHT_SMS_SENDER: string?

  @description('Optional. 8x8 host for calls.')
  EIGHT_BY_EIGHT_VOICE_URL: string?

  @description('Optional. 8x8 subaccount for calls; set together with the source, or voice stays off.')
  EIGHT_BY_EIGHT_VOICE_SUBACCOUNT: string?

  @description('Optional. Caller number that 8x8 has approved for calls.')
  EIGHT_BY_EIGHT_VOICE_SOURCE: string?

  @description('Optional. JSON: language or locale to 8x8 voice profile.')
  EIGHT_BY_EIGHT_VOICE_PROFILES: string?

  @description('Optional. Whether 8x8 is told the end user\'s public address, for its rate rules; omit keeps it here.')
  EIGHT_BY_EIGHT_CLIENT_IP: 'send' | 'omit'?

  @description('Optional. send tells 8x8 of codes that were used, for its watch over delivery; omit, the default, tells nothing.')
  EIGHT_BY_EIGHT_FEEDBACK: 'send' | 'omit'?

  @description('Optional. ISO codes of the only countries that are sent to: the best guard against toll fraud.')
  PHONE_POLICY_ALLOWED_COUNTRIES: string?

  @description('Optional. ISO codes of countries that are never sent to; not together with the allowed ones.')
  PHONE_POLICY_BLOCKED_COUNTRIES: string?

  @description('Optional. Calling codes that belong to no country, such as 870, that are served all the same.')
  PHONE_POLICY_ALLOWED_CALLING_CODES: string?

  @description('Optional. record only reports what looks like abuse (country, calling code, premium number): for the first weeks.')
  PHONE_POLICY_MODE: 'enforce' | 'record'?

  @description('Optional. Name of the key in the vault under which numbers are hashed for telemetry.')
  PHONE_HASH_SECRET_NAME: string?

  @description('Optional. ISO code of the country of numbers that arrive in national form.')
  PHONE_DEFAULT_COUNTRY: string?

  @description('Optional. suppress keeps Okta from sending, through its own provider, what our policy refused.')
  REFUSED_ANSWER: 'failed' | 'suppress'?

  @description('Optional. pending prefers one message to two where 8x8 did not answer in time.')
  UNCONFIRMED_ANSWER: 'failed' | 'pending'?

  @description('Optional. enforce refuses what the guard finds too much; record, the default, only reports it; off counts nothing.')
  GUARD_MODE: 'record' | 'enforce' | 'off'?

  @description('Optional. Codes to one number; the default is 8/hour,20/day.')
  GUARD_NUMBER_CODES: string?

  @description('Optional. Codes of one Okta user; the default is 10/hour.')
  GUARD_USER_CODES: string?

  @description('Optional. Different numbers that one Okta user enrols; the default is 3/day.')
  GUARD_USER_NUMBERS: string?

  @description('Optional. Enrolments in one range of 10,000 numbers that nobody finished, at least; the default is 10/hour.')
  GUARD_RANGE_UNVERIFIED: string?

  @description('Optional. The same for one country; the default is 20/hour,40/day.')
  GUARD_COUNTRY_UNVERIFIED: string?

  @description('Optional. JSON: country, calling code or * to codes a day; left out, as many as may be.')
  GUARD_COUNTRY_BUDGET: string?

  @description('Optional. Beginnings of numbers that the guard never refuses, such as those of company SIM cards.')
  GUARD_EXEMPT_RANGES: string?

  @description('Optional. Milliseconds for the whole request, 500 to 2700, out of Okta\'s 3 seconds; the default is 2500, with tokens 2000.')
  HOOK_BUDGET_MS: string?
}

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

  @description('What the mail\'s subject says.')
  title: string

  @description('What to do first.')
  first: string

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
