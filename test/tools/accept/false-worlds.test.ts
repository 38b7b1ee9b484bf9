import { runChecks, type Option, type Result } from "../../../tools/accept/check.ts";
import { checks } from "../../../tools/accept/checks.ts";
import type { Reply } from "../../../tools/accept/live.ts";
import { OktaError } from "../../../tools/okta/okta-error.ts";
import { createWorld, error8x8, hookUrl, openWorld, reply, type World } from "./fake-live.ts";

type Change = (world: World) => unknown;
type Properties = Record<string, string>;

async function run(world: World, asked: readonly Option[] = ["phone", "sign-in"]) {
  const results: Result[] = [];
  const live = openWorld(world);
  await runChecks(checks, live, {
    asked: new Set(asked),
    secrets: () => [],
    onResult: (result) => results.push(result),
  });
  return { results, calls: live.calls };
}

const answer =
  (call: RegExp, given: World["answers"][number][1]): Change =>
  (world) =>
    world.answers.push([call, given]);
const page = "<html><title>Sign in</title></html>";
const health = (status: number, body: object | string = page) =>
  answer(/app GET \/api\/health/, reply(status, body));
const toUs = (status: number, body: object | string = page, ms?: number) =>
  answer(/app POST \/api\/okta\/telephony right$/, reply(status, body, ms));
const saying = (details: object) => ({
  commands: [{ value: [{ transactionMetadata: JSON.stringify(details) }] }],
});
const toSms = (given: Reply) => answer(/8x8 POST .*\/messages/, given);
const balance = (status: number, body: object | string) =>
  answer(/8x8 GET .*\/balance/, reply(status, body));
const rows =
  (
    name: string,
    change: object | undefined,
    isHit: (status: string) => boolean = () => true,
  ): Change =>
  (world) => {
    world.write = (row) =>
      row.name === name && isHit(row.resultCode) ? change && { ...row, ...change } : row;
  };
const code =
  (channel: string, said: Properties): Change =>
  (world) => {
    const { send } = world;
    world.send = (asked) => (asked === channel ? { provider: "8x8", ...said } : send(asked));
  };
const receipts =
  (channel: "sms" | "voice", ...changes: Properties[]): Change =>
  (world) => {
    const { receipts: others } = world;
    world.receipts = (providerId, isCall) =>
      isCall === (channel === "voice")
        ? changes.map((change) => ({ providerId, ...change }))
        : others(providerId, isCall);
  };
const uses =
  (...changes: Properties[]): Change =>
  (world) => {
    world.uses = (eventId) =>
      changes.map((change) => ({ outcome: "verified", join: "joined", eventId, ...change }));
  };
const ahead =
  (app: number | undefined, okta: number | undefined): Change =>
  (world) =>
    (world.ahead = { app, okta });
const hook =
  (change: object): Change =>
  (world) =>
    (world.hooks = world.hooks.map((one) => ({ ...one, ...change })));
const second =
  (settings: Properties, given?: Reply): Change =>
  (world) => {
    Object.assign(world.settings, { SECOND_HOOK_URL: "https://hook.other.com/sms", ...settings });
    if (given) world.answers.push([/second hook/, given]);
  };
const bySecond = code("sms", { outcome: "accepted", provider: "second-hook" });
const rule =
  (change: object): Change =>
  (world) =>
    Object.assign(world.rules[0]?.properties ?? {}, change);
const issuer = "https://acme.okta.com/oauth2/aus1";
const tokens =
  (settings: Properties, metadata: object = {}, at = issuer): Change =>
  (world) => {
    if (world.wanted === undefined) return;
    const hookByToken = {
      name: "8x8",
      url: hookUrl,
      auth: "token",
      tokenUrl: `${at}/v1/token`,
      clientId: "0oa2",
      scope: "telephony.send",
      hookKeyId: "HKY1",
    } as const;
    const channel = { type: "OAUTH", config: { ...hookByToken, uri: hookUrl } };
    world.auth = "token";
    world.wanted = { ...world.wanted, hook: hookByToken };
    world.hooks = [{ id: "cal1", status: "ACTIVE", name: "8x8", channel }];
    Object.assign(world.settings, { OKTA_TOKEN_ISSUER: at, ...settings });
    const own = { issuer: at, token_endpoint: `${at}/v1/token`, jwks_uri: `${at}/v1/keys` };
    world.answers.push([/authorization-server/, reply(200, { ...own, ...metadata })]);
  };
const front =
  (change: Partial<World>): Change =>
  (world) => {
    world.parameters["frontDoorId"] = "f00d";
    world.domain = new URL(hookUrl).hostname;
    Object.assign(world, change);
  };

type Worlds = Readonly<Record<string, Change>>;
/** By check and its exact cause: the worlds in which this check differs, and no other. */
const falseWorlds: Readonly<Record<string, Readonly<Record<string, Worlds>>>> = {
  health: {
    "a sign-in page or another server is in front.": {
      "the app's host redirects": health(302, ""),
    },
    "another server answers at that URL.": { "the host answers a page": health(200) },
    "the app is stopped.": { "the app was stopped": health(403, "This web app is stopped.") },
    "allowedIpRanges or the front's firewall does not allow this computer.": {
      "the computer's address is not allowed": health(403, "Ip Forbidden"),
    },
    "Azure runs no instance of the app.": { "no worker answers": health(502) },
    "a setting or secret is missing or invalid.": {
      "a secret is missing": health(503, { status: "unhealthy", missing: ["okta-hook-secret"] }),
    },
    "docs/configure.md explains each warning.": {
      "a secret is weak": health(200, { status: "healthy", weak: ["okta-hook-secret"] }),
    },
  },
  "expired-code": {
    "the app's clock is an hour late.": {
      "the app sends an expired code": toUs(200, saying({ outcome: "accepted" })),
    },
    "the network or the app is too slow for Okta.": {
      "the answer takes 3.4 s": toUs(200, saying({ outcome: "refused" }), 3_400),
    },
    "the hook secret of this run is not in the vault, or the header is not OKTA_AUTH_HEADER.": {
      "the secret is another": toUs(401, { error: { errorSummary: "No." } }),
    },
    "/api/health names what is missing.": { "the app has no key": toUs(503, { error: {} }) },
    "another server answers at that URL.": {
      "the answer is a page": toUs(200),
      "the answer is compressed twice": toUs(200, "\u001f\u008b\b"),
      "the answer lacks the app's details": toUs(200, { commands: [] }),
    },
    "Azure runs no instance of the app.": { "a gateway waits in vain": toUs(504) },
  },
  closed: {
    "nothing checks the callers of that route.": {
      "the host's status is public": answer(/\/admin\/host/, reply(200, {})),
      "receipts need no secret": answer(/8x8\/receipts/, reply(200)),
      "the hook accepts a wrong secret": answer(/telephony wrong/, reply(200, {})),
      "the hook needs no secret": answer(/app POST .*telephony$/, reply(200, {})),
    },
    "a proxy or a front has a smaller limit.": {
      "a proxy refuses 65 KiB": answer(/65 KiB/, reply(413, page)),
      "a firewall refuses 65 KiB": answer(/65 KiB/, reply(403, page)),
    },
    "the host ignores its limit for bodies.": {
      "the app gets 3 MiB": answer(/3072 KiB/, reply(413, { error: { errorSummary: "No." } })),
    },
    "a large body stopped the worker.": {
      "the worker dies of 3 MiB": answer(/telephony right/, (calls) =>
        calls.at(-2)?.endsWith("3072 KiB") ? reply(502, page) : null,
      ),
    },
  },
  functions: {
    "the package did not load.": {
      "Azure lists no function": (world) => (world.functions = []),
      "Azure lists all but one": (world) => world.functions.pop(),
    },
    "the package is another project's.": {
      "Azure lists one more": (world) =>
        world.functions.push({ name: "a/leftover", properties: {} }),
    },
    "someone disabled it in the portal.": {
      "a function is disabled": (world) =>
        Object.assign(world.functions[1]?.properties ?? {}, { isDisabled: true }),
    },
  },
  alerts: {
    "they were deleted or not deployed.": { "an alert is missing": (world) => world.rules.shift() },
    "Azure or a person switched them off.": {
      "an alert is off": rule({ enabled: false }),
    },
    "someone removed their action group.": {
      "an alert has no actions": rule({ actions: undefined }),
      "an alert has no group": rule({ actions: { actionGroups: [], customProperties: {} } }),
    },
    "someone disabled an action group.": {
      "an action group is off": (world) =>
        Object.assign(world.actionGroups[0]?.properties ?? {}, { enabled: false }),
    },
  },
  okta: {
    "the org was changed, or okta.json not applied.": {
      "the hook is inactive": hook({ status: "INACTIVE" }),
      "the hook was renamed": hook({ name: "Codes" }),
      "the hook is absent": (world) => (world.hooks = []),
      "the event hook is not verified": (world) =>
        (world.eventHooks = [{ ...world.eventHooks[0], verificationStatus: "UNVERIFIED" }]),
      "the event hook gets too few events": (world) =>
        (world.eventHooks = [
          { ...world.eventHooks[0], events: { items: ["user.mfa.factor.activate"] } },
        ]),
    },
    "Okta has another secret than the vault.": {
      "Okta has an old secret": (world) => (world.refusal = "wrong-secret"),
    },
    "docs/troubleshoot.md explains token-audience.": {
      "Okta's tokens are for another audience": (world) => {
        tokens({})(world);
        world.refusal = "token-audience";
      },
    },
    "Okta's calls do not reach this app, or the app is too slow.": {
      "another app answers Okta": answer(/execute/, reply(200, { commands: [] })),
      "Okta's answer to a preview is empty": answer(/execute/, reply(204)),
    },
    "the System Log is late, or does not show calls of /execute.": {
      "the System Log is ten minutes late": (world) => (world.delayMs.systemLog = 600_000),
      "the System Log shows nothing": (world) => (world.systemLog = []),
    },
    "Okta cannot use the app's answers.": {
      "Okta logs a failure": (world) =>
        world.systemLog.push({ eventType: "inline_hook.executed", outcome: { result: "FAILURE" } }),
    },
  },
  "8x8": {
    "8x8 does not know the key.": {
      "the key is another account's": toSms(error8x8(401, 1200)),
      "8x8 answers 401 without a body": toSms(reply(401)),
    },
    "the sub-account is another account's, or the host another region's.": {
      "the sub-account is unknown": toSms(error8x8(400, 1001)),
      "the region is another": toSms(reply(404, page)),
    },
    "a proxy before 8x8 does not use TLS 1.3.": {
      "8x8 requires TLS 1.3": toSms(error8x8(426, 1014)),
    },
    "a proxy before 8x8 redirects, or the host is not 8x8's.": {
      "a proxy redirects": toSms(reply(302)),
    },
    "8x8's limit of requests is reached.": { "8x8 answers 429": toSms(error8x8(429, 429)) },
    "a proxy or a firewall before 8x8 refuses this computer.": {
      "a proxy answers 403": toSms(reply(403, page)),
    },
    "8x8 is down, or a proxy in front of it.": { "8x8 answers 503": toSms(reply(503, page)) },
    "another server answers in place of 8x8's API.": {
      "8x8 answers 202": toSms(reply(202)),
      "8x8 queues an empty SMS": toSms(reply(200, { umid: "1", status: { code: "QUEUED" } })),
      "an error has no code": toSms(reply(400, { message: "No." })),
    },
    "the credit is used up. Top up.": {
      "the balance is 0": balance(200, { balance: 0 }),
      "the balance is a negative text": balance(200, { balance: "-0.50" }),
    },
    "EIGHT_BY_EIGHT_ACCOUNT is wrong.": { "the account is unknown": balance(404, page) },
  },
  clocks: {
    "this computer's clock is wrong. Set it by NTP.": {
      "this computer is 2 minutes late": ahead(120_000, 120_000),
      "this computer is 2 hours ahead": ahead(-7_200_000, -7_200_000),
    },
    "Okta's clock is wrong.": { "Okta is 9 s ahead": ahead(0, 9_000) },
    "Azure's clock is wrong.": { "Azure is 9 s late": ahead(-9_000, 0) },
  },
  tokens: {
    "OKTA_TOKEN_ISSUER names another org.": {
      "the issuer is another org's": tokens({
        OKTA_TOKEN_ISSUER: "https://other.okta.com/oauth2/aus1",
      }),
    },
    "OKTA_TOKEN_ISSUER has a wrong id.": { "the issuer is unknown": tokens({}, { issuer: "" }) },
    "tokenUrl is wrong.": {
      "the endpoint is another": tokens({}, { token_endpoint: `${issuer}/token` }),
    },
    "OKTA_TOKEN_KEYS_URL is wrong. Unset it.": {
      "the app reads other keys": tokens({ OKTA_TOKEN_KEYS_URL: "https://other.okta.com/keys" }),
    },
  },
  front: {
    "okta.json has the app's own URL.": {
      "Okta calls the app itself": front({ domain: "codes.acme.com" }),
    },
    "an app is down, or refuses the front's probes. See docs/outage.md.": {
      "one app is unhealthy": front({ originHealth: [100, 25] }),
    },
  },
  logs: {
    "the logs are late, or the app may not write them.": {
      "the logs are 20 minutes late": (world) => (world.delayMs.log = 1_200_000),
      "no event arrives": rows("otp-delivery", undefined),
    },
    "okta.json has another app's URL.": {
      "another app writes": rows("otp-delivery", { cloud_RoleName: "func-two" }),
    },
    "Azure samples the rows, or the daily cap is reached.": {
      "a row counts for 5": rows("telephony-hook", { itemCount: "5" }),
      "one event is lost": (world) => {
        let count = 0;
        world.write = (row) =>
          row.properties["reason"] === "expired-code" && ++count === 2 ? undefined : row;
      },
    },
    "a server in front of the app changes its answers.": {
      "the event says another outcome": (world) => {
        world.write = (row) =>
          row.properties["reason"] === "expired-code"
            ? { ...row, properties: { ...row.properties, outcome: "accepted" } }
            : row;
      },
    },
    "an update has not reached every instance.": {
      "one instance has an older version": (world) => {
        let count = 0;
        world.write = (row) =>
          row.application_Version !== "" && count++ % 2
            ? { ...row, application_Version: "0.9.0" }
            : row;
      },
    },
    "another version is deployed.": {
      "an older version runs": rows("otp-delivery", { application_Version: "0.9.0" }),
    },
    "functionAppConfig.runtime was changed.": {
      "Node 22 runs": rows("otp-delivery", { sdkVersion: "node22:otel" }),
    },
    "the host begins to log after its first request.": {
      "the first row is lost": (world) => {
        let isFirst = true;
        world.write = (row) => {
          if (row.name !== "telephony-hook" || !isFirst) return row;
          isFirst = false;
          return undefined;
        };
      },
    },
    "host.json's log levels or sampling leave requests out.": {
      "the host logs no requests": rows("telephony-hook", undefined),
      "the host logs no refusals": rows("telephony-hook", undefined, (status) => status === "401"),
    },
    "FUNCTIONS_EXTENSION_VERSION was changed.": {
      "the host is version 3": rows("telephony-hook", { sdkVersion: "azurefunctions: 3.0.1" }),
    },
  },
  availability: {
    "the app's access rules refuse the test, or it fails from there.": {
      "one location fails": (world) => (world.availability[3] = false),
    },
    "the test is off, or needs local authentication.": {
      "there is no result": (world) => (world.availability = []),
      "one of five locations reports": (world) => (world.availability = [true]),
    },
  },
  sms: {
    "the sender is not registered in that country.": {
      "8x8 refuses the sender": code("sms", { outcome: "rejected", reason: "invalid-sender" }),
      "8x8 replaces the sender": receipts("sms", { state: "delivered", senderChanged: "true" }),
    },
    "the app cannot reach 8x8.": {
      "the app's network is closed": code("sms", { outcome: "unavailable", reason: "unreachable" }),
    },
    "the answer is not 8x8's.": {
      "a proxy answers the app": code("sms", {
        outcome: "unconfirmed",
        reason: "unreadable-answer",
      }),
    },
    "8x8's API has changed.": {
      "the id is a number": code("sms", { outcome: "accepted", transactionId: "1234567" }),
    },
    "8x8 has no webhook for this sub-account.": { "no receipt comes": receipts("sms") },
    "8x8's webhook sends another secret.": {
      "the webhook has an old secret": receipts("sms", { reason: "wrong-secret", providerId: "" }),
    },
    "8x8's webhook sends no secret.": {
      "the webhook has no secret": receipts(
        "sms",
        { reason: "no-header", providerId: "" },
        { reason: "no-header", providerId: "" },
      ),
    },
    "8x8's receipts have another format.": {
      "a receipt lacks its status": receipts("sms", { outcome: "malformed", providerId: "" }),
    },
    "receipts have the id in another case.": {
      "the id is in capitals": (world) =>
        receipts("sms", { state: "delivered", providerId: "BDA3D56D-1424-E711-813C-06ED3428FE67" })(
          world,
        ),
    },
    "receipts have other ids than 8x8's answers.": {
      "the id is another": receipts("sms", { state: "delivered", providerId: "1" }),
    },
    "the phone is off, or the operator reports nothing.": {
      "only the first receipt comes": receipts("sms", { state: "sent" }),
    },
    "the number does not exist, or is not a mobile number.": {
      "the number is a landline": receipts("sms", { state: "undelivered", errorCode: "15" }),
    },
    "8x8's fraud detection blocked it. Ask 8x8.": {
      "Omni Shield blocks it": receipts("sms", { state: "rejected", errorCode: "99" }),
    },
  },
  call: {
    "the sub-account does not have the voice.": {
      "the voice is unknown": code("voice", { outcome: "rejected", reason: "invalid-voice" }),
    },
    "8x8 has not approved EIGHT_BY_EIGHT_VOICE_SOURCE for this account.": {
      "8x8 does not know the number that calls": receipts("voice", {
        state: "failed",
        errorCode: "-2008",
      }),
    },
    "8x8's page explains it.": {
      "8x8 fails while it calls": receipts("voice", { state: "error", errorCode: "-2001" }),
    },
    "the call was not picked up.": { "no one picks up": receipts("voice", { state: "no_answer" }) },
  },
  "sign-in": {
    "Okta sent it itself, or asked for none.": {
      "Okta sends the code": (world) => (world.uses = () => undefined),
    },
    "the event hook is off, or filters the event.": { "no event comes": uses() },
    "the event hook has another secret.": {
      "the app refuses the event": uses({ outcome: "unauthenticated", join: "", eventId: "" }),
    },
    "Okta's events have another format.": {
      "the app cannot read the event": uses({ outcome: "malformed", join: "", eventId: "" }),
    },
    "the table does not answer the app.": {
      "the table hangs": uses({ join: "failed", eventId: "" }),
    },
    "Okta's event has another user or factor.": {
      "the event is matched to no code": uses({ join: "none", eventId: "" }),
      "the event is matched to an older code": uses({ eventId: "of-yesterday" }),
    },
    "Okta repeated its event.": {
      "the code is matched twice": uses({ codeRow: "written" }, { codeRow: "written" }),
    },
    "the table refuses the app's identity.": { "no row is written": uses({ codeRow: "waiting" }) },
  },
  "second-hook": {
    "SECOND_HOOK_URL is wrong, or the hook is down.": {
      "the second hook is down": second({}, reply(503)),
      "the second hook moved": second({}, reply(301)),
    },
    "SECOND_HOOK_URL is not a hook.": { "a page answers": second({}, reply(200, page)) },
    "the app does not have the hook's secret.": {
      "8x8 sends although it is second": second({ SECOND_HOOK_FIRST_FOR: "all" }),
    },
    "the deployed version is older.": {
      "the event names 8x8": (world) => {
        second({ SECOND_HOOK_FIRST_FOR: "all" })(world);
        bySecond(world);
        world.write = (row) =>
          row.properties["provider"] === "second-hook"
            ? { ...row, properties: { ...row.properties, provider: "8x8" } }
            : row;
      },
    },
  },
};
const table = Object.entries(falseWorlds).flatMap(([id, causes]) =>
  Object.entries(causes).flatMap(([cause, worlds]) =>
    Object.entries(worlds).map(([name, change]) => ({ name, id, cause, change })),
  ),
);
test.each(table)("only $id differs if $name", async ({ id, cause, change }) => {
  const world = createWorld();
  change(world);
  const { results } = await run(world);
  const differing = results.filter(({ result }) => result === "differs");
  expect(differing).toMatchObject([{ id, cause }]);
});

const refusedByOkta = (status: number, code: string) =>
  answer(/execute/, new OktaError("POST /execute", status, code));
const goodWorlds: Worlds = {
  "the hook has a secret": () => undefined,
  "the hook has tokens": tokens({}),
  "the issuer has the org's custom domain": (world) => {
    tokens({}, {}, "https://login.acme.com/oauth2/aus1")(world);
    world.answers.push([
      /login.acme.com/,
      reply(200, { alternate: { href: "https://acme.okta.com" } }),
    ]);
  },
  "Okta calls a front": front({}),
  "a second hook gets a country's codes": second({ SECOND_HOOK_FIRST_FOR: "DE" }),
  "the second hook gets every code": (world) => {
    second({ SECOND_HOOK_FIRST_FOR: "all" })(world);
    bySecond(world);
  },
  "an empty SMS is rejected with 200": toSms(reply(200, { status: { code: "REJECTED" } })),
  "8x8 does not allow this computer": toSms(error8x8(403, 1201)),
  "the account is not prepaid": balance(403, { code: 1201 }),
  "the balance is a text": balance(200, { balance: "149309.79" }),
  "others get codes during the sign-in": (world) => (world.users = ["00u1", "00u2"]),
  "receipts are off": answer(/8x8\/receipts/, reply(404)),
  "the answers have no Date header": ahead(undefined, undefined),
  "Okta's rate limit is reached": refusedByOkta(429, "E0000047"),
  "the sign-in may not call the hook": refusedByOkta(403, "E0000006"),
};
test.each(Object.entries(goodWorlds))("nothing differs if %s", async (_, change) => {
  const world = createWorld();
  change(world);
  const { results } = await run(world);
  expect(results.filter(({ result }) => result === "differs")).toEqual([]);
});

test("without options, no code is sent, and no vendor is asked to change anything", async () => {
  const { results, calls } = await run({ ...createWorld(), phone: undefined }, []);
  expect(results.filter(({ seen }) => seen.endsWith(" tries it.")).map(({ id }) => id)).toEqual([
    "sms",
    "call",
    "sign-in",
  ]);
  const posts = calls.filter((call) => call.includes("POST") && !call.startsWith("app"));
  expect(posts).toEqual([
    "okta POST /execute right",
    "okta POST /execute right",
    "8x8 POST /api/v1/subaccounts/acme_hq/messages",
  ]);
});

test("each check has its own id, and can differ in a world", () => {
  const ids = checks.map(({ id }) => id);
  expect(Object.keys(falseWorlds).toSorted()).toEqual(ids.toSorted());
});
