// The shapes that main.bicep takes. An environment's .bicepparam is written in them, so a typing error fails the build.

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
  @description('Optional. Name in the vault of the key for phoneHash, which lets two events of one number be joined. Without that secret there is no hash. Default: phone-hash-key')
  PHONE_HASH_SECRET_NAME: string?

  @description('Optional. 6 to 1440: past this age a hook waits up to 1 s for the vault before it believes a secret. Default: 10')
  SECRET_MAX_AGE_MINUTES: string?

  @description('Optional. 1 to 720: how long the last good secrets serve while the vault cannot be read; then 503 secrets-not-loaded. Default: 72')
  SECRET_OUTAGE_HOURS: string?

  @description('Optional. How Okta signs in: secret; token, an OAuth 2.0 access token; or either, while one takes over from the other. Default: secret')
  OKTA_HOOK_AUTH: 'secret' | 'token' | 'either'?

  @description('Optional. The header in which Okta sends the hook secret. Default: authorization')
  OKTA_AUTH_HEADER: string?

  @description('Optional. The hook secret\'s name in the vault. Its two newest enabled versions are both accepted. Default: okta-hook-secret')
  OKTA_HOOK_SECRET_NAME: string?

  @description('Required with tokens. Who issues the tokens: their iss, letter by letter, such as https://acme.okta.com/oauth2/aus….')
  OKTA_TOKEN_ISSUER: string?

  @description('Required with tokens. Their aud, and no other beside it. api://default is refused: everybody has it.')
  OKTA_TOKEN_AUDIENCE: string?

  @description('Required with tokens. The app that Okta\'s hook signs in as: their cid (else azp, appid).')
  OKTA_TOKEN_CLIENT_ID: string?

  @description('Required with tokens. The scope that has to be in their scp (else roles).')
  OKTA_TOKEN_SCOPE: string?

  @description('Optional. Where the issuer\'s keys are; without it, the issuer and /v1/keys.')
  OKTA_TOKEN_KEYS_URL: string?

  @description('Optional. Name in the vault of what Okta sends in Authorization with its events. Its two newest enabled versions are both accepted. Without that secret /api/okta/events is 404. Default: okta-event-secret')
  OKTA_EVENT_SECRET_NAME: string?

  @description('Optional. 500 to 2700: milliseconds for the whole request; network, TLS and the host need the rest of Okta\'s 3 s. Without it 2500, with tokens 2000, since Okta fetches one in the same 3 s.')
  HOOK_BUDGET_MS: string?

  @description('Optional. suppress: Okta\'s fallback does not send to what looks like abuse. Default: failed')
  REFUSED_ANSWER: 'failed' | 'suppress'?

  @description('Optional. pending prefers one message to two where 8x8 did not answer in time. Default: failed')
  UNCONFIRMED_ANSWER: 'failed' | 'pending'?

  @description('Optional. The API key\'s name in the vault. The newest enabled version is used. Default: eight-by-eight-api-key')
  EIGHT_BY_EIGHT_API_KEY_NAME: string?

  @description('Optional. Host of your 8x8 region: also sms.us.8x8.com, sms.8x8.uk, sms.8x8.id. Default: https://sms.8x8.com')
  EIGHT_BY_EIGHT_SMS_URL: string?

  @description('Required. 8x8\'s sub-account for SMS.')
  EIGHT_BY_EIGHT_SMS_SUBACCOUNT: string

  @description('Optional. Sender: 11 letters and digits, or a number; without it, 8x8 chooses one.')
  EIGHT_BY_EIGHT_SMS_SENDER: string?

  @description('Optional. JSON, instead of one sender: country, + and a calling code for its numbers whose country nobody knows, or * for the rest → its sender: {"US":"+18335550100","SG":"ACME","*":"Acme"}. null, and the rest without *: 8x8 chooses.')
  EIGHT_BY_EIGHT_SMS_SENDERS: string?

  @description('Optional. JSON: country, + and a calling code or *, as with the senders → text of an SMS in place of Okta\'s, where operators compare it with a registered one: {"IN":"Your Acme code is {code}"}. By language: {"IN":{"hi":"…","*":"…"}}.')
  MESSAGE_TEMPLATES: string?

  @description('Optional. Host for calls; 8x8 documents no other region. Default: https://voice.8x8.com')
  EIGHT_BY_EIGHT_VOICE_URL: string?

  @description('Optional. 8x8\'s sub-account for calls. With the next one: voice is on; without both, a voice request is refused; one alone is wrong.')
  EIGHT_BY_EIGHT_VOICE_SUBACCOUNT: string?

  @description('Optional. The number that calls; 8x8 has to have it on its list.')
  EIGHT_BY_EIGHT_VOICE_SOURCE: string?

  @description('Optional. JSON, instead of one number: as the senders, but each is a number, and there is a *: {"SG":"+6588000000","*":"+18335550100"}.')
  EIGHT_BY_EIGHT_VOICE_SOURCES: string?

  @description('Optional. JSON: language or locale → 8x8\'s voice. Sentence and voice share one language (en, de, fr, es, it, pt, nl, ja, zh, ko, id, th); without a voice for it, English. Default: {"en":"en-GB-Emma"}')
  EIGHT_BY_EIGHT_VOICE_PROFILES: string?

  @description('Optional. Whether the end user\'s public address is passed on, for 8x8\'s rate rules. Default: send')
  EIGHT_BY_EIGHT_CLIENT_IP: 'send' | 'omit'?

  @description('Optional. send: SMS go out with track: Outcome, and 8x8 learns of codes that were used. Needs Okta\'s events and STATE_TABLE_URL. Default: omit')
  EIGHT_BY_EIGHT_FEEDBACK: 'omit' | 'send'?

  @description('Optional. Name in the vault of what 8x8 sends in Authorization (without Bearer) with its receipts. The two newest enabled versions hold. Without that secret /api/8x8/receipts is 404. Default: receipt-secret')
  RECEIPT_SECRET_NAME: string?

  @description('Optional. Comma-separated ISO codes: only these are served, the best guard against toll fraud.')
  PHONE_POLICY_ALLOWED_COUNTRIES: string?

  @description('Optional. Comma-separated ISO codes: these are not served. One of the two lists at most.')
  PHONE_POLICY_BLOCKED_COUNTRIES: string?

  @description('Optional. Comma-separated calling codes that belong to no country (800, 808, 870, 878, 881 to 883, 888, 979) and are served all the same. It adds, and excludes nobody.')
  PHONE_POLICY_ALLOWED_CALLING_CODES: string?

  @description('Optional. record: what looks like abuse (country, calling code, premium number) is reported (recordedReason) and sent. The other refusals hold in either mode. Default: enforce')
  PHONE_POLICY_MODE: 'enforce' | 'record'?

  @description('Optional. ISO code of the country of numbers that arrive in national form.')
  PHONE_DEFAULT_COUNTRY: string?

  @description('Optional. record: a code that the guard would refuse is reported (guardReason) and sent; enforce: it is refused; off: nothing is counted. Default: record')
  GUARD_MODE: 'record' | 'enforce' | 'off'?

  @description('Optional. Enrollment codes to one number: unused ones in an hour, all in a day. A limit is COUNT/hour, COUNT/day, or both with a comma between them; 1 to 1000000 each; hours and days slide. Default: 8/hour,20/day')
  GUARD_NUMBER_ENROLLMENTS: string?

  @description('Optional. Codes of one Okta user, likewise: sign-in codes, and apart from them recovery codes (password reset, unlock). Default: 10/hour,40/day')
  GUARD_USER_CODES: string?

  @description('Optional. Unfinished enrollments in one range (a number less its last four digits); more where many codes of it are used. Needs outcomes. Default: 10/hour')
  GUARD_RANGE_UNFINISHED: string?

  @description('Optional. The same for a country; more by its best day of the last 14. Default: 20/hour,40/day')
  GUARD_COUNTRY_UNFINISHED: string?

  @description('Optional. JSON: country, * for each other, or + and a calling code for its numbers whose country nobody knows → codes sent in 24 hours: {"US":5000,"*":200}.')
  GUARD_COUNTRY_BUDGET: string?

  @description('Optional. Comma-separated beginnings of numbers that the guard never refuses: +4477009,+65812. One that is longer than a range stands for the whole range.')
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
