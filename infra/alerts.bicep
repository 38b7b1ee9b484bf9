// Alerts on the hook's own telemetry. Conditions are in queries/alerts, their numbers here.
import { alertRule } from 'types.bicep'

@export()
@description('Alert rules on logs. modules/log-alerts.bicep creates them.')
var alertRules alertRule[] = [
  {
    name: 'codes-failing'
    severity: 1
    essential: true
    title: 'Codes are failing'
    first: 'Open the workbook, "Why not": one reason points to 8x8 or to a setting, many reasons in one country to the route there.'
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
    first: 'Open the workbook, "Which countries" and "Why not": one reason alone is a setting or the sender, many reasons are the route there.'
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
    first: 'The workbook, "Does 8x8 use our senders?", names the country. Ask 8x8 which sender it takes, and set that one for the country.'
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
    first: 'Have the service desk offer other factors now. Then open the workbook, "Why not": the reason points to 8x8, the vault or a setting.'
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
    first: 'Open the workbook, "Why not", then search one of them: WrongPaths names the fields. 8x8 does not send those codes.'
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
    first: 'If codes-failing is quiet, Okta does not reach the app: preview the hook in Okta. Have the service desk offer other factors.'
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
    first: 'Open the workbook, "What became of those that did not arrive": one error is the route or the sender. Report it to 8x8, and offer other factors.'
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
    first: 'Ask somebody whether codes arrive. If they do, the webhook is wrong: run scripts/receipts.sh show, then check its secret.'
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
    first: 'Search the workbook for one of the codes. An attack has many users in few number ranges. If they are your people, ask 8x8 to lift the block.'
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
    first: 'Ask somebody whether codes arrive. If they do, check the event hook in Okta: it is inactive, or has an old secret.'
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
    first: 'Open the workbook, "How fast": it shows whether the time goes to 8x8 or to the app.'
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
    first: 'If cold-starts fired too, raise scale.alwaysReady. If not, look for a slow step in the workbook.'
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
    first: 'Check 8x8\'s status page, then the workbook. Users may get two codes: notify the service desk.'
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
    first: 'Do people still get codes from 8x8? Then the caller is not Okta: watch the rate. Otherwise Okta has a wrong secret: give it the right one.'
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
    first: 'Open the workbook, "Which countries". If they are not yours, it is toll fraud: first close the sign-up path in Okta.'
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
    first: 'Search the workbook for the user: a person in trouble has one user id, an attack has many.'
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
    first: 'Open the workbook, page "Guard". If the codes are used, they are your people: raise their limits. If none is used, it is toll fraud.'
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
    first: 'Open the workbook, page "Guard". If they are your people, raise the country\'s GUARD_COUNTRY_LIMITS or GUARD_COUNTRY_BUDGET. If it is toll fraud, do not.'
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
    first: 'The guard does not judge unused sign-ins, and may refuse newcomers. Check the event hook in Okta, then the table.'
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
    first: 'Check the key and its address allow list in 8x8 Connect. If the key was replaced, seed it: scripts/seed-secrets.sh.'
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
    first: 'Top up in 8x8 Connect, or call your account manager: until then 8x8 sends to no country. Have the service desk offer other factors.'
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
    first: 'Read /api/health: it names the secret. Then read the vault\'s audit log: 403 is a role or network, no entry is DNS.'
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
    first: 'Read the audit log: the app\'s identity has lost its role or network, or somebody else is trying.'
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
    first: 'Ask who it was: the audit log has the caller and the address. A rotation over several vaults reads too. If no operator did it, rotate what was read.'
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
    first: 'If it began with a deployment, deploy the previous package again. The log around the request says where it happened.'
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
    first: 'Open Failures in Application Insights. If it began with a deployment, deploy the previous package again.'
    reads: 'events'
    query: loadTextContent('queries/alerts/exceptions.kql')
    window: 'PT30M'
    // Periods of five minutes. A deployment of ten minutes touches at most three of them.
    measure: 'stretches'
    threshold: 3
  }
  {
    name: 'telemetry-silent'
    severity: 2
    essential: false
    title: 'Requests arrive, and telemetry does not report them'
    first: 'The app may work, but you would not see it fail: check whether its identity may still write to Application Insights.'
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
    first: 'Find the table that grew before the cap is reached: after that nothing is kept, and no log alert can fire.'
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
    first: 'Preview the hook in Okta: it is inactive there, replaced by another, or has another URL.'
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
    first: 'Rotate it now. An expired version is not used, and codes stop.'
    reads: 'events'
    query: loadTextContent('queries/alerts/secret-expiry.kql')
    window: 'PT2H'
    frequency: 'PT1H'
    measure: 'daysLeft'
    operator: 'LessThan'
    threshold: 30
  }
]
