import { difference, runChecks, type Option } from "../../../tools/accept/check.ts";
import { userIdsFor } from "../../../tools/accept/user-ids.ts";
import { checks } from "../../../tools/accept/checks.ts";
import { exitCodeOf, summaryOf } from "../../../tools/accept/report.ts";
import { Unreached } from "../../../tools/unreached.ts";
import { createWorld, hookFailed, hookUrl, logsId, openWorld, reply } from "./fake-live.ts";
import type { Properties, World } from "./fake-live.ts";

afterEach(() => jest.restoreAllMocks());

type Change = (world: World) => unknown;
const all =
  (...changes: readonly Change[]): Change =>
  (world) => {
    for (const change of changes) change(world);
  };

async function run(
  change: Change,
  asked: Readonly<Record<Option, boolean>> = { phone: true, "sign-in": true },
) {
  const world = createWorld();
  change(world);
  const live = openWorld(world);
  const results = await runChecks(checks, live, { asked, secrets: [], onResult: () => undefined });
  const ids = (what: string) => results.filter(({ result }) => result === what).map(({ id }) => id);
  return { results, live, ids, exitCode: exitCodeOf(results) };
}

const unreached = (code: string) => on(/./, new Unreached("The app", hookUrl, { code }));
const page = "<!DOCTYPE html><title>Sign in</title>";
const on =
  (call: RegExp, ...given: World["answers"][number][1][]): Change =>
  (world) =>
    world.answers.push(...given.map((one) => [call, one] as const));
const health = (status: number, body: object | string = page, ms?: number) =>
  on(/api\/health/, reply(status, body, ms));
const set =
  (change: Partial<World>): Change =>
  (world) =>
    Object.assign(world, change);
const setting = (settings: Properties) => (world: World) => Object.assign(world.settings, settings);
const parameter = (parameters: object) => (world: World) =>
  Object.assign(world.parameters, parameters);
const sends = (said: Properties) => set({ sms: { outcome: "accepted", provider: "8x8", ...said } });
const refuses = (said: Properties | Error) =>
  set({ expired: said instanceof Error ? said : { outcome: "unauthenticated", ...said } });
const receipts = (...smsReceipts: Properties[]) => set({ smsReceipts });
const called = (receipt: Properties) => set({ voiceReceipts: [receipt] });
/** Without `change`, the rows with this name are lost. */
const rows = (
  name: string,
  change: object | undefined,
  isHit: (row: Properties, at: number) => boolean = () => true,
): Change => {
  let at = 0;
  return set({
    write: (row) =>
      row["name"] === name && isHit(row as Properties, at++)
        ? change && { ...row, ...change }
        : row,
  });
};
const named = (name: string) => ({ id: "", name, properties: {} });
const hook = (change: object) => set({ hooks: (one) => [{ ...one, ...change }] });
const eventHook = (change: object) => set({ eventHook: (one) => ({ ...one, ...change }) });
const other = {
  id: "cal2",
  name: "Other",
  status: "ACTIVE",
  channel: { type: "HTTP", config: { uri: "https://hook.other.com/sms" } },
};
const firstOf =
  (list: "functions" | "scheduledQueryRules", change: object): Change =>
  (world) =>
    Object.assign(world[list][0]?.properties ?? {}, change);
const receivers =
  (change: object): Change =>
  ({ page: group }) =>
    Object.assign(group?.properties ?? {}, change);
const muting =
  (change: object): Change =>
  ({ actionRules }) =>
    actionRules.push({
      ...named("quiet"),
      properties: {
        scopes: ["/subscriptions/0B1C/resourceGroups/rg-okta8x8-dev"],
        actions: [{ actionType: "RemoveAllActionGroups" }],
        ...change,
      },
    });
const second = (settings: Properties, given = reply(401)) =>
  all(setting({ SECOND_HOOK_URL: "https://hook.other.com/sms", ...settings }), on(/\/sms/, given));
const front = (hostname: string, ...originHealth: number[]): Change =>
  all(parameter({ frontDoorId: "f00d" }), set({ originHealth }), (world) => {
    const url = hookUrl.replace(/\/\/[^/]+/, `//${hostname}`);
    if (world.wanted) world.wanted = { ...world.wanted, hook: { ...world.wanted.hook, url } };
  });
/** Okta's System Log of people's codes, of which Okta sent `failovers` itself. */
const sentByOkta = (codes: number, failovers: number) =>
  set({
    systemLog: Array.from({ length: codes }, (_, at) => ({
      eventType: "system.sms.send_factor_verify_message",
      debugContext: { debugData: { isSmsHookFailover: String(at < failovers) } },
    })),
  });
const failed = (count: number) =>
  set({
    systemLog: Array.from({ length: count }, () => ({
      eventType: "inline_hook.executed",
      outcome: { result: "FAILURE", reason: "timeout" },
    })),
  });

const apply = "Run: npx --no okta-8x8-telephony okta apply --env dev";
const rule = (change: object) => firstOf("scheduledQueryRules", change);
const uses = (...given: Properties[]) => set({ uses: given });
const stranger = { outcome: "unauthenticated", join: "", reason: "no-header" };
const acme = setting({ EIGHT_BY_EIGHT_SMS_SENDER: "ACME" });
const written = { codeRow: "written" };
const allow = on(/large/, reply(413, { error: { errorSummary: "" } }));
const dies: Change = on(/health/, (calls) =>
  calls.at(-2)?.endsWith("large") ? reply(502, page) : null,
);
const isExpired = ({ reason }: Properties) => reason === "expired-code";
const rolls = parameter({ updateStrategy: "RollingUpdate" });
const [last, next] = ["2026-11-30T00:00:00", "2026-12-02T00:00:00"];
const other8x8 = { state: "delivered", providerId: "BDA3D56D-1424-E711-813C-06ED3428FE67" };

/** A part of the likely cause, and a change to the deployment that makes only this check differ. */
const falseWorlds: Readonly<Record<string, readonly (readonly [cause: string, change: Change])[]>> =
  {
    health: [
      ["DNS does not know the host.", unreached("ENOTFOUND")],
      ["the connection is refused.", unreached("ECONNREFUSED")],
      ["its certificate is not trusted.", unreached("CERT_HAS_EXPIRED")],
      ["no instance was warm.", health(200, { status: "healthy" }, 4_000)],
      ["another server or a sign-in page answers", health(200)],
      ["the app is stopped.", health(403, "This web app is stopped.")],
      ["a firewall does not allow this computer.", health(403, "IP")],
      ["App Service authentication is on", health(401, "")],
      ["okta.json has another URL.", health(404, "")],
      ["Azure runs no instance of the app.", health(503)],
      ["a setting or secret is wrong.", health(503, { status: "unhealthy" })],
      ["explains each warning.", health(200, { status: "healthy", weak: ["a"] })],
    ],
    closed: [
      ["nothing checks the callers of that route.", on(/\/admin\/host/, reply(200, {}))],
      ["nothing checks the callers of that route.", on(/8x8\/receipts/, reply(200))],
      ["nothing checks the callers of that route.", on(/telephony wrong/, reply(200, {}))],
      ["the host ignores its limit for bodies.", allow],
      ["a large body stops the app.", on(/large/, reply(503, page))],
      ["a large body stops the app.", dies],
    ],
    functions: [
      ["belongs to another project, or did not load.", ({ functions }) => functions.pop()],
      ["belongs to another project", ({ functions }) => functions.push(named("a/other"))],
      ["someone disabled functions", firstOf("functions", { isDisabled: true })],
      ["Azure did not take updateStrategy", rolls],
      ["Azure did not take updateStrategy", set({ strategy: "RollingUpdate" })],
      ["needs two warm instances.", all(rolls, set({ strategy: "RollingUpdate", warm: 1 }))],
      ["failed or still runs", set({ deployment: difference("None.", "failed or still runs") })],
    ],
    alerts: [
      ["was deleted or not deployed.", ({ scheduledQueryRules }) => scheduledQueryRules.shift()],
      ["a person switched the alert off.", rule({ enabled: false })],
      ["someone removed the alert's action group.", rule({ actions: undefined })],
      ["reads the logs of another app.", rule({ scopes: ["/subscriptions/0b1c/other"] })],
      ["reads the logs of another app.", rule({ scopes: [`${logsId}-old`] })],
      ["action group does not exist.", set({ page: undefined })],
      ["action group is disabled.", receivers({ enabled: false })],
      ["action group has no receivers.", receivers({ emailReceivers: [] })],
      ["has unsubscribed.", receivers({ emailReceivers: [{ status: "Disabled" }] })],
      ["mutes the alert now.", muting({})],
      ["mutes the alert now.", muting({ schedule: { effectiveFrom: last, timeZone: "UTC" } })],
    ],
    okta: [
      [`okta.json was not applied. ${apply}`, hook({ status: "INACTIVE" })],
      [`okta.json was not applied. ${apply}`, eventHook({ verificationStatus: "UNVERIFIED" })],
      ["Okta uses another hook.", set({ hooks: () => [other] })],
      ["uses another hook.", set({ hooks: (one) => [{ ...one, status: "INACTIVE" }, other] })],
      ["Okta sends codes with a custom provider.", set({ providers: [{ enabled: true }] })],
      ["explains wrong-secret.", refuses({ reason: "wrong-secret" })],
      [
        "explains secrets-not-loaded.",
        refuses({ outcome: "unavailable", reason: "secrets-not-loaded" }),
      ],
      ["Okta's calls do not reach this app.", refuses(hookFailed(504, "E0000137"))],
      ["Okta's calls do not reach this app.", refuses(hookFailed(502, "E0000134"))],
      ["Okta's hook has another app's URL.", set({ changed: { commands: [] } })],
      ["too slow for Okta, which waits 3 s.", set({ executeMs: 4_000 })],
      ["the app was unreachable or late.", sentByOkta(60, 5)],
      ["the app was unreachable or late.", failed(60)],
    ],
    front: [
      ["okta.json has an app's URL, not the front's.", front(new URL(hookUrl).host, 100)],
      ["or refuses the front's probes.", front("codes.acme.com", 100, 25)],
    ],
    logs: [
      ["the logs are late", set({ logMs: 1_200_000 })],
      ["the logs are late", rows("otp-delivery", undefined)],
      ["Azure samples the telemetry", rows("telephony-hook", { itemCount: "5" })],
      ["daily cap", rows("otp-delivery", undefined, (row, at) => isExpired(row) && at > 2)],
      ["leave requests out.", rows("telephony-hook", undefined, (_, at) => at < 2)],
      ["the first answer came too late", set({ attempts: 2 })],
      ["changes its answers.", rows("otp-delivery", { outcome: "accepted" }, isExpired)],
      ["runtime was changed.", rows("otp-delivery", { sdkVersion: "node22:otel" })],
      [
        "another version is deployed",
        rows("otp-delivery", { application_Version: "0.9.0" }, isExpired),
      ],
    ],
    availability: [
      ["the app refuses the test", ({ availability }) => availability.fill(false, 3, 4)],
      ["the test is off", ({ availability }) => availability.pop()],
    ],
    sms: [
      ["explains invalid-sender.", sends({ outcome: "rejected", reason: "invalid-sender" })],
      ["explains unreachable.", sends({ outcome: "unavailable", reason: "unreachable" })],
      ["explains deadline.", sends({ outcome: "unconfirmed", reason: "deadline" })],
      ["explains key-rejected.", sends({ provider: "second-hook", otherReason: "key-rejected" })],
      ["three people's codes in a row", sends({ provider: "second-hook", passedOver: "8x8" })],
      ["too slow for Okta, which waits 3 s.", sends({ durationMs: "2400" })],
      ["another app answered Okta.", rows("otp-delivery", undefined, (_, at) => at === 4)],
      ["8x8's API has changed.", sends({ transactionId: "1234567" })],
      ["8x8 has no webhook for this sub-account", receipts()],
      ["or sends another secret.", receipts({ reason: "wrong-secret", providerId: "" })],
      ["or sends another secret.", receipts({ outcome: "malformed", providerId: "" })],
      ["or sends another secret.", receipts(other8x8)],
      ["the phone is off", receipts({ state: "sent" })],
      ["sender is not registered", receipts({ state: "delivered", senderChanged: "true" })],
      ["8x8's page explains the error.", receipts({ state: "rejected", errorCode: "99" })],
      ["the mobile operator or the phone lost it.", set({ person: ["n"] })],
      ["the operator changed the sender", all(set({ person: ["y", "Twilio"] }), acme)],
      ["Okta's own provider sent the code too", set({ person: ["y", "Acme", "English", "no"] })],
    ],
    call: [
      ["explains invalid-voice.", set({ voice: { outcome: "rejected", reason: "invalid-voice" } })],
      ["explains the error.", called({ state: "error", errorCode: "-2001" })],
      ["the call was not picked up.", called({ state: "no_answer" })],
    ],
    "sign-in": [
      ["Okta sent the code, or sent no code.", set({ users: [] })],
      ["the event hook is off", uses()],
      ["the event hook is off", uses(stranger)],
      ["the event hook has another secret.", uses({ ...stranger, reason: "wrong-secret" })],
      ["the state table does not answer the app.", uses({ join: "failed" })],
      ["another format, user or factor.", uses({ outcome: "malformed", join: "" })],
      ["another format, user or factor.", uses({ eventId: "of-yesterday" })],
      ["Okta repeated its event.", uses(written, written)],
      ["the state table refuses the app.", uses({ codeRow: "waiting" })],
    ],
    "second-hook": [
      ["SECOND_HOOK_URL is wrong", second({}, reply(301))],
      ["SECOND_HOOK_URL is wrong", second({}, reply(200, page))],
      ["does not have the hook's secret.", second({ SECOND_HOOK_FIRST_FOR: "DE" })],
      ["does not have the hook's secret.", second({ SECOND_HOOK_FIRST_FOR: "1%" })],
    ],
  };
const table = Object.entries(falseWorlds).flatMap(([id, worlds]) =>
  worlds.map(([cause, change], at) => ({ id, cause, world: at + 1, change })),
);
test.each(table)(
  "only the check $id differs, because $cause (case $world)",
  async ({ id, cause, change }) => {
    const { results, ids, exitCode } = await run(change);
    expect(ids("differs")).toEqual([id]);
    expect(results.find((one) => one.id === id)?.cause).toContain(cause);
    expect(exitCode).toBe(1);
  },
);

const bySecond = { outcome: "accepted", provider: "second-hook" };
const trueWorlds: Readonly<Record<string, Change>> = {
  "nothing is changed": () => undefined,
  "Okta calls a front": front("codes.acme.com", 100, 75),
  "a second hook gets another country's codes": second({ SECOND_HOOK_FIRST_FOR: "GB" }),
  "the second hook gets every code": all(
    second({ SECOND_HOOK_FIRST_FOR: "all" }),
    set({ sms: bySecond, voice: bySecond }),
  ),
  "receipts are off": on(/8x8\/receipts/, reply(404)),
  "this computer's clock is 50 s fast": set({ aheadMs: -50_000 }),
  "Okta's rate limit is reached": refuses(hookFailed(429, "E0000047")),
  "the sign-in may not execute the hook": refuses(hookFailed(403, "E0000006")),
  "Okta itself fails": refuses(hookFailed(500, "E0000009")),
  "the host answers a large body with 500": on(/large/, reply(500)),
  "the host closes the connection of a large body": on(/large/, new Error("reset")),
  "an attacker's request has no secret": set({ others: [stranger] }),
  "an attacker posts an event": uses({ ...stranger, reason: "wrong-secret" }, written),
  "others get codes during the sign-in": set({ users: ["00u1", "00u2"] }),
  "other codes are logged": set({ others: [{ eventId: "other", outcome: "rejected" }] }),
  "Okta sent a few of many codes itself": sentByOkta(300, 2),
  "some previews failed": failed(20),
  "another hook is off": set({ hooks: (one) => [one, { ...other, status: "INACTIVE" }] }),
  "one of two receivers has unsubscribed": receivers({ smsReceivers: [{ status: "Disabled" }] }),
  "only a webhook is paged": receivers({ emailReceivers: [], webhookReceivers: [{ name: "a" }] }),
  "a rule adds a group": muting({ actions: [{ actionType: "AddActionGroups" }] }),
  "a processing rule is off": muting({ enabled: false }),
  "a processing rule mutes others": muting({ scopes: ["/subscriptions/0b1c/resourceGroups/rg"] }),
  "a processing rule mutes some hours": muting({ schedule: { recurrences: [{ a: "09" }] } }),
  "a processing rule has ended": muting({ schedule: { effectiveUntil: last } }),
  "a processing rule has not begun": muting({ schedule: { effectiveFrom: next } }),
  "a processing rule has a time zone": muting({ schedule: { timeZone: "Pacific Standard Time" } }),
  "a processing rule mutes Sev4 only": muting({ conditions: [{ field: "Severity" }] }),
  "RollingUpdate is in force": all(rolls, set({ strategy: "RollingUpdate" })),
  "the app just started": on(/health/, (calls) => (calls.length < 3 ? reply(503, {}) : null)),
  "no one answers the questions": set({ person: ["", ""] }),
  "the person saw both": all(acme, set({ person: ["y", "Acme", "en", "y", "y", "+1", "en", "y"] })),
  "the app has no voice": setting({ EIGHT_BY_EIGHT_VOICE_SUBACCOUNT: "" }),
};
test.each(Object.entries(trueWorlds))("no check differs if %s", async (_, change) => {
  expect((await run(change)).ids("differs")).toEqual([]);
});

test("exits 0 if every check holds or has nothing to show", async () => {
  const { exitCode, ids } = await run(() => undefined);
  expect(ids("not here")).toEqual(["front", "second-hook"]);
  expect([ids("not shown"), exitCode]).toEqual([[], 0]);
});

test("health and closed are not here if the values do not let this computer call the app", async () => {
  const change = all(parameter({ allowedIpRanges: ["198.51.100.0/24"] }), on(/api/, reply(403)));
  const { exitCode, ids } = await run(change);
  expect(ids("not here")).toEqual(["health", "closed", "front", "second-hook"]);
  expect(exitCode).toBe(0);
});

test("okta, sms and call are not here for a stand-by", async () => {
  const change = all(parameter({ standby: true }), set({ hooks: () => [other] }));
  const { exitCode, ids } = await run(change, { phone: true, "sign-in": false });
  expect(ids("not here")).toEqual(["okta", "front", "sms", "call", "sign-in", "second-hook"]);
  expect(exitCode).toBe(0);
});

test("without okta.json, only okta, sms and call are not shown", async () => {
  const { exitCode, ids } = await run(set({ wanted: undefined }));
  expect([ids("differs"), ids("not shown"), exitCode]).toEqual([[], ["okta", "sms", "call"], 2]);
});

test("without options, Okta sends no live code, and a person is asked nothing", async () => {
  const { live, ids } = await run(set({ phone: undefined }), { phone: false, "sign-in": false });
  expect(ids("not here")).toEqual(["front", "sms", "call", "sign-in", "second-hook"]);
  expect(live.calls.filter((call) => call.startsWith("Okta"))).toEqual([
    "Okta expired sms",
    "Okta expired voice",
  ]);
});

test("the run has a second user id if the second hook gets a percentage of the codes", () => {
  expect(userIdsFor(undefined).ofSecond).toBeUndefined();
  expect(userIdsFor("GB", "+4915112345678").ofSecond).toBeUndefined();
  const { usual, ofSecond } = userIdsFor("1%");
  for (const id of [usual, ofSecond]) expect(id).toMatch(/^00uVerify[A-Z]{11}$/);
  expect(usual).not.toBe(ofSecond);
});

test.each([
  ["no SMS", { SECOND_HOOK_FIRST_FOR: "" }, 1],
  ["a second SMS", { SECOND_HOOK_ON_RESEND: "other" }, 2],
])("%s is sent to a second hook with the settings %j", async (_, settings, count) => {
  const { live, ids } = await run(second(settings));
  expect(live.calls.filter((call) => call === "Okta live sms")).toHaveLength(count);
  expect([ids("not shown"), ids("differs")]).toEqual([["second-hook"], []]);
});

test("a path that begins with // in okta.json leads to no other host", async () => {
  const { live } = await run(({ wanted }) =>
    Object.assign(wanted?.hook ?? {}, { url: hookUrl.replace("/api", "//evil.test/api") }),
  );
  expect([...live.hosts]).toEqual([new URL(hookUrl).host]);
});

test.each([
  ["yes", () => undefined],
  [
    "yes, but: Only second-hook accepted the code. The other provider says key-rejected.",
    sends({ provider: "second-hook", otherReason: "key-rejected" }),
  ],
  ["no", sends({ outcome: "rejected", reason: "invalid-sender" })],
  ["no", set({ hooks: () => [] })],
  ["not shown", health(502)],
] as const)("the first line of the report says %s", async (words, change) => {
  const { results } = await run(change);
  expect(summaryOf(results).split("\n")[0]).toBe(`- Okta sends codes by SMS: ${words}`);
});

test("every check has a unique id and a test in which it differs", () => {
  const ids = checks.map(({ id }) => id);
  expect(Object.keys(falseWorlds).toSorted()).toEqual(ids.toSorted());
});
