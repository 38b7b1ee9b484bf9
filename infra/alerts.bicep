// An alert fires if its query returns a row. The row has the most frequent cause, which the alert's
// message shows.
import { alertRule } from 'types.bicep'

@export()
@description('Alert rules on logs. modules/log-alerts.bicep creates them.')
var alertRules alertRule[] = [
  {
    name: 'codes-failing'
    severity: 1
    essential: true
    title: 'Codes are failing'
    first: 'The message has the test, the country and the reason. Its number is the share of failed codes in percent. lasting-reason: the reason lasts until you act. none-accepted: no code was accepted since. Ask the service desk to offer other factors now, in the country if the message names one.'
    gains: 'receipts'
    reads: 'events'
    query: loadTextContent('queries/alerts/codes-failing.kql')
    numbers: { codes: 3, people: 2, anyPeople: 5, last: 30, lastCodes: 4, lastPeople: 3, lastAnyPeople: 9 }
    shows: ['test', 'country', 'reason']
    measures: 'percent'
    window: 'PT1H'
    looksBack: 'P2D'
  }
  {
    name: 'okta-gave-up'
    severity: 1
    essential: true
    title: 'Okta does not call the app, or does not use its answers'
    first: 'The message has the cause. only-401s: give Okta the right secret. no-calls, cannot-reach, sent-by-okta: preview the hook in Okta, and ask the service desk to offer other factors. answered-late: raise scale.alwaysReady. malformed: read WrongPaths in the workbook\'s search.'
    gains: 'okta-events'
    reads: 'events'
    query: loadTextContent('queries/alerts/okta-gave-up.kql')
    numbers: { lateMs: 2900, hooks: 3, people: 3, percent: 5, refusals: 4, calls: 14 }
    shows: ['cause']
    window: 'PT1H'
    looksBack: 'P2D'
  }
  {
    name: 'second-provider'
    severity: 2
    essential: true
    title: 'One provider fails, and the other one sends its codes'
    first: 'People get their codes. The message has the provider that fails, the country and the reason. Find its cause today: 8x8\'s API key, credit, sender, vault or network, or the same of the second hook.'
    needs: 'second-hook'
    reads: 'events'
    query: loadTextContent('queries/alerts/second-provider.kql')
    numbers: { codes: 3 }
    shows: ['provider', 'country', 'reason']
    window: 'PT4H'
    frequency: 'PT1H'
  }
  {
    name: 'delivery-falling'
    severity: 2
    essential: false
    title: 'Codes that 8x8 accepted do not arrive'
    first: 'The message has the country and the cause. Report an error code to 8x8, and offer other factors in that country. For no-receipts, ask a user whether codes arrive, then run npx --no okta-8x8-telephony receipts show.'
    needs: 'receipts'
    reads: 'events'
    query: loadTextContent('queries/alerts/delivery-falling.kql')
    // 8x8 reports error code 99 if its fraud detection blocked the message.
    numbers: { people: 3, percent: 50, codes: 3, unreported: 5, blocked: 99 }
    shows: ['country', 'cause']
    window: 'PT2H'
    looksBack: 'P2D'
  }
  {
    name: 'events-silent'
    severity: 2
    essential: false
    title: 'Okta\'s events are late or report no code as used'
    first: 'Ask a user whether codes arrive. If they do, check the event hook in Okta. It may be inactive or have an old secret. Meanwhile the guard may refuse people who enroll.'
    needs: 'okta-events'
    reads: 'events'
    query: loadTextContent('queries/alerts/events-silent.kql')
    numbers: { codes: 11, lateCodes: 41 }
    shows: ['cause']
    window: 'PT4H'
    looksBack: 'P2D'
  }
  {
    name: 'hook-slow'
    severity: 2
    essential: false
    title: 'Answers are slow'
    first: 'The message has the cause. sendMs: 8x8 is slow. authenticateMs: Key Vault is slow.'
    reads: 'events'
    query: loadTextContent('queries/alerts/hook-slow.kql')
    numbers: { slow: 3, percent: 80, slowPercent: 10 }
    shows: ['cause']
    window: 'PT30M'
  }
  {
    name: 'guard-refuses'
    severity: 2
    essential: true
    title: 'The guard or the phone policy refuses many codes, or would refuse them in record mode'
    first: 'The message has the rule and the country. In the workbook, read what the guard refuses. If people use the codes, they are your people, so raise the limits. If no code is used, first make sure that codes arrive. If they do, it is toll fraud: close the sign-up path in Okta.'
    gains: 'country-limits'
    reads: 'events'
    query: loadTextContent('queries/alerts/guard-refuses.kql')
    numbers: { numbers: 3, refusals: 21, percent: 80, codes: 11 }
    shows: ['rule', 'country']
    window: 'PT1H'
  }
  {
    name: 'vault-failing'
    severity: 2
    essential: false
    title: 'The vault refuses the app\'s calls, or answers 5xx'
    first: 'The message has the HTTP status. 403: the app\'s identity has lost its role or its network. 5xx: look for an Azure incident. The app keeps using its last secrets, so do not restart or deploy it now.'
    reads: 'workspace'
    query: loadTextContent('queries/alerts/vault-failing.kql')
    numbers: { calls: 6, percent: 20 }
    shows: ['status']
    window: 'PT30M'
  }
  {
    name: 'secret-read'
    severity: 2
    essential: false
    title: 'Someone other than the app read a secret, or tried to'
    first: 'The message has the result and the address. The vault\'s audit log names the caller. A rotation over several vaults also reads a secret. If no operator read it, rotate the secret.'
    reads: 'workspace'
    query: loadTextContent('queries/alerts/secret-read.kql')
    numbers: { refusals: 6 }
    shows: ['result', 'address']
    window: 'PT30M'
  }
  {
    name: 'exceptions'
    severity: 2
    essential: false
    title: 'The app or its host has unexpected errors'
    first: 'If the errors began with a deployment, deploy the previous package again. The message has the exception, and Failures in Application Insights shows where it happened.'
    reads: 'events'
    query: loadTextContent('queries/alerts/exceptions.kql')
    // A deployment takes about ten minutes, so its exceptions are in at most three periods of five
    // minutes.
    numbers: { periods: 4 }
    shows: ['cause']
    window: 'PT30M'
  }
  {
    name: 'telemetry-silent'
    severity: 2
    essential: false
    title: 'Requests arrive, and telemetry does not report them'
    first: 'The app may work, but you would not see it fail. Check whether its identity may still write to Application Insights.'
    reads: 'events'
    query: loadTextContent('queries/alerts/telemetry-silent.kql')
    numbers: { came: 10, percent: 20 }
    shows: ['silent']
    window: 'PT1H'
  }
  {
    name: 'daily-cap'
    severity: 2
    essential: true
    title: 'Telemetry is near its daily cap'
    first: 'The message has the largest table. When the cap is reached, Azure keeps no more logs, and no log alert can fire until the next day.'
    reads: 'workspace'
    query: loadTextContent('queries/alerts/daily-cap.kql')
    numbers: { percent: 80 }
    shows: ['table']
    window: 'P1D'
  }
  {
    name: 'secret-expiry'
    severity: 2
    essential: true
    title: 'A secret expires within 30 days'
    first: 'Rotate the secret that the message names now. The app does not use an expired version, so codes would stop.'
    reads: 'events'
    query: loadTextContent('queries/alerts/secret-expiry.kql')
    numbers: { days: 30 }
    shows: ['secret']
    window: 'PT2H'
  }
  {
    name: 'secret-expires-soon'
    severity: 1
    essential: true
    title: 'A secret expires within seven days'
    first: 'Rotate the secret that the message names today. The app does not use an expired version, so codes would stop.'
    reads: 'events'
    query: loadTextContent('queries/alerts/secret-expires-soon.kql')
    numbers: { days: 7 }
    shows: ['secret']
    window: 'PT2H'
  }
  {
    name: 'no-traffic'
    severity: 2
    essential: false
    title: 'Okta has stopped calling'
    first: 'If it is no holiday, preview the hook in Okta. It may be inactive, replaced by another hook, or have another URL.'
    reads: 'events'
    query: loadTextContent('queries/alerts/no-traffic.kql')
    numbers: { calls: 30 }
    window: 'P1D'
    looksBack: 'P2D'
    frequency: 'PT1H'
  }
]
