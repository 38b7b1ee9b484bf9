// With these types, a misspelled property in a .bicepparam file fails the build.

@export()
@description('Tags for every resource that supports them.')
type tags = {
  *: string
}

@export()
@description('The company\'s tags and the template\'s own. If both have a tag with the same name, the company\'s value stays. Azure ignores the case of names.')
func withOwnTags(theirs tags, environmentName string) tags =>
  union(
    toObject(
      filter(
        [{ key: 'workload', value: 'okta-8x8-telephony' }, { key: 'environment', value: environmentName }],
        own => !contains(map(objectKeys(theirs), name => toLower(name)), own.key)
      ),
      own => own.key,
      own => own.value
    ),
    theirs
  )

@export()
@description('Built-in roles with which the app reads secrets, sends telemetry, and uses its storage account and the table of codes. https://learn.microsoft.com/azure/role-based-access-control/built-in-roles')
var appRoles = {
  keyVaultSecretsUser: '4633458b-17de-408a-b874-0445c86b69e6'
  monitoringMetricsPublisher: '3913510d-42f4-4e42-8a64-420c390055eb'
  storageBlobDataOwner: 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b'
  storageTableDataContributor: '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3'
}

var plainLetters = 'abcdefghijklmnopqrstuvwxyz0123456789-_.'

@export()
@description('A sentence if the workload cannot be part of every resource name. A vault\'s name has no underscore and no two hyphens in a row. https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules')
func problemsOfWorkload(name string) string[] =>
  !contains('-${name}-', '--') && empty(filter(
      range(0, length(name)),
      i => !contains('abcdefghijklmnopqrstuvwxyz0123456789-', toLower(substring(name, i, 1)))
    ))
    ? []
    : ['Set workload to lower-case letters and digits, because the names of vault and storage allow no others.']

func isSegmentLike(text string, form string) bool =>
  endsWith(form, '*') ? startsWith(text, replace(form, '*', '')) && !empty(text) : text == form

@export()
@description('Whether a resource id has the segments of the form, such as /subscriptions/*/resourceGroups/app-*. The star stands for the rest of a segment.')
func isIdLike(id string, form string) bool =>
  length(split(id, '/')) != length(split(form, '/'))
    ? false
    : empty(filter(
        range(0, length(split(form, '/'))),
        i => !isSegmentLike(split(toLower(id), '/')[i], split(toLower(form), '/')[i])
      ))

@export()
@description('At most 15 tags that a DNS zone accepts. Their names begin with a letter and contain no spaces or special characters. https://learn.microsoft.com/azure/azure-resource-manager/management/tag-resources#limitations')
func tagsOfZone(all tags) tags =>
  toObject(
    take(
      filter(
        items(all),
        tag =>
          !contains('0123456789-_.', take(tag.key, 1)) && empty(filter(
            range(0, length(tag.key)),
            i => !contains(plainLetters, toLower(substring(tag.key, i, 1)))
          ))
      ),
      15
    ),
    tag => tag.key,
    tag => tag.value
  )

@export()
@description('Settings of the hook, as src/settings/ reads them. A setting that is left out has its default.')
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

  @description('Required with tokens. The tokens\' exact iss, such as https://acme.okta.com/oauth2/aus….')
  OKTA_TOKEN_ISSUER: string?

  @description('Required with tokens. The only aud of the tokens. The app refuses api://default.')
  OKTA_TOKEN_AUDIENCE: string?

  @description('Required with tokens. Client id of the app that the hook signs in as: the tokens\' cid (or azp, appid).')
  OKTA_TOKEN_CLIENT_ID: string?

  @description('Required with tokens. A scope that the tokens\' scp (or roles) must contain.')
  OKTA_TOKEN_SCOPE: string?

  @description('Optional. URL of the issuer\'s keys. Unset: the issuer, followed by /v1/keys.')
  OKTA_TOKEN_KEYS_URL: string?

  @description('Optional. 500 to 2700 milliseconds for the whole request. Below about 1200, a wait for the vault leaves no time for 8x8. Unset: 2500, or 2000 if tokens are accepted.')
  HOOK_BUDGET_MS: string?

  @description('Optional. suppress: if the app refuses a code that looks like abuse, Okta does not send the code itself. Default: failed')
  REFUSED_ANSWER: 'failed' | 'suppress'?

  @description('Optional. The answer to Okta if no provider answered in time. pending avoids a second message, but the person may get no message at all. Default: failed')
  UNCONFIRMED_ANSWER: 'failed' | 'pending'?

  @description('Optional. Host of your 8x8 region. Default: https://sms.8x8.com')
  EIGHT_BY_EIGHT_SMS_URL: string?

  @description('Required. 8x8\'s sub-account for SMS.')
  EIGHT_BY_EIGHT_SMS_SUBACCOUNT: string

  @description('Optional. One sender for all countries: up to 11 letters, digits and spaces, or a number. Unset: 8x8 chooses.')
  EIGHT_BY_EIGHT_SMS_SENDER: string?

  @description('Optional. JSON: the sender by country, in place of one sender: {"US":"+18335550100","SG":"ACME","*":"Acme"}. null: 8x8 chooses.')
  EIGHT_BY_EIGHT_SMS_SENDERS: string?

  @description('Optional. JSON: the text by country, in place of Okta\'s text, if operators require a registered text: {"IN":"Your Acme code is {code}"}. By language: {"IN":{"hi":"…","*":"…"}}.')
  MESSAGE_TEMPLATES: string?

  @description('Optional. 8x8\'s host for calls. Default: https://voice.8x8.com')
  EIGHT_BY_EIGHT_VOICE_URL: string?

  @description('Optional. 8x8\'s sub-account for calls, which also need a number that calls. Unset: no calls.')
  EIGHT_BY_EIGHT_VOICE_SUBACCOUNT: string?

  @description('Optional. The number that calls.')
  EIGHT_BY_EIGHT_VOICE_SOURCE: string?

  @description('Optional. JSON: for each country, the number that calls, in place of one number: {"SG":"+6588000000","*":"+18335550100"}. * is required.')
  EIGHT_BY_EIGHT_VOICE_SOURCES: string?

  @description('Optional. JSON: 8x8\'s voice by language or locale. Default: {"en":"en-GB-Emma"}')
  EIGHT_BY_EIGHT_VOICE_PROFILES: string?

  @description('Optional. Whether 8x8 gets the end user\'s public IP address. 8x8\'s limits tell users apart by this address. Default: send')
  EIGHT_BY_EIGHT_CLIENT_IP: 'send' | 'omit'?

  @description('Optional. send: the app tells 8x8 which SMS codes were used (track: Outcome). This needs Okta\'s events and STATE_TABLE_URL. Default: omit')
  EIGHT_BY_EIGHT_FEEDBACK: 'omit' | 'send'?

  @description('Optional. URL of another provider\'s telephony hook, which gets the codes that 8x8 does not take. Unset: no second provider.')
  SECOND_HOOK_URL: string?

  @description('Optional. Header that carries the second hook\'s secret. Default: authorization')
  SECOND_HOOK_HEADER: string?

  @description('Optional. Codes that go to the second hook first: all, all but some countries (all,-DE), or a list of countries and a share of the people, such as DE,SG,1%. Unset: no codes.')
  SECOND_HOOK_FIRST_FOR: string?

  @description('Optional. other: if a person asks again within five minutes, the other provider gets the code first. Default: same')
  SECOND_HOOK_ON_RESEND: 'same' | 'other'?

  @description('Optional. ISO codes, comma-separated. Only these countries are served: the best protection against toll fraud. Countries share calling codes, such as +1, +44 and +212. The app serves each number that may belong to one of these countries.')
  PHONE_POLICY_ALLOWED_COUNTRIES: string?

  @description('Optional. ISO codes of countries that are not served. Set this list or PHONE_POLICY_ALLOWED_COUNTRIES, not both.')
  PHONE_POLICY_BLOCKED_COUNTRIES: string?

  @description('Optional. Calling codes that belong to no country, and are also served: 800, 808, 870, 878, 881 to 883, 888 or 979. Numbers with a country are not affected.')
  PHONE_POLICY_ALLOWED_CALLING_CODES: string?

  @description('Optional. Beginnings of numbers that are never served, comma-separated: +4477009,+65812.')
  PHONE_POLICY_BLOCKED_RANGES: string?

  @description('Optional. record: a code that looks like abuse (country, calling code, range, premium number) is sent, and reported as policyReason. Other refusals still apply. Default: enforce')
  PHONE_POLICY_MODE: 'enforce' | 'record'?

  @description('Optional. ISO code of the country for numbers that come without +.')
  PHONE_DEFAULT_COUNTRY: string?

  @description('Optional. omit: the log has no range of a number, which is all but its last four digits. The guard and the country in the log do not change. Default: send')
  PHONE_RANGE_IN_LOG: 'send' | 'omit'?

  @description('Optional. record: a code that the guard would refuse is sent, and reported as guardReason. off: nothing is counted. Default: record')
  GUARD_MODE: 'record' | 'enforce' | 'off'?

  @description('Optional. JSON: limits by country. Countries in one key share its limits. * is for all other countries together: {"GB":{"enrollments":60,"calls":300},"AT,CH":{"calls":300},"*":{"calls":60}}.')
  GUARD_COUNTRY_LIMITS: string?

  @description('Optional. Numbers, or beginnings of numbers, that the guard never refuses, comma-separated. A last day is optional: +447700900123,+65812 until 2027-01-31.')
  GUARD_EXEMPT_RANGES: string?
}
// end of what npm run generate writes

@export()
@description('Number and size of the instances.')
@sealed()
type scale = {
  @description('Required. Instances that are always warm. Use two or more, so that another one answers while one is replaced. Zones need two.')
  @minValue(1)
  @maxValue(20)
  alwaysReady: int

  @description('Required. Maximum number of instances. It also limits the cost. Every region accepts 40 or more.')
  @minValue(40)
  @maxValue(1000)
  maximum: int

  @description('Required. Requests that one instance handles at a time. If more requests come, Azure starts a cold instance. A core answers over 100 requests a second.')
  @minValue(1)
  @maxValue(200)
  concurrency: int

  @description('Required. Memory of an instance in MB. With 2048 it has a whole CPU core. 512 is too little: host and worker took 680 MB under full load.')
  memoryMB: 2048 | 4096
}

@export()
@description('How the app reaches the vault and the storage account.')
@discriminator('mode')
type network = publicNetwork | privateNetwork | existingNetwork

@description('Vault and storage account are reachable from the internet. Entra roles protect them.')
@sealed()
type publicNetwork = {
  @description('Required. The app has no virtual network.')
  mode: 'public'
}

@description('The template creates a virtual network and its DNS zones. Vault and storage account are not reachable from the internet.')
@sealed()
type privateNetwork = {
  @description('Required. The template creates a virtual network.')
  mode: 'private'

  @description('Optional. Address space of the virtual network, a /26 or larger. Choose one that does not overlap with networks you peer with.')
  addressPrefix: string?

  @description('Optional. true adds a NAT gateway, which gives the app one static outbound address for 8x8\'s allow list.')
  natGateway: bool?

  @description('Optional. Address range of a subnet for operators\' machines or runners that must reach the vault. It must be outside addressPrefix. A /28 is enough.')
  operatorSubnet: string?
}

@description('Your landing zone provides the network, its rules and its outbound route. Vault and storage account are not reachable from the internet.')
@sealed()
type existingNetwork = {
  @description('Required. The app uses existing subnets.')
  mode: 'existing'

  @description('Required. Resource id of the app\'s subnet. It must be delegated to Microsoft.App/environments and used by nothing else.')
  appSubnetId: string

  @description('Required. Resource id of the subnet for the private endpoints.')
  endpointSubnetId: string

  @description('Optional. Central private DNS zones, in which the deployment creates the records. Leave them out if a policy or a person creates the records.')
  dnsZones: dnsZones?
}

@export()
@description('Private DNS zones, by resource id if they are central and by name if the template creates them.')
@sealed()
type dnsZones = {
  @description('Required. Zone privatelink.vaultcore.azure.net.')
  vault: string

  @description('Required. Zone privatelink.blob.core.windows.net.')
  blob: string

  @description('Required with stateTable. Zone privatelink.table.core.windows.net.')
  table: string?
}

@export()
@description('Which alerts are created. If you choose fewer alerts, delete the existing ones: see docs/operate.md.')
type alerts = 'none' | 'essential' | 'all'

@export()
@description('One alert on a log query. It fires if the query returns a row.')
@sealed()
type alertRule = {
  @description('Part of the name of the alert rule, and the anchor of its runbook.')
  name: string

  @description('1 pages the people on call. 2 is for the same day, 3 for office hours.')
  severity: 1 | 2 | 3

  @description('true if even a small company needs the alert: every alert of severity 1, and cheap alerts on high cost or on codes that will soon stop.')
  essential: bool

  @description('Subject of the e-mail.')
  title: string

  @description('What to do first.')
  first: string

  @description('What must be set up before the alert can fire: Okta\'s events, 8x8\'s receipts or a second hook. Shown in docs/runbooks.md.')
  needs: ('okta-events' | 'receipts' | 'second-hook')?

  @description('Optional set-up with which the alert detects more. Shown in docs/runbooks.md.')
  gains: ('okta-events' | 'receipts' | 'country-limits')?

  @description('events: tables of Application Insights. workspace: tables that only the workspace has, such as the vault\'s audit log.')
  reads: 'events' | 'workspace'

  @description('The query. It returns only what the people on call must know of.')
  query: string

  @description('Values for the names in braces in the query.')
  numbers: { *: int }?

  @description('Columns of the result that the message shows.')
  @maxLength(6)
  shows: string[]?

  @description('Column of the result with the number that the message shows. Default: the number of rows.')
  measures: string?

  @description('Period that the query covers, as an ISO 8601 duration.')
  window: string

  @description('Longer period that the query reads, at most two days. Default: the window.')
  looksBack: string?

  @description('How often the query runs. Default: every 5 minutes for severity 1 if alerts is all, otherwise every 15 minutes.')
  frequency: string?
}
