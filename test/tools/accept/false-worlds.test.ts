import { runChecks, type Result } from "../../../tools/accept/check.ts";
import { checks } from "../../../tools/accept/checks.ts";
import type { Reply } from "../../../tools/accept/live.ts";
import { OktaError } from "../../../tools/okta/okta-error.ts";
import {
  createWorld,
  error8x8,
  hookUrl,
  openWorld,
  reply,
  type Properties,
  type World,
} from "./fake-live.ts";

type Change = (world: World) => unknown;

afterEach(() => {
  jest.restoreAllMocks();
});

async function run(changes: readonly Change[], asked = { phone: true, "sign-in": true }) {
  const world = createWorld();
  for (const change of changes) change(world);
  const results: Result[] = [];
  const live = openWorld(world);
  await runChecks(checks, live, {
    asked,
    secrets: [],
    onResult: (result) => results.push(result),
  });
  const differing = results.filter(({ result }) => result === "differs");
  return { results, differing, calls: live.calls };
}

const all =
  (...changes: Change[]): Change =>
  (world) => {
    for (const change of changes) change(world);
  };
const answer =
  (call: RegExp, given: World["answers"][number][1]): Change =>
  (world) =>
    world.answers.push([call, given]);
const page = "<html><title>Sign in</title></html>";
const refused = { error: { errorSummary: "No." } };
const health = (status: number, body: object | string = page) =>
  answer(/app GET \/api\/health/, reply(status, body));
const toUs = (status: number, body: object | string = page, ms?: number) =>
  answer(/app POST \/api\/okta\/telephony right$/, reply(status, body, ms));
const isRefused = {
  commands: [{ value: [{ transactionMetadata: JSON.stringify({ outcome: "refused" }) }] }],
};
const failure = { eventType: "inline_hook.executed", outcome: { result: "FAILURE" } };
const toSms = (given: Reply) => answer(/8x8 POST .*\/messages/, given);
const balance = (status: number, body: object | string) =>
  answer(/8x8 GET .*\/balance/, reply(status, body));
type IsHit = (row: Properties, at: number) => boolean;
/** Without `change`, the rows with this name are lost. */
const rows =
  (name: string, change: object | undefined, isHit: IsHit = () => true) =>
  (world: World) => {
    let at = 0;
    world.write = (row) =>
      row["name"] === name && isHit(row as Properties, at++)
        ? change && { ...row, ...change }
        : row;
  };
const code =
  (channel: "sms" | "voice", said: Properties): Change =>
  ({ send }) =>
    (send[channel] = { provider: "8x8", ...said });
const receipts =
  (channel: "sms" | "voice", ...given: Properties[]): Change =>
  (world) =>
    (world.receipts[channel] = given);
const uses =
  (...given: Properties[]): Change =>
  (world) =>
    (world.uses = given);
const ahead =
  (app: number | undefined, okta: number | undefined): Change =>
  (world) =>
    (world.ahead = { app, okta });
const hook =
  (change: object): Change =>
  (world) =>
    (world.hook = (one) => [{ ...one, ...change }]);
const eventHook =
  (change: object): Change =>
  (world) =>
    (world.eventHook = (one) => ({ ...one, ...change }));
const set = ([first]: World["functions"], change: object) =>
  Object.assign(first?.properties ?? {}, change);
const alert =
  (change: object): Change =>
  ({ scheduledQueryRules }) =>
    set(scheduledQueryRules, change);
const url = "https://hook.other.com/sms";
const second =
  (settings: Properties, given = reply(401)): Change =>
  (world) => {
    Object.assign(world.settings, { SECOND_HOOK_URL: url, ...settings });
    world.answers.push([/second hook/, given]);
  };
const secondSends = all(
  second({ SECOND_HOOK_FIRST_FOR: "all" }),
  code("sms", { outcome: "accepted", provider: "second-hook" }),
);
const issuer = "https://acme.okta.com/oauth2/aus1";
const tokens =
  (settings: Properties, metadata: object = {}, at = issuer): Change =>
  (world) => {
    const client = { tokenUrl: `${at}/v1/token`, clientId: "0oa2", scope: "s", hookKeyId: "HKY1" };
    world.wanted = {
      ...world.wanted,
      hook: { name: "8x8", url: hookUrl, auth: "token", ...client },
    };
    Object.assign(world.settings, { OKTA_TOKEN_ISSUER: at, ...settings });
    const own = { issuer: at, token_endpoint: `${at}/v1/token`, jwks_uri: `${at}/v1/keys` };
    world.answers.push([/authorization-server/, reply(200, { ...own, ...metadata })]);
  };
const front =
  (hostname: string, ...originHealth: number[]): Change =>
  (world) => {
    const { hook: own } = world.wanted;
    const moved = { ...own, url: own.url.replace(/\/\/[^/]+/, `//${hostname}`) };
    world.wanted = { ...world.wanted, hook: moved };
    world.parameters["frontDoorId"] = "f00d";
    world.originHealth = originHealth;
  };

/**
 * For each check and each cause: changes to the deployment that make only this check differ, with
 * exactly this cause.
 */
const falseWorlds: Readonly<Record<string, Readonly<Record<string, readonly Change[]>>>> = {
  health: {
    "another server or a sign-in page answers at that URL.": [health(200), health(302, "")],
    "the app is stopped.": [health(403, "This web app is stopped.")],
    "allowedIpRanges or the front's firewall does not allow this computer.": [health(403, "IP")],
    "Azure runs no instance of the app.": [health(502)],
    "a setting or secret is missing or invalid.": [health(503, { status: "unhealthy" })],
    "docs/configure.md explains each warning.": [health(200, { status: "healthy", weak: ["a"] })],
  },
  "expired-code": {
    "the network or the app is too slow for Okta.": [toUs(200, isRefused, 3_400)],
    "the hook secret of this run is not in the vault, or the header is not OKTA_AUTH_HEADER.": [
      toUs(401, refused),
    ],
    "/api/health names what is missing.": [toUs(503, { error: {} })],
    "another server or a sign-in page answers at that URL.": [toUs(200, { commands: [] })],
  },
  closed: {
    "nothing checks the callers of that route.": [
      answer(/\/admin\/host/, reply(200, {})),
      answer(/8x8\/receipts/, reply(200)),
      answer(/telephony wrong/, reply(200, {})),
    ],
    "a proxy or a front has a smaller limit.": [
      answer(/65 KiB/, reply(413, page)),
      answer(/65 KiB/, reply(403, page)),
    ],
    "the host ignores its limit for bodies.": [answer(/3072 KiB/, reply(413, refused))],
    "a large body stopped the worker.": [
      answer(/right$/, (calls) => (calls.at(-2)?.endsWith("3072 KiB") ? reply(502, page) : null)),
    ],
  },
  functions: {
    "the deployed package belongs to another project, or did not load.": [
      ({ functions }) => functions.pop(),
    ],
    "someone disabled functions in the portal.": [
      ({ functions }) => set(functions, { isDisabled: true }),
    ],
  },
  alerts: {
    "the alert was deleted or not deployed.": [(world) => world.scheduledQueryRules.shift()],
    "Azure or a person switched the alert off.": [alert({ enabled: false })],
    "someone removed or disabled the alert's action group.": [
      alert({ actions: undefined }),
      ({ actionGroups }) => set(actionGroups, { enabled: false }),
    ],
  },
  okta: {
    "the org was changed, or okta.json was not applied.": [
      hook({ status: "INACTIVE" }),
      (world) => (world.hook = () => []),
      eventHook({ verificationStatus: "UNVERIFIED" }),
      eventHook({ events: { items: ["user.mfa.factor.activate"] } }),
    ],
    "docs/troubleshoot.md explains wrong-secret.": [(world) => (world.refusal = "wrong-secret")],
    "docs/troubleshoot.md explains token-audience.": [
      all(tokens({}), (world) => (world.refusal = "token-audience")),
    ],
    "Okta's calls do not reach this app, or the app is too slow.": [
      answer(/execute/, reply(200, { commands: [] })),
    ],
    "the System Log is late, or does not show calls of /execute.": [
      (world) => (world.delayMs.systemLog = 600_000),
    ],
    "Okta cannot use the app's answers.": [({ systemLog }) => systemLog.push(failure)],
  },
  "8x8": {
    "docs/troubleshoot.md explains key-rejected.": [toSms(error8x8(401, 1200)), toSms(reply(401))],
    "docs/troubleshoot.md explains wrong-subaccount.": [
      toSms(error8x8(400, 1001)),
      toSms(reply(404, page)),
    ],
    "8x8 is busy or down. Try again later.": [toSms(error8x8(429, 429)), toSms(reply(503, page))],
    "a proxy or another server answers in place of 8x8's API.": [
      toSms(reply(202)),
      toSms(reply(403, page)),
      toSms(reply(200, { umid: "1", status: { code: "QUEUED" } })),
    ],
    "the credit is used up. Top up.": [balance(200, { balance: "-0.50" })],
    "EIGHT_BY_EIGHT_ACCOUNT is wrong.": [balance(404, page)],
  },
  clocks: {
    "this computer's clock is wrong. Use NTP.": [ahead(120_000, 120_000)],
    "Azure's or Okta's clock is wrong. Ask the vendor with the larger offset.": [ahead(0, 9_000)],
  },
  tokens: {
    "OKTA_TOKEN_ISSUER is wrong.": [
      tokens({ OKTA_TOKEN_ISSUER: "https://other.okta.com/oauth2/aus1" }),
      tokens({}, {}, "https://other.okta.com/oauth2/aus1"),
    ],
    "tokenUrl in okta.json is wrong.": [tokens({}, { token_endpoint: `${issuer}/token` })],
    "OKTA_TOKEN_KEYS_URL is wrong. Unset it.": [tokens({}, { jwks_uri: `${issuer}/keys` })],
  },
  front: {
    "okta.json has an app's URL, not the front's.": [
      front(new URL(hookUrl).host, 100),
      front("func-okta8x8-dr-abc123.azurewebsites.net", 100),
    ],
    "an app is down, or refuses the front's probes. See docs/outage.md.": [
      front("codes.acme.com", 100, 25),
    ],
  },
  logs: {
    "the logs are late, the app may not write them, or okta.json has another app's URL.": [
      (world) => (world.delayMs.log = 1_200_000),
      rows("otp-delivery", undefined),
    ],
    "Azure samples the telemetry, or the daily cap is reached.": [
      rows("telephony-hook", { itemCount: "5" }),
      rows("otp-delivery", undefined, ({ reason }, at) => reason === "expired-code" && at > 1),
    ],
    "host.json's log levels or sampling leave requests out.": [
      rows("telephony-hook", undefined, (_, at) => at === 0),
      rows("telephony-hook", undefined, ({ resultCode }) => resultCode === "401"),
    ],
    "a server in front of the app changes its answers.": [
      rows("otp-delivery", { outcome: "accepted" }, ({ reason }) => reason === "expired-code"),
    ],
    "functionAppConfig.runtime was changed.": [rows("otp-delivery", { sdkVersion: "node22:otel" })],
    "another version is deployed, or an update has not reached every instance.": [
      rows("otp-delivery", { application_Version: "0.9.0" }, (_, at) => at % 2 === 1),
    ],
  },
  availability: {
    "the app refuses the test, or these locations cannot reach the app.": [
      ({ availability }) => availability.fill(false, 3, 4),
    ],
    "the test is off, or needs local authentication.": [({ availability }) => availability.pop()],
  },
  sms: {
    "docs/troubleshoot.md explains invalid-sender.": [
      code("sms", { outcome: "rejected", reason: "invalid-sender" }),
    ],
    "docs/troubleshoot.md explains unreachable.": [
      code("sms", { outcome: "unavailable", reason: "unreachable" }),
    ],
    "8x8's API has changed.": [code("sms", { outcome: "accepted", transactionId: "1234567" })],
    "8x8 has no webhook for this sub-account. Run: npx --no okta-8x8-telephony receipts set": [
      receipts("sms"),
    ],
    "8x8's webhook sends another secret, or none. Run: npx --no okta-8x8-telephony receipts set": [
      receipts("sms", { reason: "wrong-secret", providerId: "" }),
    ],
    "8x8's receipts have another format or other ids. Open an issue.": [
      receipts("sms", { outcome: "malformed", providerId: "" }),
      receipts("sms", { state: "delivered", providerId: "BDA3D56D-1424-E711-813C-06ED3428FE67" }),
    ],
    "the phone is off, or the mobile operator sends no reports.": [
      receipts("sms", { state: "sent" }),
    ],
    "the sender is not registered in that country.": [
      receipts("sms", { state: "delivered", senderChanged: "true" }),
    ],
    "8x8's fraud detection blocked the SMS. Ask 8x8.": [
      receipts("sms", { state: "rejected", errorCode: "99" }),
    ],
  },
  call: {
    "docs/troubleshoot.md explains invalid-voice.": [
      code("voice", { outcome: "rejected", reason: "invalid-voice" }),
    ],
    "8x8's page explains the error.": [receipts("voice", { state: "error", errorCode: "-2001" })],
    "the call was not picked up.": [receipts("voice", { state: "no_answer" })],
  },
  "sign-in": {
    "Okta sent the code, or sent no code.": [(world) => (world.users = [])],
    "the event hook is off, or its filter leaves out the event.": [uses()],
    "the event hook has another secret.": [uses({ outcome: "unauthenticated", join: "" })],
    "the state table does not answer the app.": [uses({ join: "failed" })],
    "Okta's event has another format, user or factor.": [
      uses({ outcome: "malformed", join: "" }),
      uses({ eventId: "of-yesterday" }),
    ],
    "Okta repeated its event.": [uses({ codeRow: "written" }, { codeRow: "written" })],
    "the state table refuses the app.": [uses({ codeRow: "waiting" })],
  },
  "second-hook": {
    "SECOND_HOOK_URL is wrong, or the hook is down.": [
      second({}, reply(301)),
      second({}, reply(200, page)),
    ],
    "the app does not have the hook's secret.": [second({ SECOND_HOOK_FIRST_FOR: "all" })],
    "the deployed version is older.": [
      all(
        secondSends,
        rows("otp-delivery", { provider: "" }, (row) => row["provider"] !== "8x8"),
      ),
    ],
  },
};
const table = Object.entries(falseWorlds).flatMap(([id, causes]) =>
  Object.entries(causes).flatMap(([cause, worlds]) =>
    worlds.map((change, at) => ({ id, cause, world: at + 1, change })),
  ),
);
test.each(table)(
  "only the check $id differs, with the likely cause: $cause (case $world)",
  async ({ id, cause, change }) => {
    const { differing } = await run([change]);
    expect(differing).toHaveLength(1);
    // Leave out the sentence that comes from docs/troubleshoot.md.
    const words = differing[0]?.cause?.replace(/^.+\. (?=docs\/troubleshoot)/, "");
    expect([differing[0]?.id, words]).toEqual([id, cause]);
  },
);

const refusedByOkta = (status: number, name: string) =>
  answer(/execute/, new OktaError("POST /execute", status, name));
const customDomain = "https://login.acme.com/oauth2/aus1";
const goodWorlds: Readonly<Record<string, readonly Change[]>> = {
  "the hook has a secret": [],
  "the hook has tokens": [tokens({})],
  "the issuer has the org's custom domain": [
    tokens({}, {}, customDomain),
    answer(/login.acme.com/, reply(200, { alternate: { href: "https://acme.okta.com" } })),
  ],
  "Okta calls a front": [front("codes.acme.com", 100, 75)],
  "a second hook gets a country's codes": [second({ SECOND_HOOK_FIRST_FOR: "DE" })],
  "the second hook gets every code": [secondSends],
  "an empty SMS is rejected with 200": [toSms(reply(200, { status: { code: "REJECTED" } }))],
  "8x8 does not allow this computer": [toSms(error8x8(403, 1201))],
  "the account is not prepaid": [balance(403, { code: 1201 })],
  "the balance is a text": [balance(200, { balance: "149309.79" })],
  "others get codes during the sign-in": [(world) => (world.users = ["00u1", "00u2"])],
  "receipts are off": [answer(/8x8\/receipts/, reply(404))],
  "the answers have no Date header": [ahead(undefined, undefined)],
  "this computer's clock is 50 s fast": [ahead(-50_000, -50_000)],
  "Okta's rate limit is reached": [refusedByOkta(429, "E0000047")],
  "the sign-in may not call the hook": [refusedByOkta(403, "E0000006")],
};
test.each(Object.entries(goodWorlds))("no check differs if %s", async (_, changes) => {
  expect((await run(changes)).differing).toEqual([]);
});

test("without options, the checks send no code, and change nothing at Okta or 8x8", async () => {
  const { results, calls } = await run([(world) => (world.phone = undefined)], {
    phone: false,
    "sign-in": false,
  });
  expect(
    results.filter(({ seen }) => seen.startsWith("To run this check, add --")).map(({ id }) => id),
  ).toEqual(["sms", "call", "sign-in"]);
  const posts = calls.filter((call) => call.includes("POST") && !call.startsWith("app"));
  expect(posts).toEqual([
    "okta POST /execute right",
    "okta POST /execute right",
    "8x8 POST /api/v1/subaccounts/acme_hq/messages",
  ]);
});

test("every check has a unique id and a test in which it differs", () => {
  const ids = checks.map(({ id }) => id);
  expect(Object.keys(falseWorlds).toSorted()).toEqual(ids.toSorted());
});
