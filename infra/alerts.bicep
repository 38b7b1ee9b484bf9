// Alerts on the hook's own telemetry. The files in queries/alerts have the conditions, and this
// file has their numbers.
import { alertRule } from 'types.bicep'

@export()
@description('Alert rules on logs. modules/log-alerts.bicep creates them.')
var alertRules alertRule[] = [
  {
    name: 'codes-failing'
    severity: 1
    essential: true
    title: 'Codes are failing'
    first: 'In the workbook, read "Why were codes not accepted?". A single reason points to 8x8 or to a setting. Many reasons in one country point to the route to that country.'
    reads: 'events'
    query: loadTextContent('queries/alerts/codes-failing.kql')
    numbers: { people: 3 }
    window: 'PT15M'
    measure: 'failedPercent'
    threshold: 5
  }
  {
    name: 'country-failing'
    runbook: 'codes-failing'
    severity: 1
    essential: true
    title: 'Codes to one country are failing'
    first: 'In the workbook, read "Which countries?" and "Why were codes not accepted?". A single reason points to a setting or the sender. Many reasons point to the route to that country.'
    reads: 'events'
    query: loadTextContent('queries/alerts/country-failing.kql')
    numbers: { people: 3 }
    window: 'PT15M'
    measure: 'failedPercent'
    threshold: 50
  }
  {
    name: 'sender-refused'
    runbook: 'codes-failing'
    severity: 2
    essential: false
    title: '8x8 refuses our sender in one country'
    first: 'In the workbook, "Does 8x8 use our senders?" names the country. Ask 8x8 which sender it accepts there, and set that sender for the country.'
    gains: 'receipts'
    reads: 'events'
    query: loadTextContent('queries/alerts/sender-refused.kql')
    window: 'PT1H'
    frequency: 'PT15M'
    measure: 'codes'
    threshold: 2
  }
  {
    name: 'no-code-accepted'
    severity: 1
    essential: true
    title: '8x8 accepts no code'
    first: 'Ask the service desk to offer other factors now. Then read "Why were codes not accepted?" in the workbook. The reason points to 8x8, the vault or a setting.'
    reads: 'events'
    query: loadTextContent('queries/alerts/no-code-accepted.kql')
    window: 'PT15M'
    measure: 'codes'
    threshold: 2
  }
  {
    name: 'malformed'
    severity: 1
    essential: true
    title: 'Okta sends requests that the app cannot read'
    first: '8x8 does not send these codes. In the workbook, search for one of the requests. WrongPaths names the fields that the app cannot read.'
    gains: 'okta-events'
    reads: 'events'
    query: loadTextContent('queries/alerts/malformed.kql')
    window: 'PT1H'
    threshold: 2
  }
  {
    name: 'okta-fallback'
    severity: 1
    essential: true
    title: 'Okta sends codes through its own provider'
    first: 'If the alert codes-failing is quiet, Okta does not reach the app. Preview the hook in Okta. Ask the service desk to offer other factors.'
    needs: 'okta-events'
    reads: 'events'
    query: loadTextContent('queries/alerts/okta-fallback.kql')
    numbers: { people: 3 }
    window: 'PT30M'
    measure: 'fallbackPercent'
    threshold: 5
  }
  {
    name: 'delivery-falling'
    severity: 2
    essential: false
    title: 'SMS to one country do not arrive'
    first: 'In the workbook, read "What happened to codes that did not arrive?". A single error points to the route or the sender. Report it to 8x8, and offer other factors.'
    needs: 'receipts'
    reads: 'events'
    query: loadTextContent('queries/alerts/delivery-falling.kql')
    numbers: { people: 3 }
    window: 'PT1H'
    frequency: 'PT15M'
    measure: 'undeliveredPercent'
    threshold: 50
  }
  {
    name: 'receipts-missing'
    severity: 2
    essential: false
    title: '8x8 accepts codes and sends no receipts'
    first: 'Ask a user whether codes arrive. If they do, 8x8\'s webhook is wrong. Run scripts/receipts.sh show, then check the webhook\'s secret.'
    needs: 'receipts'
    reads: 'events'
    query: loadTextContent('queries/alerts/receipts-missing.kql')
    numbers: { codes: 5 }
    window: 'PT2H'
    looksBack: 'P2D'
    frequency: 'PT15M'
    measure: 'unreportedPercent'
    threshold: 50
  }
  {
    name: 'omni-shield'
    runbook: 'delivery-falling'
    severity: 2
    essential: false
    title: '8x8 blocks codes as fraud'
    first: 'Search the workbook for one of the codes. An attack has many users in few number ranges. If the users are your people, ask 8x8 to lift the block.'
    needs: 'receipts'
    reads: 'events'
    query: loadTextContent('queries/alerts/omni-shield.kql')
    numbers: { blocked: 99 }
    window: 'PT1H'
    frequency: 'PT15M'
    threshold: 0
  }
  {
    name: 'events-silent'
    severity: 2
    essential: false
    title: 'Okta reports no code as used'
    first: 'Ask a user whether codes arrive. If they do, check the event hook in Okta. It may be inactive or have an old secret.'
    needs: 'okta-events'
    reads: 'events'
    query: loadTextContent('queries/alerts/events-silent.kql')
    window: 'PT4H'
    looksBack: 'P2D'
    frequency: 'PT15M'
    measure: 'codes'
    threshold: 10
  }
  {
    name: 'hook-slow'
    severity: 2
    essential: false
    title: 'The slowest 5 % of requests take over 80 % of the time limit'
    first: 'In the workbook, read "Which step takes the time?". It shows whether 8x8 or the app is slow.'
    reads: 'events'
    query: loadTextContent('queries/alerts/hook-slow.kql')
    numbers: { hooks: 10 }
    window: 'PT15M'
    measure: 'p95Percent'
    threshold: 80
  }
  {
    name: 'okta-gave-up'
    severity: 1
    essential: true
    title: 'Answers came after Okta\'s timeout'
    first: 'If the alert cold-starts fired too, raise scale.alwaysReady. If not, look for a slow step in the workbook.'
    gains: 'okta-events'
    reads: 'events'
    query: loadTextContent('queries/alerts/okta-gave-up.kql')
    numbers: { lateMs: 2900 }
    window: 'PT15M'
    measure: 'hooks'
    threshold: 2
  }
  {
    name: 'unconfirmed'
    severity: 2
    essential: false
    title: '8x8 does not answer in time'
    first: 'Check 8x8\'s status page, then the workbook. Users may get two codes, so notify the service desk.'
    reads: 'events'
    query: loadTextContent('queries/alerts/unconfirmed.kql')
    window: 'PT15M'
    threshold: 2
  }
  {
    name: 'unauthenticated'
    page: 'runbooks-abuse.md'
    severity: 2
    essential: false
    title: 'Callers send no secret or a wrong one'
    first: 'Check whether people still get codes from 8x8. If they do, the caller is not Okta, so watch the rate. If they do not, enter the right secret in Okta.'
    reads: 'events'
    query: loadTextContent('queries/alerts/unauthenticated.kql')
    window: 'PT15M'
    measure: 'refused'
    threshold: 20
  }
  {
    name: 'refused-spike'
    page: 'runbooks-abuse.md'
    severity: 2
    essential: false
    title: 'The phone policy refuses many codes'
    first: 'In the workbook, read "Which countries?". If they are not your people\'s countries, it is toll fraud. Close the sign-up path in Okta first.'
    reads: 'events'
    query: loadTextContent('queries/alerts/refused-spike.kql')
    window: 'PT15M'
    threshold: 20
  }
  {
    name: 'one-number'
    page: 'runbooks-abuse.md'
    runbook: 'refused-spike'
    severity: 3
    essential: false
    title: 'One number gets many codes'
    first: 'Find the users of this number. If there is one user id, that person needs help. If there are many, it is an attack on sign-up.'
    reads: 'events'
    query: loadTextContent('queries/alerts/one-number.kql')
    window: 'PT1H'
    measure: 'codes'
    threshold: 10
  }
  {
    name: 'guard-refuses'
    page: 'runbooks-abuse.md'
    severity: 2
    essential: true
    title: 'The guard refuses codes, or in record mode would refuse them'
    first: 'Open the workbook, page "Guard". If people use the codes, they are your people, so raise the limits. If no code is used, it is toll fraud.'
    reads: 'events'
    query: loadTextContent('queries/alerts/guard-refuses.kql')
    window: 'PT1H'
    frequency: 'PT15M'
    measure: 'numbers'
    threshold: 2
  }
  {
    name: 'country-day'
    page: 'runbooks-abuse.md'
    runbook: 'guard-refuses'
    severity: 2
    essential: false
    title: 'A country has used 80 % of a daily limit'
    first: 'Open the workbook, page "Guard". If the codes are for your people, raise the country\'s GUARD_COUNTRY_LIMITS or GUARD_COUNTRY_BUDGET. If it is toll fraud, do not raise them.'
    needs: 'country-limits'
    reads: 'events'
    query: loadTextContent('queries/alerts/country-day.kql')
    window: 'PT1H'
    frequency: 'PT15M'
    measure: 'percent'
    threshold: 79
  }
  {
    name: 'feed-dead'
    page: 'runbooks-abuse.md'
    severity: 2
    essential: false
    title: 'Okta\'s events are late or do not arrive'
    first: 'The guard does not judge unused sign-in codes now, and it may refuse people who enroll. Check the event hook in Okta, then the table of codes.'
    needs: 'okta-events'
    reads: 'events'
    query: loadTextContent('queries/alerts/feed-dead.kql')
    window: 'PT1H'
    looksBack: 'P2D'
    frequency: 'PT15M'
    measure: 'codes'
    // The guard needs more than 30 users without a used code to treat Okta's events as missing.
    threshold: 40
  }
  {
    name: 'key-rejected'
    severity: 1
    essential: true
    title: '8x8 rejects the API key'
    first: 'Check the API key and its address allow list in 8x8 Connect. If the key was replaced, store the new key with scripts/seed-secrets.sh.'
    reads: 'events'
    query: loadTextContent('queries/alerts/key-rejected.kql')
    window: 'PT15M'
    threshold: 0
  }
  {
    name: 'no-credit'
    runbook: 'key-rejected'
    severity: 1
    essential: true
    title: '8x8 sends nothing because there is no credit'
    first: 'Top up in 8x8 Connect, or call your account manager. Until then, 8x8 sends codes to no country. Ask the service desk to offer other factors.'
    gains: 'receipts'
    reads: 'events'
    query: loadTextContent('queries/alerts/no-credit.kql')
    window: 'PT15M'
    threshold: 0
  }
  {
    name: 'vault-unreachable'
    severity: 1
    essential: true
    title: 'Secrets cannot be loaded, and no code goes out'
    first: 'Open /api/health, which names the secret. Then read the vault\'s audit log. A 403 points to a role or the network. If there is no entry, the cause is DNS.'
    reads: 'events'
    query: loadTextContent('queries/alerts/vault-unreachable.kql')
    window: 'PT15M'
    threshold: 0
  }
  {
    name: 'vault-denied'
    runbook: 'vault-unreachable'
    severity: 2
    essential: false
    title: 'The vault refuses callers'
    first: 'Read the vault\'s audit log. Either the app\'s identity has lost its role or its network, or another caller tries to get in.'
    reads: 'workspace'
    query: loadTextContent('queries/alerts/vault-denied.kql')
    window: 'PT15M'
    threshold: 5
  }
  {
    name: 'secret-read'
    severity: 2
    essential: false
    title: 'An identity other than the app read a secret'
    first: 'The vault\'s audit log names the caller and the address. A rotation over several vaults also reads a secret. If no operator read it, rotate the secret.'
    reads: 'workspace'
    query: loadTextContent('queries/alerts/secret-read.kql')
    window: 'PT15M'
    threshold: 0
  }
  {
    name: 'internal-error'
    runbook: 'exceptions'
    severity: 2
    essential: false
    title: 'The app met an unexpected error'
    first: 'If the errors began with a deployment, deploy the previous package again. The log of the request shows where the error happened.'
    reads: 'events'
    query: loadTextContent('queries/alerts/internal-error.kql')
    window: 'PT15M'
    threshold: 0
  }
  {
    name: 'exceptions'
    severity: 2
    essential: false
    title: 'The host has had exceptions for longer than a deployment takes'
    first: 'Open Failures in Application Insights. If the exceptions began with a deployment, deploy the previous package again.'
    reads: 'events'
    query: loadTextContent('queries/alerts/exceptions.kql')
    window: 'PT30M'
    // The query counts periods of five minutes. A deployment of ten minutes touches at most three.
    measure: 'stretches'
    threshold: 3
  }
  {
    name: 'telemetry-silent'
    severity: 2
    essential: false
    title: 'Requests arrive, and telemetry does not report them'
    first: 'The app may work, but you would not see it fail. Check whether its identity may still write to Application Insights.'
    reads: 'events'
    query: loadTextContent('queries/alerts/telemetry-silent.kql')
    numbers: { came: 10 }
    window: 'PT1H'
    frequency: 'PT15M'
    measure: 'unreportedPercent'
    threshold: 20
  }
  {
    name: 'daily-cap'
    runbook: 'telemetry-silent'
    severity: 2
    essential: true
    title: 'Telemetry is near its daily cap'
    first: 'Find the table that grew. When the cap is reached, Azure keeps no more logs, and no log alert can fire until the next day.'
    reads: 'workspace'
    query: loadTextContent('queries/alerts/daily-cap.kql')
    window: 'P1D'
    frequency: 'PT1H'
    measure: 'usedPercent'
    threshold: 80
  }
  {
    name: 'no-traffic'
    severity: 3
    essential: false
    title: 'Okta has not called for a day'
    first: 'Preview the hook in Okta. It may be inactive, replaced by another hook, or have another URL.'
    reads: 'events'
    query: loadTextContent('queries/alerts/no-traffic.kql')
    window: 'P1D'
    frequency: 'PT1H'
    measure: 'hooks'
    operator: 'LessThan'
    threshold: 1
  }
  {
    name: 'secret-expiry'
    severity: 2
    essential: true
    title: 'A secret expires within 30 days'
    first: 'Rotate the secret now. The app does not use an expired version, so codes would stop.'
    reads: 'events'
    query: loadTextContent('queries/alerts/secret-expiry.kql')
    window: 'PT2H'
    frequency: 'PT1H'
    measure: 'daysLeft'
    operator: 'LessThan'
    threshold: 30
  }
]
