import * as z from "zod";
import packageJson from "../../package.json" with { type: "json" };
import { functionNames } from "../../src/functions/register.ts";
import { reasonOfCode } from "../../src/8x8/reply.ts";
import { parseJson } from "../../src/privacy/json.ts";
import type { Channel } from "../../src/rules/channels.ts";
import { summaryOf } from "../okta/describe-plan.ts";
import { expiredCode, liveCode } from "../okta/expired-code.ts";
import { OktaError } from "../okta/okta-error.ts";
import { planOf } from "../okta/plan.ts";
import { readSystemLog } from "../okta/system-log.ts";
import { verify } from "../okta/verify.ts";
import { Unreached } from "../unreached.ts";
import { expectedAlerts, version, type Azure, type Row } from "./azure.ts";
import { Difference, NotShown, unless, Warning, type Check } from "./check.ts";
import type { Live, OwnRequest, Reply, Request } from "./live.ts";

const learn = (path: string) => `https://learn.microsoft.com/${path}`;
const oktaDocs = (path: string) => `https://developer.okta.com/docs/${path}`;
const docsOf8x8 = (path: string) => `https://developer.8x8.com/connect/${path}`;

const second = 1_000;
const minute = 60 * second;
/** https://learn.microsoft.com/azure/azure-monitor/logs/data-ingestion-time names 3 on average. */
const logLimitMs = 5 * minute;
const pauseMs = 5 * second;

/** In the order in which they run. Reading logs comes late, because rows need minutes to arrive. */
export const checks: readonly Check<Live>[] = [
  {
    id: "health",
    says: "The app answers /api/health with 200, its own JSON and no warning.",
    page: learn("azure/azure-functions/flex-consumption-plan"),
    breaks: "Without its secrets, the app answers 503 to every code.",
    async run(live) {
      const health = () => live.call("app", "/api/health");
      // An app that has just started reads its secrets first.
      const reply = await arrived(live, health, ({ status }) => status !== 503, minute);
      const { status, ...lists } = record(reply.json);
      const named = Object.entries(lists).map(([name, what]) => `${plain(name)}: ${plain(what)}`);
      const seen = `HTTP ${reply.status}, ${plain(status)}. ${named.join(", ")}`.trim();
      unless(status !== "unhealthy", seen, "a setting or secret is missing or invalid.");
      unless(status === "healthy" && reply.status === 200, seen, causeOfStatus(reply));
      if (named.length > 0) throw new Warning(seen, "docs/configure.md explains each warning.");
      return seen;
    },
  },
  {
    id: "expired-code",
    says: "The app refuses a request with an expired code within 3 s.",
    page: oktaDocs("guides/telephony-inline-hook/"),
    breaks: "Okta gives up after 3 s. Codes come from Okta's own provider, or not at all.",
    after: ["health"],
    async run(live) {
      const { own, reply } = await ask(live, expiredCode());
      const seen = wordsOf(own, reply);
      unless(own.outcome !== "accepted", seen, "the app's clock is an hour late.");
      unless(own.outcome === "refused", seen, causeOfAnswer(own, reply));
      unless(reply.ms <= 3 * second, seen, "the network or the app is too slow for Okta.");
      return seen;
    },
  },
  {
    id: "closed",
    says: "Closed routes, a missing or wrong secret, and large bodies get the statuses of the app and the host. The app still answers afterwards.",
    page: learn("azure/azure-functions/functions-app-settings"),
    breaks: "Anyone can send messages at your cost, read functions, or fill the app's memory.",
    after: ["expired-code"],
    run: judgeClosed,
  },
  {
    id: "functions",
    says: "Azure lists exactly this project's functions, and all are enabled.",
    page: learn("rest/api/appservice/web-apps/list-functions"),
    breaks: "A route answers 404, or other code runs beside the app's secrets.",
    async run(live) {
      const azure = await live.azure();
      const type = `Microsoft.Web/sites/${azure.appName}/functions`;
      const found = z.array(listedFunction).parse(await azure.list(type, "2024-11-01"));
      const names = found.map(({ name }) => name.split("/").at(-1) ?? "");
      const others = names.filter((name) => !functionNames.includes(name));
      const missing = functionNames.filter((name) => !names.includes(name));
      const off = names.filter((_, at) => found[at]?.properties.isDisabled === true);
      unless(others.length === 0, `Also: ${plain(others)}.`, "the package is another project's.");
      unless(missing.length === 0, `Not: ${plain(missing)}.`, "the package did not load.");
      unless(off.length === 0, `Disabled: ${plain(off)}.`, "someone disabled it in the portal.");
      return `${names.length} functions.`;
    },
  },
  {
    id: "alerts",
    says: "Each alert that was chosen exists, is on and has an action group.",
    page: learn("azure/azure-monitor/alerts/alerts-overview"),
    breaks: "The people on call do not hear of an outage.",
    run: judgeAlerts,
  },
  {
    id: "tokens",
    says: "The token endpoint and the keys that the app reads are the org's.",
    page: oktaDocs("guides/common-hook-set-up-steps/"),
    breaks: "The app answers 401 to every code.",
    run: judgeTokens,
  },
  {
    id: "okta",
    says: "Okta is as okta.json says. The app accepts its secret or token, and its System Log shows this run's calls within 2 minutes.",
    page: oktaDocs("api/openapi/okta-management/management/tags/inlinehook"),
    breaks: "Okta does not use the app, and no one sees it.",
    after: ["health", "tokens"],
    async run(live) {
      const { wanted } = live;
      if (wanted === undefined) throw new NotShown("There is no okta.json for this environment.");
      const org = await live.org();
      const plan = await planOf(org, wanted);
      const differs = summaryOf(plan);
      unless(
        differs.length === 0,
        differs.join(" "),
        "the org was changed, or okta.json not applied.",
      );
      return judgeCalls(live, org, plan.ours?.id ?? "");
    },
  },
  {
    id: "8x8",
    says: "8x8 accepts the key for the sub-account, and a prepaid account has credit.",
    page: docsOf8x8("docs/api-error-codes"),
    breaks: "8x8 rejects every code.",
    async run(live) {
      const { EIGHT_BY_EIGHT_SMS_SUBACCOUNT: account = "" } = (await live.azure()).settings;
      const path = `/api/v1/subaccounts/${encodeURIComponent(account)}/messages`;
      // 8x8 checks the key and the sub-account before it misses the number.
      const reply = await live.call("8x8", path, { method: "POST", body: "{}" });
      if (reply.status === 403 && reply.json !== undefined)
        throw new NotShown("8x8's list of addresses does not hold this computer. Try --phone +….");
      const code = codeAt8x8(reply);
      const seen = `An empty SMS gets HTTP ${reply.status}, ${code ?? "without a code"}.`;
      unless(causeOf8x8(reply, code) === undefined, seen, causeOf8x8(reply, code) ?? "");
      return live.account === undefined ? seen : judgeBalance(live, live.account);
    },
  },
  {
    id: "clocks",
    says: "The clocks of Azure, Okta and this computer agree as closely as the app needs.",
    page: oktaDocs("guides/telephony-inline-hook/"),
    breaks: "The app refuses codes as expired, or does not match used codes.",
    run: judgeClocks,
  },
  {
    id: "front",
    says: "Okta calls the front, and the front finds its apps healthy.",
    page: learn("azure/frontdoor/health-probes"),
    breaks: "Okta's calls do not reach the app, or a failover does not work.",
    run: judgeFront,
  },
  {
    id: "logs",
    says: "All requests of this run, with their events, are in the app's Application Insights within 5 minutes, none sampled, from Node 24, host 4 and this version.",
    page: learn("azure/azure-monitor/logs/data-ingestion-time"),
    breaks: "Alerts and the workbook miss codes.",
    after: ["expired-code"],
    run: judgeLogs,
  },
  {
    id: "availability",
    says: "The last results of the availability test are successes.",
    page: learn("azure/azure-monitor/app/availability-standard-tests"),
    breaks: "The alert health-red does not fire, or fires without a reason.",
    after: ["health", "logs"],
    run: judgeAvailability,
  },
  {
    id: "sms",
    says: "One SMS is accepted and delivered, with our sender. Its last receipt has its id.",
    page: docsOf8x8("docs/delivery-receipts-for-outbound-sms"),
    breaks: "People get no codes, or no one sees that codes do not arrive.",
    needs: "phone",
    after: ["expired-code", "8x8", "logs"],
    run: (live) => judgeDelivery(live, "sms"),
  },
  {
    id: "call",
    says: "One call is accepted and completed. Its receipt has its id.",
    page: docsOf8x8("docs/voice/voice-messaging/session-status"),
    breaks: "People get no calls, or no one sees that calls do not arrive.",
    needs: "phone",
    after: ["expired-code", "logs"],
    run: (live) => judgeDelivery(live, "voice"),
  },
  {
    id: "sign-in",
    says: "A sign-in's code is matched to its event once. Its row was written before.",
    page: oktaDocs("concepts/event-hooks/"),
    breaks: "The guard and the workbook do not learn which codes were used.",
    needs: "sign-in",
    after: ["okta", "logs"],
    run: judgeSignIn,
  },
  {
    id: "second-hook",
    says: "The second hook answers, and a code goes through it.",
    page: oktaDocs("guides/telephony-inline-hook/"),
    breaks: "No code arrives while 8x8 fails.",
    after: ["expired-code", "logs"],
    run: judgeSecondHook,
  },
];

// The app's answers

const record = (json: unknown) => z.record(z.string(), z.unknown()).catch({}).parse(json);

/** Returns words and names that a host sent, and nothing that could be a value. */
function plain(what: unknown): string {
  const all = (Array.isArray(what) ? what : [what]).map(String);
  return all.map((one) => (/^[\w-]{1,60}$/.test(one) ? one : "…")).join(" ");
}

const sentBody = z.looseObject({
  eventId: z.string(),
  data: z.looseObject({ messageProfile: z.looseObject({ otpExpires: z.string() }) }),
});
const value = z.object({
  provider: z.string().optional(),
  transactionId: z.string().optional(),
  transactionMetadata: z.string(),
});
const answerToOkta = z.object({
  commands: z.tuple([z.object({ value: z.tuple([value]) })]),
});
const details = z.object({ outcome: z.string(), reason: z.string().optional() });

/** Writes the time at which a code expires by the app's clock. This computer's may be wrong. */
function inTimeOfApp(live: Live, body: object) {
  const sent = sentBody.parse(body);
  const { messageProfile } = sent.data;
  const aheadMs = live.now() - Date.now() + (live.aheadMs("app") ?? 0);
  const expires = Date.parse(messageProfile.otpExpires) + aheadMs;
  messageProfile.otpExpires = new Date(expires).toISOString();
  return sent;
}

/** Sends a request as Okta does, and notes it as this run's own. */
async function ask(live: Live, request: object, channel: Channel = "sms") {
  const body = inTimeOfApp(live, request);
  const sent = { eventId: body.eventId, channel, at: new Date(live.now()) };
  const path = new URL(live.hook.url).pathname;
  const post: Request = { method: "POST", body: JSON.stringify(body), secret: "right" };
  const reply = await live.call("app", path, post);
  const [answer] = answerToOkta.safeParse(reply.json).data?.commands[0].value ?? [];
  const said = details.safeParse(parseJson(answer?.transactionMetadata ?? "")).data;
  const own: OwnRequest = { ...sent, ...answer, ...said };
  if (said !== undefined || reply.status === 503) live.own.push(own);
  return { own, reply };
}

function wordsOf({ outcome, reason }: OwnRequest, { status, ms }: Reply): string {
  const words = outcome === undefined ? ["not the app's outcome"] : [outcome, reason ?? ""];
  return `HTTP ${status}, ${words.filter(Boolean).join(", ")}, in ${ms} ms.`;
}

const causeOfAnswer = ({ outcome, reason }: OwnRequest, reply: Reply) =>
  outcome === undefined ? causeOfStatus(reply) : causeOfReason(reason);

const causesOfStatus: Readonly<Record<number, string>> = {
  200: "another server answers at that URL.",
  400: "the app cannot read the request. Compare OKTA_AUTH_HEADER with okta.json.",
  401: "the hook secret of this run is not in the vault, or the header is not OKTA_AUTH_HEADER.",
  403: "allowedIpRanges or the front's firewall does not allow this computer.",
  404: "the app's code is not deployed, or okta.json has another URL.",
  413: "a proxy or a front has a smaller limit.",
  500: "the app failed. Look at exceptions in Application Insights.",
};

function causeOfStatus({ status, text, json }: Reply): string {
  if (status >= 300 && status < 400) return "a sign-in page or another server is in front.";
  if (status === 403 && /stopped/i.test(text)) return "the app is stopped.";
  if (status === 503 && json !== undefined) return "/api/health names what is missing.";
  const other = status > 500 ? "Azure runs no instance of the app." : "a server is in front.";
  return causesOfStatus[status] ?? other;
}

const causesOfReason: Readonly<Record<string, string>> = {
  "no-header": "Okta sends its secret in another header than OKTA_AUTH_HEADER.",
  "wrong-secret": "Okta has another secret than the vault.",
  "key-rejected": "8x8 does not know the key.",
  forbidden: "8x8's list of addresses does not hold the caller.",
  "wrong-subaccount": "the sub-account is another account's, or the host another region's.",
  "invalid-sender": "the sender is not registered in that country.",
  "invalid-voice": "the sub-account does not have the voice.",
  "no-credit": "the account has no credit.",
  "insecure-protocol": "a proxy before 8x8 does not use TLS 1.3.",
  unreachable: "the app cannot reach 8x8.",
  redirected: "a proxy before 8x8 redirects, or the host is not 8x8's.",
  "rate-limited": "8x8's limit of requests is reached.",
  "provider-error": "8x8 is down.",
  deadline: "8x8 did not answer in time.",
  "unreadable-answer": "the answer is not 8x8's.",
};
const causeOfReason = (reason = "") =>
  causesOfReason[reason] ?? `docs/troubleshoot.md explains ${plain(reason)}.`;

async function judgeClosed(live: Live): Promise<string> {
  const hook = new URL(live.hook.url).pathname;
  const shut = [401, 403, 404, 405];
  const rows: readonly (readonly [number[], Request["method"], string, Request["secret"]?])[] = [
    [shut, "GET", "/admin/host/status"],
    [shut, "POST", "/admin/functions/telephony-hook"],
    [shut, "GET", hook],
    [[401, 404], "POST", "/api/okta/events"],
    [[401, 404], "POST", "/api/8x8/receipts"],
    [[401], "POST", hook],
    [[401], "POST", hook, "wrong"],
  ];
  for (const [right, method = "GET", path, secret] of rows) {
    const reply = await live.call("app", path, {
      method,
      ...(method === "POST" && { body: "{}" }),
      ...(secret && { secret }),
    });
    const { status } = reply;
    const who = secret === undefined ? "without a secret" : "with a wrong secret";
    const isOpen = status >= 200 && status < 300;
    const cause = isOpen ? "nothing checks the callers of that route." : causeOfStatus(reply);
    unless(right.includes(status), `HTTP ${status} to ${method} ${path} ${who}.`, cause);
  }
  live.refused.push(401, 401);
  if (live.hook.auth === "token") return "Large bodies were not tried: only Okta gets tokens.";

  const send = (kib: number) =>
    live.call("app", hook, { method: "POST", body: "x".repeat(kib * 1024), secret: "right" });
  const isOfApp = ({ text }: Reply) => text.includes("errorSummary");
  const small = await send(65);
  const isRight = small.status === 413 && isOfApp(small);
  const isRefusedBefore = [400, 403, 413].includes(small.status) && !isOfApp(small);
  const cause = isRefusedBefore ? causesOfStatus[413] : causeOfStatus(small);
  unless(isRight, `HTTP ${small.status} to 65 KiB, not the app's 413.`, cause ?? "");
  live.refused.push(413);
  // The host may cut this connection instead of answering.
  const large = await send(3 * 1024).catch(undefinedIfUnreached);
  const isHosts = large === undefined || (large.status >= 400 && !isOfApp(large));
  unless(isHosts, "The app got a body of 3 MiB.", "the host ignores its limit for bodies.");
  const after = await ask(live, expiredCode()).catch(undefinedIfUnreached);
  const seen = after === undefined ? "no answer." : wordsOf(after.own, after.reply);
  const isAlive = after?.own.outcome === "refused";
  unless(isAlive, `After a body of 3 MiB: ${seen}`, "a large body stopped the worker.");
  return "Every status is right. The app answered afterwards.";
}

function undefinedIfUnreached(error: unknown): undefined {
  if (!(error instanceof Unreached)) throw error;
}

// Azure's lists

const listedFunction = z.object({
  name: z.string(),
  properties: z.object({ isDisabled: z.boolean().nullish() }),
});
const listedRule = z.object({
  name: z.string(),
  properties: z.object({ enabled: z.boolean(), actions: z.unknown() }),
});
const listedGroup = z.object({
  id: z.string().toLowerCase(),
  properties: z.object({ enabled: z.boolean() }),
});
const listedProfile = z.object({
  id: z.string(),
  properties: z.object({ frontDoorId: z.string().nullish() }),
});
const domains = z.object({
  value: z.array(z.object({ properties: z.object({ hostName: z.string().toLowerCase() }) })),
});
const series = z.object({ data: z.array(z.object({ average: z.number().nullish() })) });
const metrics = z.object({ value: z.array(z.object({ timeseries: z.array(series) })) });

async function judgeAlerts(live: Live): Promise<string> {
  const azure = await live.azure();
  const choice = azure.parameters["alerts"];
  if (choice === "none") throw new NotShown("The environment has no alerts: alerts = 'none'.");
  const found = [
    ...(await azure.list("Microsoft.Insights/scheduledQueryRules", "2023-12-01")),
    ...(await azure.list("Microsoft.Insights/metricAlerts", "2018-03-01")),
    ...(await azure.list("Microsoft.Insights/activityLogAlerts", "2020-10-01")),
  ];
  const rules = new Map(
    z
      .array(listedRule)
      .parse(found)
      .map(({ name, properties }) => [name.replace(`-${azure.suffix}`, ""), properties]),
  );
  const expected = expectedAlerts(choice);
  const lacking = (is: (rule: (typeof listedRule)["_output"]["properties"]) => boolean) =>
    expected.filter((name) => {
      const rule = rules.get(`alert-${name}`);
      return rule !== undefined && is(rule);
    });
  const missing = expected.filter((name) => !rules.has(`alert-${name}`));
  const off = lacking(({ enabled }) => !enabled);
  const hasGroup = /\/actionGroups\//i;
  const silent = lacking(({ actions }) => !hasGroup.test(JSON.stringify(actions ?? "")));
  unless(missing.length === 0, `Missing: ${plain(missing)}.`, "they were deleted or not deployed.");
  unless(off.length === 0, `Off: ${plain(off)}.`, "Azure or a person switched them off.");
  unless(silent.length === 0, `Silent: ${plain(silent)}.`, "someone removed their action group.");
  const groups = z
    .array(listedGroup)
    .parse(await azure.list("Microsoft.Insights/actionGroups", "2023-01-01"));
  const disabled = groups.filter(({ properties }) => !properties.enabled).map(({ id }) => id);
  const unheard = lacking(({ actions }) => {
    const ids = JSON.stringify(actions).toLowerCase();
    return disabled.some((id) => ids.includes(`"${id}"`));
  });
  unless(unheard.length === 0, `Unheard: ${plain(unheard)}.`, "someone disabled an action group.");
  return `${expected.length} alerts.`;
}

async function judgeFront(live: Live): Promise<string> {
  const azure = await live.azure();
  const wanted = azure.parameters["frontDoorId"];
  if (typeof wanted !== "string" || wanted === "")
    throw new NotShown("The environment is not behind a front.");
  const all = await azure.list("Microsoft.Cdn/profiles", "2025-06-01", "subscription");
  const front = z
    .array(listedProfile)
    .parse(all)
    .find(({ properties }) => properties.frontDoorId?.toLowerCase() === wanted.toLowerCase());
  if (front === undefined) throw new NotShown("You can read no front with the deployed id.");
  const named = domains.parse(await azure.get(`${front.id}/customDomains`, version("2025-06-01")));
  const { hostname } = new URL(live.hook.url);
  const isFronts = named.value.some(({ properties }) => properties.hostName === hostname);
  unless(isFronts, "Okta calls another host than the front.", "okta.json has the app's own URL.");
  const end = live.now() + (live.aheadMs("app") ?? 0);
  const times = [end - 15 * minute, end].map((time) => new Date(time).toISOString());
  const read = await azure.get(`${front.id}/providers/Microsoft.Insights/metrics`, {
    ...version("2023-10-01"),
    metricnames: "OriginHealthPercentage",
    aggregation: "Average",
    interval: "PT5M",
    timespan: times.join("/"),
    $filter: "Origin eq '*'",
  });
  const health = metrics
    .parse(read)
    .value.flatMap(({ timeseries }) => timeseries)
    .map(({ data }) => data.findLast(({ average }) => typeof average === "number")?.average)
    .filter((average) => typeof average === "number");
  if (health.length === 0) throw new NotShown("The front reports no health yet.");
  // An app needs three good probes of the last four: infra/front.bicep.
  const ill = health.filter((percent) => percent < 75).length;
  const seen = `${ill} of ${health.length} apps are unhealthy.`;
  unless(ill === 0, seen, "an app is down, or refuses the front's probes. See docs/outage.md.");
  return seen;
}

// Okta

type Org = Awaited<ReturnType<Live["org"]>>;

async function judgeCalls(live: Live, org: Org, hookId: string): Promise<string> {
  await live.call("okta", "/.well-known/okta-organization");
  const { EIGHT_BY_EIGHT_VOICE_SUBACCOUNT: calls } = (await live.azure()).settings;
  const channels: readonly Channel[] = calls ? ["sms", "voice"] : ["sms"];
  const time = (byMs: number) => new Date(live.now() + (live.aheadMs("okta") ?? 0) + byMs);
  const since = time(-2 * second);
  for (const channel of channels) {
    let eventId = "";
    const at = new Date(live.now());
    const execute = (id: string, request: object) => {
      const body = inTimeOfApp(live, request);
      eventId = body.eventId;
      return org.execute(id, body).catch(notShownIfRefused);
    };
    const said = await verify({ execute }, hookId, channel);
    if (!said.proved) throw new Difference(said.words, await causeOfRefusal(live));
    const { outcome, reason } = said.details;
    live.own.push({ eventId, at, channel, outcome, ...(reason && { reason }) });
  }
  const until = time(2 * second);
  const log = await arrived(
    live,
    () => readSystemLog(org, since, until),
    ({ processed, failed }) => processed + failed >= channels.length,
    2 * minute,
  );
  const lost = log.unread + log.failed;
  const seen = `The System Log shows ${log.processed} of ${channels.length} calls, ${lost} failed.`;
  unless(lost === 0, seen, "Okta cannot use the app's answers.");
  unless(
    log.processed >= channels.length,
    seen,
    "the System Log is late, or does not show calls of /execute.",
  );
  return `The plan is empty. ${seen}`;
}

/** Only the app's event says why it refused Okta's secret or token. */
async function causeOfRefusal(live: Live): Promise<string> {
  const since = inTimeOfAzure(live, live.own[0]?.at ?? new Date(live.now()));
  const own = live.refused.filter((status) => status === 401).length;
  const read = async () => {
    const azure = await live.azure();
    const rows = (await azure.rows(since, "otp-delivery")).filter(isOfApp(azure));
    // The first ones are this run's own, without a secret.
    return byTime(rows.filter(isRefusal)).slice(own);
  };
  const refused = await arrived(live, read, (rows) => rows.length > 0).catch(() => []);
  const reason = refused.at(-1)?.properties["reason"];
  return reason === undefined
    ? "Okta's calls do not reach this app, or the app is too slow."
    : causeOfReason(reason);
}

const isRefusal = ({ properties: { outcome, reason } }: Row) =>
  outcome === "unauthenticated" || reason === "keys-not-loaded";

/** Okta did not call the app: it refuses the sign-in, or its rate limit is reached. */
function notShownIfRefused(error: unknown): never {
  const isRefused = error instanceof OktaError && [401, 403, 429].includes(error.status ?? 0);
  throw isRefused ? new NotShown(error.message) : error;
}

async function judgeClocks(live: Live): Promise<string> {
  await live.call("app", "/api/health");
  if (live.wanted !== undefined) await live.call("okta", "/.well-known/okta-organization");
  const azure = live.aheadMs("app");
  if (azure === undefined) throw new NotShown("The app's answers have no Date header.");
  const okta = live.aheadMs("okta") ?? azure;
  const seen = `Azure's clock is ${inSeconds(azure)} and Okta's ${inSeconds(okta)} ahead of this computer's.`;
  const wrong = Math.abs(azure) < Math.abs(okta) ? "Okta's" : "Azure's";
  // The app matches a used code to a code that was sent at most 5 s later.
  unless(Math.abs(azure - okta) <= 5 * second, seen, `${wrong} clock is wrong.`);
  // The app refuses a code that expired more than a minute ago.
  unless(Math.abs(azure) <= minute, seen, "this computer's clock is wrong. Set it by NTP.");
  return seen;
}

const inSeconds = (ms: number) => `${(ms / second).toFixed(1)} s`;

async function judgeTokens(live: Live): Promise<string> {
  if (live.hook.auth !== "token") throw new NotShown("The hook uses a secret.");
  if (live.wanted?.hook.auth !== "token") throw new NotShown("okta.json has no hook with tokens.");
  const { org, hook } = live.wanted;
  const { OKTA_TOKEN_ISSUER: issuer = "", OKTA_TOKEN_KEYS_URL: keys } = (await live.azure())
    .settings;
  // An org's authorization server can have the org's custom domain.
  const { origin } = new URL(issuer);
  const known = await live.call("okta", `${origin}/.well-known/okta-organization`);
  const isOrgs = origin === org || JSON.stringify(known.json ?? "").includes(`"${org}"`);
  unless(isOrgs, "The issuer is not the org's.", "OKTA_TOKEN_ISSUER names another org.");
  const path = `${issuer}/.well-known/oauth-authorization-server`;
  const said = record((await live.call("okta", path)).json);
  const has = (name: string, expected: string) => said[name] === expected;
  unless(has("issuer", issuer), "Okta has no such issuer.", "OKTA_TOKEN_ISSUER has a wrong id.");
  unless(
    has("token_endpoint", hook.tokenUrl),
    "The token endpoint is another.",
    "tokenUrl is wrong.",
  );
  unless(
    has("jwks_uri", keys || `${issuer}/v1/keys`),
    "The app reads keys elsewhere.",
    "OKTA_TOKEN_KEYS_URL is wrong. Unset it.",
  );
  return "Endpoint and keys are the org's.";
}

// 8x8

const codeAt8x8 = ({ json }: Reply) => z.object({ code: z.int() }).safeParse(json).data?.code;

/** Undefined if 8x8 misses only the number or the text, or anything else in the message. */
function causeOf8x8({ status, json }: Reply, code: number | undefined): string | undefined {
  const reason = reasonOfCode.get(code ?? status);
  if (status >= 500) return "8x8 is down, or a proxy in front of it.";
  if (status === 429) return "8x8's limit of requests is reached.";
  if (status >= 300 && status < 400) return causeOfReason("redirected");
  if (status === 403) return "a proxy or a firewall before 8x8 refuses this computer.";
  const { status: sms } = record(json);
  // 8x8 documents both ways to refuse an SMS.
  if (status === 200 && record(sms)["code"] === "REJECTED") return undefined;
  const isAboutMessage =
    code !== undefined && /^invalid-(?:number|text|request)$/.test(reason ?? "");
  if ([400, 422].includes(status) && isAboutMessage) return undefined;
  return status >= 400 && reason !== undefined && !isAboutMessage
    ? causeOfReason(reason)
    : "another server answers in place of 8x8's API.";
}

/** https://developer.8x8.com/connect/reference/get-account-balance */
async function judgeBalance(live: Live, account: string): Promise<string> {
  const reply = await live.call("8x8", `/api/v1/accounts/${encodeURIComponent(account)}/balance`);
  const { status } = reply;
  if (status === 403) throw new NotShown("The key is right. Only prepaid accounts have a balance.");
  const cause =
    status === 404 ? "EIGHT_BY_EIGHT_ACCOUNT is wrong." : causeOf8x8(reply, codeAt8x8(reply));
  const balance = Number(record(reply.json)["balance"] ?? NaN);
  const isRead = status === 200 && !Number.isNaN(balance);
  unless(isRead, `HTTP ${status} to the balance, without a number.`, cause ?? "");
  unless(balance > 0, "The balance is not above 0.", "the credit is used up. Top up.");
  return "The key is right, and there is credit.";
}

// Logs

/** Reads until it is enough, for as long as rows may take to arrive. */
async function arrived<Read>(
  live: Live,
  read: () => Promise<Read>,
  isEnough: (read: Read) => boolean,
  limitMs = logLimitMs,
): Promise<Read> {
  const end = live.now() + limitMs;
  for (;;) {
    const found = await read();
    if (isEnough(found) || live.now() >= end) return found;
    await live.sleep(pauseMs);
  }
}

/** A time by Azure's clock, a little earlier. */
const inTimeOfAzure = (live: Live, at: Date) =>
  new Date(at.getTime() + (live.aheadMs("app") ?? 0) - 5 * second);
const isOfApp =
  ({ appName }: Azure) =>
  ({ cloud_RoleName: app }: Row) =>
    app.toLowerCase() === appName.toLowerCase();

async function judgeLogs(live: Live): Promise<string> {
  const azure = await live.azure();
  const { own } = live;
  const [first] = own;
  if (first === undefined) throw new NotShown("The app has answered no request of this run.");
  const start = live.now();
  const read = async () => {
    const since = inTimeOfAzure(live, first.at);
    const rows = await azure.rows(since, "otp-delivery", "telephony-hook");
    const requests = rows.filter(({ name }) => name === "telephony-hook");
    const pairs = own.map((sent) => {
      const event = rows.find(({ properties }) => properties["eventId"] === sent.eventId);
      const operation = event?.operation_Id ?? "";
      const request = requests.find((row) => operation !== "" && row.operation_Id === operation);
      return { sent, event, request };
    });
    const countOf = (status: number) =>
      requests.filter((row) => row.resultCode === String(status)).length;
    const isCounted = (status: number) =>
      countOf(status) >= live.refused.filter((one) => one === status).length;
    return { pairs, areRefusalsThere: live.refused.every(isCounted) };
  };
  const isAll = ({ pairs, areRefusalsThere }: Awaited<ReturnType<typeof read>>) =>
    areRefusalsThere && pairs.every(({ event, request }) => event && request);
  const { pairs, areRefusalsThere } = await arrived(live, read, isAll);
  const events = pairs.map(({ event }) => event).filter((row) => row !== undefined);
  const requests = pairs.map(({ request }) => request).filter((row) => row !== undefined);
  const seen = `${events.length} of ${own.length} events and ${requests.length} requests came within ${inSeconds(live.now() - start)}.`;
  unless(events.length > 0, seen, "the logs are late, or the app may not write them.");
  const rows = [...events, ...requests];
  unless(rows.every(isOfApp(azure)), "Another app answered.", "okta.json has another app's URL.");
  const isWhole = events.length === own.length && rows.every(({ itemCount }) => itemCount === "1");
  unless(isWhole, seen, "Azure samples the rows, or the daily cap is reached.");
  for (const { sent, event } of pairs) {
    const { outcome, reason } = event?.properties ?? {};
    const isSame = sent.outcome === undefined || sent.outcome === outcome;
    const words = `The app answered ${plain(sent.outcome)}. Its event says ${plain(outcome)}, ${plain(reason)}.`;
    unless(isSame, words, "a server in front of the app changes its answers.");
  }
  const node = /node(\d+)/i.exec(events[0]?.sdkVersion ?? "")?.[1] ?? "of an unknown version";
  unless(node === "24", `Node ${node}.`, "functionAppConfig.runtime was changed.");
  const isFirstMissing = requests.length === own.length - 1 && pairs[0]?.request === undefined;
  unless(!isFirstMissing, seen, "the host begins to log after its first request.");
  const isLogged = requests.length === own.length && areRefusalsThere;
  unless(isLogged, seen, "host.json's log levels or sampling leave requests out.");
  const isHost4 = requests.every(({ sdkVersion }) => /^azurefunctions: ?4\./.test(sdkVersion));
  unless(isHost4, "The host is not version 4.", "FUNCTIONS_EXTENSION_VERSION was changed.");
  const versions = [...new Set(events.map((row) => row.application_Version || "unknown"))];
  const { version: here } = packageJson;
  const differing = `Version ${versions.join(" and ")} answers. This folder has ${here}.`;
  if (versions.length > 1)
    throw new Warning(differing, "an update has not reached every instance.");
  if (versions[0] !== here) throw new Warning(differing, "another version is deployed.");
  return seen;
}

async function judgeAvailability(live: Live): Promise<string> {
  const azure = await live.azure();
  const choice = azure.parameters["alerts"];
  if (choice === "none") throw new NotShown("The environment has no availability test.");
  // As in infra/modules/availability.bicep.
  const [everyMs, locations] = choice === "essential" ? [15 * minute, 2] : [5 * minute, 5];
  const read = () => {
    const since = inTimeOfAzure(live, new Date(live.now() - 2 * everyMs));
    return azure.rows(since, `health-${azure.suffix}`);
  };
  const lastOf = (rows: readonly Row[]) => new Map(byTime(rows).map((row) => [row.location, row]));
  const isAll = (rows: readonly Row[]) => lastOf(rows).size >= locations;
  const last = lastOf(await arrived(live, read, isAll, everyMs + logLimitMs));
  const failing = [...last.values()].filter(({ success }) => !/^(?:1|true)$/i.test(success)).length;
  const seen = `${last.size} of ${locations} locations report, ${failing} of them a failure.`;
  unless(last.size >= locations, seen, "the test is off, or needs local authentication.");
  unless(failing === 0, seen, "the app's access rules refuse the test, or it fails from there.");
  return seen;
}

const byTime = (rows: readonly Row[]) =>
  rows.toSorted((one, two) => Date.parse(one.timestamp) - Date.parse(two.timestamp));

// One phone

const guid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;
const lastStates = ["delivered", "undelivered", "rejected", "failed", "error"];
const causesOfError: Readonly<Record<string, string>> = {
  "15": "the number does not exist, or is not a mobile number.",
  "19": "the sender is not registered in that country.",
  "42": "the account has no credit.",
  "99": "8x8's fraud detection blocked it. Ask 8x8.",
  // https://developer.8x8.com/connect/docs/voice/error-codes/voice-error-codes
  "-2004": "8x8 does not call that country for this account.",
  "-2005": "8x8 could not speak the text. Compare the voice with the language.",
  "-2008": "8x8 has not approved EIGHT_BY_EIGHT_VOICE_SOURCE for this account.",
};

/** Sends a code. Throws unless a provider accepted it. */
async function sendCode(live: Live, azure: Azure, channel: Channel): Promise<OwnRequest> {
  const { own, reply } = await ask(live, liveCode(live.phone ?? "", channel), channel);
  if (own.outcome === "accepted") return own;
  // Only the event has the reason of a 503.
  const event = reply.status === 503 ? await eventOf(live, azure, own) : undefined;
  const reason = own.reason ?? event?.properties["reason"];
  const seen = wordsOf(
    { ...own, ...(event && { outcome: "unavailable", reason: plain(reason) }) },
    reply,
  );
  throw new Difference(seen, reason === undefined ? causeOfStatus(reply) : causeOfReason(reason));
}

async function eventOf(live: Live, azure: Azure, { eventId, at }: OwnRequest) {
  const read = async () => {
    const rows = await azure.rows(inTimeOfAzure(live, at), "otp-delivery");
    return rows.find(({ properties }) => properties["eventId"] === eventId);
  };
  return arrived(live, read, (row) => row !== undefined);
}

async function judgeDelivery(live: Live, channel: Channel): Promise<string> {
  const azure = await live.azure();
  if (channel === "voice" && !azure.settings["EIGHT_BY_EIGHT_VOICE_SUBACCOUNT"])
    throw new NotShown("The app makes no calls.");
  const own = await sendCode(live, azure, channel);
  if (own.provider === "second-hook") throw new NotShown("The second hook sent it, not 8x8.");
  const id = own.transactionId ?? "";
  unless(guid.test(id), "8x8 accepted it without an id that is a GUID.", "8x8's API has changed.");
  const receipts = await live.call("app", "/api/8x8/receipts", { method: "POST", body: "{}" });
  if (receipts.status === 404)
    throw new NotShown("8x8 accepted it. Receipts are off: run scripts/receipts.sh set.");
  const isOwn = ({ properties }: Row) => properties["providerId"] === id;
  const isLast = (row: Row) =>
    isOwn(row) && (channel === "voice" || lastStates.includes(row.properties["state"] ?? ""));
  const read = async () => {
    const rows = await azure.rows(inTimeOfAzure(live, own.at), "otp-receipt");
    return byTime(rows.filter(isOfApp(azure)));
  };
  const rows = await arrived(live, read, (some) => some.some(isLast));
  const last = rows.findLast(isLast)?.properties;
  const count = rows.filter(isOwn).length;
  unless(count > 0, "No receipt of it came.", causeOfNoReceipt(rows, id));
  const isOff = "the phone is off, or the operator reports nothing.";
  unless(last !== undefined, `${count} receipts came, not the last one.`, isOff);
  const { state, errorCode, senderChanged } = last ?? {};
  const isDelivered = state === "delivered" || state === "completed";
  const isUnanswered = ["no_answer", "busy", "canceled"].includes(state ?? "");
  const other = isUnanswered ? "the call was not picked up." : "8x8's page explains it.";
  const seen = `Accepted, then ${plain(state)}${errorCode === undefined ? "" : `, error ${plain(errorCode)}`}.`;
  unless(isDelivered, seen, causesOfError[errorCode ?? ""] ?? other);
  unless(senderChanged !== "true", "It had another sender.", causesOfError["19"] ?? "");
  return seen;
}

/** The likely cause, judged by the receipts that arrived. This run sent one, without a secret. */
function causeOfNoReceipt(rows: readonly Row[], id: string): string {
  const count = (property: string, what: string) =>
    rows.filter(({ properties }) => properties[property] === what).length;
  const ids = rows.map(({ properties }) => properties["providerId"] ?? "").filter(Boolean);
  if (count("reason", "wrong-secret") > 0) return "8x8's webhook sends another secret.";
  if (count("reason", "no-header") > 1) return "8x8's webhook sends no secret.";
  if (count("outcome", "malformed") > 0) return "8x8's receipts have another format.";
  if (ids.some((one) => one.toLowerCase() === id.toLowerCase()))
    return "receipts have the id in another case.";
  if (ids.length > 0) return "receipts have other ids than 8x8's answers.";
  return "8x8 has no webhook for this sub-account.";
}

async function judgeSignIn(live: Live): Promise<string> {
  const azure = await live.azure();
  const hasTable = azure.parameters["stateTable"] === true;
  const start = new Date(live.now());
  if (!(await live.signIn())) throw new NotShown("No person signed in.");
  const end = live.now();
  const read = async () => {
    const rows = await azure.rows(inTimeOfAzure(live, start), "otp-delivery", "otp-outcome");
    const of = (event: string, until = Infinity) =>
      rows
        .filter((row) => row.name === event && isOfApp(azure)(row))
        .filter(({ timestamp }) => Date.parse(timestamp) <= until)
        .map((row) => row.properties);
    // People get the code before they confirm it here. A row without an event id has no code.
    const until = end + (live.aheadMs("app") ?? 0);
    const sent = of("otp-delivery", until).filter(({ eventId }) => eventId);
    const codes = sent.map(({ eventId }) => eventId);
    const users = new Set(sent.map(({ oktaUserId }) => oktaUserId));
    const uses = of("otp-outcome");
    const joined = uses.filter(({ join, eventId }) => join === "joined" && codes.includes(eventId));
    return { codes, users, uses, joined };
  };
  const { codes, users, uses, joined } = await arrived(
    live,
    read,
    (found) => found.joined.length > 0,
  );
  if (users.size > 1) throw new NotShown("Others got codes too. Try it in a quieter minute.");
  const [used] = joined;
  const is = (what: string) => uses.some(({ outcome, join }) => outcome === what || join === what);
  if (is("off") && !hasTable) throw new NotShown("The app stores no codes: stateTable is false.");
  const none = "The sign-in's code was matched to no event.";
  unless(codes.length > 0, "The app sent no code.", "Okta sent it itself, or asked for none.");
  unless(uses.length > 0, none, "the event hook is off, or filters the event.");
  unless(!is("unauthenticated"), none, "the event hook has another secret.");
  unless(!is("malformed"), none, "Okta's events have another format.");
  unless(!is("failed"), none, "the table does not answer the app.");
  if (used === undefined) throw new Difference(none, "Okta's event has another user or factor.");
  // Rows about the same minute come as late as the first one.
  await live.sleep(minute + live.now() - end);
  const again = (await read()).joined.filter(({ eventId }) => eventId === used["eventId"]).length;
  unless(again === 1, `The code was matched ${again} times.`, "Okta repeated its event.");
  const isWritten = !hasTable || used["codeRow"] === "written";
  unless(isWritten, "The code's row was not written.", "the table refuses the app's identity.");
  return "The code was matched once.";
}

async function judgeSecondHook(live: Live): Promise<string> {
  const azure = await live.azure();
  const {
    SECOND_HOOK_URL: url,
    SECOND_HOOK_FIRST_FOR: first,
    SECOND_HOOK_ON_RESEND: resend,
  } = azure.settings;
  if (!url) throw new NotShown("The environment has no second hook.");
  // It gets no secret, so it must not send anything.
  const { status, text } = await live.call("second hook", url, { method: "POST", body: "{}" });
  const isAnswer = status < 500 && status !== 404 && (status < 300 || status >= 400);
  unless(isAnswer, `It answers ${status}.`, "SECOND_HOOK_URL is wrong, or the hook is down.");
  unless(!/^\s*</.test(text), "It answers with a page.", "SECOND_HOOK_URL is not a hook.");
  if (live.phone === undefined)
    throw new NotShown(`It answers ${status}. --phone +… sends a code.`);
  const isOfSecond = ({ outcome, provider }: OwnRequest) =>
    outcome === "accepted" && provider === "second-hook";
  const own = live.own.find(isOfSecond) ?? (await sendCode(live, azure, "sms"));
  if (!isOfSecond(own) && first !== "all" && resend !== "other")
    throw new NotShown(
      "8x8 accepted each code. To try the second hook, set SECOND_HOOK_FIRST_FOR.",
    );
  unless(isOfSecond(own), "8x8 accepted each code.", "the app does not have the hook's secret.");
  const provider = (await eventOf(live, azure, own))?.properties["provider"];
  const isNamed = provider === "second-hook";
  unless(isNamed, `The event names ${plain(provider)}.`, "the deployed version is older.");
  return "A code went through the second hook.";
}
