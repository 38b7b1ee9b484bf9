import { type Area, inFile } from "./mutation.ts";

const alert = (name: string) => `infra/queries/alerts/${name}.kql`;

export const queries: Area = {
  name: "queries",
  tests: ["test/infra/alert", "test/infra/queries", "test/infra/reasons"],
  mutations: [
    ...inFile(
      "infra/alerts.bicep",
      [
        "numbers: { hooks: 10 }",
        "numbers: { hooks: 1000 }",
        "At most companies there are never so many hooks: the alert is dead.",
      ],
      ["numbers: { lateMs: 2900 }", "numbers: { lateMs: 29000 }", "No request lasts so long: the alert is dead."],
      ["numbers: { came: 10 }", "numbers: { came: 10000 }", "Telemetry may be silent for ever: the alert is dead."],
      [
        "numbers: { people: 3 }\n    window: 'PT15M'\n    measure: 'failedPercent'\n    threshold: 50",
        "numbers: { people: 300 }\n    window: 'PT15M'\n    measure: 'failedPercent'\n    threshold: 50",
        "A country gets no code until hundreds have noticed.",
      ],
      [
        "measure: 'failedPercent'\n    threshold: 5\n",
        "measure: 'failedPercent'\n    threshold: 100\n",
        "No share is above 100: the alert is dead.",
      ],
      [
        "window: 'PT15M'\n    measure: 'codes'\n    threshold: 2\n",
        "window: 'PT15M'\n    measure: 'codes'\n    threshold: 200\n",
        "At most companies no code goes out for hours before anybody is woken.",
      ],
    ),
    ...inFile(
      alert("codes-failing"),
      ["100.0 * failed / codes", "1.0 * failed / codes", "A share of 1 is never above 5 percent: the alert is dead."],
      [
        'countif(outcome in ("rejected", "unavailable"))',
        'countif(outcome in ("rejected"))',
        "8x8 may be down altogether: the alert is dead.",
      ],
    ),
    ...inFile(alert("country-failing"), [" by country\n", "\n", "A country's failure is hidden by all others."]),
    ...inFile(alert("no-code-accepted"), ["accepted == 0", "accepted < 0", "Nobody gets a code and nobody is woken."]),
    ...inFile(alert("hook-slow"), ["95)", "50)", "Half of all people wait, and the other half hide it."]),
    ...inFile(alert("okta-gave-up"), ['"/api/okta/telephony"', '"/api/health"', "The wrong function is watched."]),
    ...inFile(alert("one-number"), [
      " by phoneHash",
      "",
      "All numbers are counted as one: the alert is always red, and so never read.",
    ]),
    ...inFile(alert("secret-expiry"), [
      "min(value)",
      "max(value)",
      "The instance that still has the old version hides the one that expires.",
    ]),
    ...inFile(alert("unauthenticated"), [
      "coalesce(toint(customDimensions.count), 1)",
      "1",
      "An attack of thousands counts as sixty.",
    ]),
    ...inFile(alert("vault-denied"), ["== 403", "== 401", "Whoever the vault turns away is not seen."]),
    ...inFile(alert("refused-spike"), [
      " or isnotempty(tostring(customDimensions.recordedReason))",
      "",
      "While the policy only records, toll fraud is not seen.",
    ]),
    ...inFile(alert("telemetry-silent"), [
      "came - reported",
      "reported - came",
      "Silence counts as talk: the alert is dead.",
    ]),
    ...inFile(alert("daily-cap"), [
      "(1000 * {dailyCapGb})",
      "(1000000 * {dailyCapGb})",
      "The cap is reached unseen: every alert is blind until the next day.",
    ]),
    ...inFile(
      alert("receipts-missing"),
      [
        " and codes >= {codes}",
        "",
        "One person's code without a receipt alerts: the alert is always red, and so never read.",
      ],
      ["receipts > 0 and ", "", "Who has set up no receipts gets an alert every day that there are none."],
      ["codes > 0 and receipts == 0", "codes < 0", "8x8 takes codes, sends none, and nobody looks."],
    ),
    ...inFile(
      alert("delivery-falling"),
      ["by providerId, country, ", 'by providerId, country = "", ', "A country's failure is hidden by all others."],
      ["delivered == 0), people", "delivered > 9), people", "No code arrives and nobody is notified."],
    ),
    ...inFile(alert("omni-shield"), ["errorCode) == {blocked}", "errorCode) > {blocked}", "Blocks are not seen."]),
    ...inFile(
      alert("okta-fallback"),
      ["fallbacks / (accepted + fallbacks)", "fallbacks / accepted", "Where no hook arrives the share is of nothing."],
      ["dcountif(oktaEventId, isFallback)", "countif(isFallback)", "What Okta reports twice wakes somebody."],
    ),
    ...inFile(
      alert("events-silent"),
      ["reported > 0 and ", "", "Who has set up no events gets an alert every day that there are none."],
      ['"verified" and', '"verified" or', "The feed is silent and nobody is notified."],
    ),
    ...inFile(
      alert("guard-refuses"),
      [
        "tostring(customDimensions.phoneHash), ",
        "",
        "A pump from one account counts as one person's tries: nobody is notified.",
      ],
      [
        "isnotempty(tostring(customDimensions.guardReason))",
        "false",
        "The guard keeps people from their codes unseen.",
      ],
    ),
    ...inFile(
      alert("feed-dead"),
      ["aliveOnce > 0 and ", "", "Who has no event hook gets an alert every day that the guard gets no events."],
      ["alive == 0", "alive < 0", "The guard is blind to a pump and nobody is notified."],
      [" and timestamp < ago(15m)", "", "Each Monday's first codes alert: the alert is always red, and so never read."],
    ),
    ...inFile(alert("malformed"), [
      '== "malformed"',
      '== "rejected"',
      "Okta changes its body and nobody learns why no code goes out.",
    ]),
  ],
};
