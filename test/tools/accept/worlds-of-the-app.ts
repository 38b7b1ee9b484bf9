import { hookSecret } from "../../app.ts";
import {
  answers,
  hook,
  oktaAnswer,
  tooLate,
  withClockAhead,
  withoutRows,
  type FalseWorld,
} from "./false-world.ts";
import { json } from "./front.ts";

const kibibyte = 1024;

/** The app's host: its answers to the run and to Okta. */
export const worldsOfTheApp: readonly FalseWorld[] = [
  {
    name: "the vault holds no hook secret",
    make: answers("app", /^GET \/api\/health$/, json(503, { missing: ["okta-hook-secret"] })),
    inVain: true,
    id: "app-health",
    words: [/503/, /okta-hook-secret/],
  },
  {
    name: "no server listens at the hook's URL",
    seen: () => ({ hookUrl: "http://127.0.0.1:21199/api/okta/telephony" }),
    id: "app-health",
    verdict: "not tried",
    also: ["okta-hook"],
    words: [/127\.0\.0\.1:21199/, /ECONNREFUSED|refused/],
  },
  {
    name: "the typed hook secret is wrong",
    seen: () => ({ env: { OKTA_HOOK_SECRET: "another-hook-secret" } }),
    id: "app-expired-code",
    words: [/401/, /hook secret/i],
  },
  {
    name: "the typed hook secret contains a line break",
    seen: () => ({ env: { OKTA_HOOK_SECRET: hookSecret.replace("-secret", "\n-secret") } }),
    id: "app-expired-code",
    words: [/line break/i],
  },
  {
    name: "the app answers after Okta's 3 s",
    make: ({ app }) => app.add(tooLate(hook)),
    id: "app-expired-code",
    words: [/\b3 s/, /no answer in 3 s|\b[3-9]\.\d* s|\b[3-9]\d{3} ms/],
  },
  {
    name: "the app sends an expired code",
    make: answers("app", hook, oktaAnswer("SUCCESSFUL")),
    id: "app-expired-code",
    also: [
      "app-stranger",
      "app-closed-routes",
      "app-body-limit",
      "okta-execute",
      "okta-execute-call",
    ],
    words: [/SUCCESSFUL|was sent/, /FAILED|refuse/],
  },
  {
    name: "the app accepts a hook without a secret",
    make: ({ app }) =>
      app.add(({ call, headers }) =>
        hook.test(call) && headers.authorization === undefined ? oktaAnswer("FAILED") : undefined,
      ),
    id: "app-stranger",
    also: ["app-closed-routes"],
    words: [/401/, /200/],
  },
  {
    name: "a proxy in front of the app refuses its callers",
    make: ({ app }) => {
      const ofTheHost = { status: 403, body: "Ip Forbidden" };
      app.add(({ call, headers }) =>
        hook.test(call) && headers.authorization !== hookSecret ? ofTheHost : undefined,
      );
    },
    id: "app-stranger",
    words: [/401/, /403/],
  },
  {
    name: "the host shows its status without a key",
    make: answers("app", /^GET \/admin\/host\/status$/, json(200, { state: "Running" })),
    id: "app-closed-routes",
    words: [/\/admin\/host\/status/, /200/, /key/i],
  },
  {
    name: "the route of Okta's events requires no secret",
    make: ({ app }) =>
      app.add(({ call, headers }) =>
        call.endsWith("/api/okta/events") && headers.authorization === undefined
          ? { status: 204, body: "" }
          : undefined,
      ),
    id: "app-closed-routes",
    words: [/\/api\/okta\/events/, /204/],
  },
  {
    name: "the app reads a body of 65 KiB",
    make: ({ app }) =>
      app.add(({ call, body }) =>
        hook.test(call) && body.length > 64 * kibibyte && body.length < 2_000 * kibibyte
          ? json(400, { error: "malformed" })
          : undefined,
      ),
    id: "app-body-limit",
    words: [/65 KiB/, /413/, /400/],
  },
  {
    name: "a body of 3 MiB reaches the app",
    make: ({ app }) => {
      app.bodyLimit = Infinity;
      app.add(({ call, body }, pass) =>
        hook.test(call) && body.length > 2_000 * kibibyte
          ? pass(body.slice(0, 70 * kibibyte))
          : undefined,
      );
    },
    id: "app-body-limit",
    words: [/3 MiB/, /413/, /reach/i],
  },
  {
    name: "no event from the app arrives",
    make: ({ azure }) => {
      azure.ingestion.refuse({ status: 500 });
    },
    inVain: true,
    id: "app-event-row",
    also: ["azure-node", "azure-host"],
    words: [/Application Insights/, /no (row|event)/i],
  },
  {
    name: "events arrive only at the fourth query",
    make: ({ manager }) => manager.add(withoutRows("customEvents", 3)),
    id: "app-event-row",
    verdict: "holds",
    words: [],
  },
  ...[-2, 2].map((minutes): FalseWorld => ({
    name: `the clock of the app is off by ${minutes} minutes`,
    make: ({ manager }) => manager.add(withClockAhead("customEvents", minutes * 60_000)),
    inVain: ["azure-node"],
    id: "app-event-row",
    also: ["azure-node"],
    words: [/clock/i, /\b2(\.0)? min|two minutes|1[12]\d(\.\d)? s/],
  })),
];
