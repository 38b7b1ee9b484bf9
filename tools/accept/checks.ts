import * as z from "zod";
import packageJson from "../../package.json" with { type: "json" };
import { functionNames } from "../../src/functions/register.ts";
import { advice } from "../../scripts/reason-table.ts";
import { reasonOfCode } from "../../src/8x8/reply.ts";
import type { Channel } from "../../src/rules/channels.ts";
import { plain as withoutLinks } from "../described-settings.ts";
import { summaryOf } from "../okta/describe-plan.ts";
import { expiredCode, liveCode, readDetails } from "../okta/expired-code.ts";
import { OktaError } from "../okta/okta-error.ts";
import { planOf } from "../okta/plan.ts";
import { readSystemLog } from "../okta/system-log.ts";
import { verify } from "../okta/verify.ts";
import { expectedAlerts, version, type Azure, type Row } from "./azure.ts";
import { Difference, NotShown, unless, Warning, type Check } from "./check.ts";
import type { Live, OwnRequest, Reply, Request } from "./live.ts";
import { commandLine } from "../command-line.ts";

const learn = (path: string) => `https://learn.microsoft.com/${path}`;
const oktaDocs = (path: string) => `https://developer.okta.com/docs/${path}`;
const docsOf8x8 = (path: string) => `https://developer.8x8.com/connect/${path}`;

const second = 1_000;
const minute = 60 * second;
/** Average: 3 min. https://learn.microsoft.com/azure/azure-monitor/logs/data-ingestion-time */
const logLimitMs = 5 * minute;
const pauseMs = 5 * second;

/** The checks run in this order. Checks of logs run late, because logs arrive minutes later. */
export const checks: readonly Check<Live>[] = [
  {
    id: "health",
    says: "The app answers /api/health with 200, its own JSON and no warning.",
    page: learn("azure/azure-functions/flex-consumption-plan"),
    breaks: "Without its secrets, the app answers 503 to every code.",
    async run(live) {
      const health = () => live.call("app", "/api/health");
      // An app that has just started answers 503 until it has read its secrets.
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
      const { own, reply, seen } = await ask(live, expiredCode());
      unless(own.outcome === "refused", seen, causeOfAnswer(own, reply));
      unless(reply.ms <= 3 * second, seen, "the network or the app is too slow for Okta.");
      return seen;
    },
  },
  {
    id: "closed",
    says: "Requests to closed routes, requests without the right secret and large bodies are refused. The app still answers afterwards.",
    page: learn("azure/azure-functions/functions-app-settings"),
    breaks: "Anyone can send messages at your cost, use admin routes, or fill the app's memory.",
    after: ["expired-code"],
    run: judgeClosed,
  },
  {
    id: "functions",
    says: "Azure lists exactly this project's functions, and every function is enabled.",
    page: learn("rest/api/appservice/web-apps/list-functions"),
    breaks: "A route answers 404, or other code can read the app's secrets.",
    run: judgeFunctions,
  },
  {
    id: "alerts",
    says: "Azure has all alerts of the templates. Every alert is on and has an action group.",
    page: learn("azure/azure-monitor/alerts/alerts-overview"),
    breaks: "The people on call do not hear of an outage.",
    run: judgeAlerts,
  },
  {
    id: "tokens",
    says: "The token endpoint in okta.json and the keys that the app reads belong to the org.",
    page: oktaDocs("guides/common-hook-set-up-steps/"),
    breaks: "The app answers 401 to every code.",
    run: judgeTokens,
  },
  {
    id: "okta",
    says: "The org matches okta.json. The app accepts Okta's secret or token. Okta's System Log shows this run's calls within 2 minutes.",
    page: oktaDocs("api/openapi/okta-management/management/tags/inlinehook"),
    breaks: "Okta does not use the app, and you do not notice.",
    after: ["health", "tokens"],
    async run(live) {
      const { wanted } = live;
      if (wanted === undefined) throw new NotShown("There is no okta.json for this environment.");
      const org = await live.org();
      const plan = await planOf(org, wanted);
      const differs = summaryOf(plan);
      const cause = "the org was changed, or okta.json was not applied.";
      unless(differs.length === 0, differs.join(" "), cause);
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
      // 8x8 checks the key and the sub-account before it reports the missing number.
      const reply = await live.call("8x8", path, { method: "POST" });
      if (reply.status === 403 && reply.json !== undefined)
        throw new NotShown("8x8 does not allow this computer's IP address. Try --phone +….");
      const seen = `8x8 answers an empty SMS with HTTP ${reply.status}, ${codeAt8x8(reply) ?? "without a code"}.`;
      const cause = causeOf8x8(reply);
      unless(cause === undefined, seen, cause);
      return live.account === undefined ? seen : judgeBalance(live, live.account);
    },
  },
  {
    id: "clocks",
    says: "The clocks of Azure, Okta and this computer agree as closely as the app needs.",
    page: oktaDocs("guides/telephony-inline-hook/"),
    breaks: "The app refuses valid codes as expired, or does not match used codes to sent codes.",
    run: judgeClocks,
  },
  {
    id: "front",
    says: "Okta calls the front (Azure Front Door), and the front reports that its apps are healthy.",
    page: learn("azure/frontdoor/health-probes"),
    breaks: "Okta's calls do not reach the app, or a failover does not work.",
    run: judgeFront,
  },
  {
    id: "logs",
    says: "Within 5 minutes, Application Insights has every request of this run without sampling. The app's events match its answers. The events name Node 24 and the version of this folder.",
    page: learn("azure/azure-monitor/logs/data-ingestion-time"),
    breaks: "Alerts and the workbook miss codes.",
    after: ["expired-code"],
    run: judgeLogs,
  },
  {
    id: "availability",
    says: "The availability test succeeded at every location in its last run.",
    page: learn("azure/azure-monitor/app/availability-standard-tests"),
    breaks: "The alert health-red does not fire, or fires without a reason.",
    after: ["health", "logs"],
    run: judgeAvailability,
  },
  {
    id: "sms",
    says: "8x8 accepts and delivers one SMS with your sender. The last receipt has the id of the SMS.",
    page: docsOf8x8("docs/delivery-receipts-for-outbound-sms"),
    breaks: "People get no codes, or the app does not learn which codes arrived.",
    needs: "phone",
    after: ["expired-code", "8x8", "clocks", "logs"],
    run: (live) => judgeDelivery(live, "sms"),
  },
  {
    id: "call",
    says: "8x8 accepts and completes one call. The receipt has the id of the call.",
    page: docsOf8x8("docs/voice/voice-messaging/session-status"),
    breaks: "People get no calls, or the app does not learn which calls arrived.",
    needs: "phone",
    after: ["expired-code", "clocks", "logs"],
    run: (live) => judgeDelivery(live, "voice"),
  },
  {
    id: "sign-in",
    says: "The app stores the code of a sign-in, and matches Okta's event to this code once.",
    page: oktaDocs("concepts/event-hooks/"),
    breaks: "The guard and the workbook do not learn which codes were used.",
    needs: "sign-in",
    after: ["okta", "logs"],
    run: judgeSignIn,
  },
  {
    id: "second-hook",
    says: "The second hook answers, and accepts a code.",
    page: oktaDocs("guides/telephony-inline-hook/"),
    breaks: "No code arrives while 8x8 fails.",
    after: ["expired-code", "clocks", "logs"],
    run: judgeSecondHook,
  },
];

// The app's answers

const record = (json: unknown) => z.record(z.string(), z.unknown()).catch({}).parse(json);

/** Hides text from a host that is not a word or a name, because the text could be a secret. */
function plain(what: unknown): string {
  const all = (Array.isArray(what) ? what : [what]).map(String);
  return all.map((one) => (/^[\w-]{1,60}$/.test(one) ? one : "…")).join(" ");
}

const inSeconds = (ms: number) => `${(ms / second).toFixed(1)} s`;
const sentBody = z.object({ eventId: z.string() });
const value = z.object({ provider: z.string().optional(), transactionId: z.string().optional() });
const answerToOkta = z.object({
  commands: z.tuple([z.object({ value: z.tuple([value]) })]),
});

/** Sends a request as Okta does, and adds it to `live.own` for the checks of the logs. */
async function ask(live: Live, body: object, channel: Channel = "sms") {
  const sent = { ...sentBody.parse(body), channel, at: new Date(Date.now()) };
  const path = new URL(live.hook.url).pathname;
  const post: Request = { method: "POST", body: JSON.stringify(body), secret: "right" };
  const reply = await live.call("app", path, post);
  const [answer] = answerToOkta.safeParse(reply.json).data?.commands[0].value ?? [];
  const { outcome, reason } = readDetails(reply.json) ?? {};
  const own: OwnRequest = { ...sent, ...answer, outcome, reason: reason ?? undefined };
  if (outcome !== undefined || reply.status === 503) live.own.push(own);
  const words =
    outcome === undefined ? "not the app's outcome" : [outcome, reason].join(" ").trim();
  return { own, reply, seen: `HTTP ${reply.status}, ${words}, in ${reply.ms} ms.` };
}

const causeOfAnswer = ({ outcome, reason }: OwnRequest, reply: Reply) =>
  outcome === undefined ? causeOfStatus(reply) : causeOfReason(reason);

const causesOfStatus: Readonly<Record<number, string>> = {
  400: "the app cannot read the request. Compare OKTA_AUTH_HEADER with okta.json.",
  401: "the hook secret of this run is not in the vault, or the header is not OKTA_AUTH_HEADER.",
  403: "allowedIpRanges or the front's firewall does not allow this computer.",
  404: "the app's code is not deployed, or okta.json has another URL.",
  500: "the app failed. Look at exceptions in Application Insights.",
};

function causeOfStatus({ status, text, json }: Reply): string {
  if (status === 403 && /stopped/i.test(text)) return "the app is stopped.";
  if (status === 503 && json !== undefined) return "/api/health names what is missing.";
  if (status > 500) return "Azure runs no instance of the app.";
  return causesOfStatus[status] ?? "another server or a sign-in page answers at that URL.";
}

function causeOfReason(reason = ""): string {
  const text = Object.entries(advice).find(([name]) => name === reason)?.[1] ?? "";
  const [sentence = ""] = withoutLinks(text).split(/(?<=\.) /);
  return `${sentence} docs/troubleshoot.md explains ${plain(reason)}.`.trim();
}

async function judgeClosed(live: Live): Promise<string> {
  const hook = new URL(live.hook.url).pathname;
  const shut = [401, 403, 404, 405];
  type Row = readonly [right: number[], method: "GET" | "POST", path: string, secret?: "wrong"];
  const rows: readonly Row[] = [
    [shut, "GET", "/admin/host/status"],
    [shut, "POST", "/admin/functions/telephony-hook"],
    [shut, "GET", hook],
    [[401, 404], "POST", "/api/okta/events"],
    [[401, 404], "POST", "/api/8x8/receipts"],
    [[401], "POST", hook],
    [[401], "POST", hook, "wrong"],
  ];
  for (const [right, method, path, secret] of rows) {
    const reply = await live.call("app", path, { method, secret });
    const seen = `${method} ${path} with ${secret ? "a wrong" : "no"} secret gets HTTP ${reply.status}.`;
    const isOpen = reply.status >= 200 && reply.status < 300;
    const cause = isOpen ? "nothing checks the callers of that route." : causeOfStatus(reply);
    unless(right.includes(reply.status), seen, cause);
  }
  live.refused.push(401, 401);
  if (live.hook.auth === "token") return "Only Okta gets tokens, so large bodies were not tried.";

  const send = (kib: number) =>
    live.call("app", hook, { method: "POST", body: "x".repeat(kib * 1024), secret: "right" });
  const isOfApp = ({ text }: Reply) => text.includes("errorSummary");
  const small = await send(65);
  const isProxys = [400, 403, 413].includes(small.status);
  const cause = isProxys ? "a proxy or a front has a smaller limit." : causeOfStatus(small);
  const seen = `A body of 65 KiB gets HTTP ${small.status} instead of the app's own 413.`;
  unless(small.status === 413 && isOfApp(small), seen, cause);
  live.refused.push(413);
  // The host may close the connection of a large request instead of answering.
  const large = await send(3 * 1024).catch(() => undefined);
  const isHosts = large === undefined || (large.status >= 400 && !isOfApp(large));
  unless(isHosts, "The app got a body of 3 MiB.", "the host ignores its limit for bodies.");
  const after = await ask(live, expiredCode()).catch(() => undefined);
  const isAlive = after?.own.outcome === "refused";
  const words = `After a body of 3 MiB, the next request gets: ${after?.seen ?? "no answer."}`;
  unless(isAlive, words, "a large body stopped the worker.");
  return "Every request got the right status. The app answered afterwards.";
}

// Azure's lists

const series = z.object({ data: z.array(z.object({ average: z.number().nullish() })) });
const metrics = z.object({ value: z.array(z.object({ timeseries: z.array(series) })) });
const domain = z.object({ properties: z.object({ hostName: z.string().toLowerCase() }) });
const domains = z.object({ value: z.array(domain) });

async function judgeFunctions(live: Live): Promise<string> {
  const azure = await live.azure();
  const found = await azure.list(`Microsoft.Web/sites/${azure.appName}/functions`, "2024-11-01");
  const nameOf = ({ name }: (typeof found)[number]) => name.split("/").at(-1) ?? "";
  const names = found.map(nameOf);
  const others = names.filter((name) => !functionNames.includes(name));
  const missing = functionNames.filter((name) => !names.includes(name));
  const off = found.filter(({ properties }) => properties["isDisabled"] === true).map(nameOf);
  const isOurs = others.length === 0 && missing.length === 0;
  const seen = `Unknown functions: ${plain(others) || "none"}. Missing functions: ${plain(missing) || "none"}.`;
  unless(isOurs, seen, "the deployed package belongs to another project, or did not load.");
  unless(off.length === 0, `Disabled: ${plain(off)}.`, "someone disabled functions in the portal.");
  return `${names.length} functions.`;
}

async function judgeAlerts(live: Live): Promise<string> {
  const azure = await live.azure();
  const choice = azure.parameters["alerts"];
  if (choice === "none") throw new NotShown("The environment has no alerts: alerts = 'none'.");
  const rules = [
    ...(await azure.list("Microsoft.Insights/scheduledQueryRules", "2023-12-01")),
    ...(await azure.list("Microsoft.Insights/metricAlerts", "2018-03-01")),
    ...(await azure.list("Microsoft.Insights/activityLogAlerts", "2020-10-01")),
  ];
  const groups = await azure.list("Microsoft.Insights/actionGroups", "2023-01-01");
  const off = groups.filter(({ properties }) => properties["enabled"] === false);
  const expected = expectedAlerts(choice);
  const causeOf = (alert: string): string | undefined => {
    const isOwn = (name: string) => name.replace(`-${azure.suffix}`, "") === `alert-${alert}`;
    const rule = rules.find(({ name }) => isOwn(name))?.properties;
    if (rule === undefined) return "the alert was deleted or not deployed.";
    if (rule["enabled"] === false) return "Azure or a person switched the alert off.";
    // Azure writes the same id sometimes in upper case and sometimes in lower case.
    const actions = JSON.stringify(rule["actions"] ?? "").toLowerCase();
    const isOff = off.some(({ id }) => actions.includes(`"${id.toLowerCase()}"`));
    const isHeard = actions.includes("/actiongroups/") && !isOff;
    return isHeard ? undefined : "someone removed or disabled the alert's action group.";
  };
  for (const [cause, names] of Map.groupBy(expected, causeOf))
    unless(cause === undefined, `Alerts: ${plain(names)}.`, cause);
  return `${expected.length} alerts.`;
}

async function judgeFront(live: Live): Promise<string> {
  const azure = await live.azure();
  const id = z.string().catch("").parse(azure.parameters["frontDoorId"]).toLowerCase();
  if (id === "") throw new NotShown("The environment is not behind a front.");
  const fronts = await azure.list("Microsoft.Cdn/profiles", "2025-06-01", "subscription");
  const front = fronts.find(
    ({ properties }) => String(properties["frontDoorId"]).toLowerCase() === id,
  );
  if (front === undefined) throw new NotShown("You cannot read a front with the deployed id.");
  const named = domains.parse(await azure.get(`${front.id}/customDomains`, version("2025-06-01")));
  const { hostname } = new URL(live.hook.url);
  const isFronts = named.value.some(({ properties }) => properties.hostName === hostname);
  unless(isFronts, "Okta does not call the front.", "okta.json has an app's URL, not the front's.");
  const end = Date.now() + (live.aheadMs("app") ?? 0);
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
  // The front uses an app if three of its last four probes succeeded (infra/front.bicep).
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
  const time = (byMs: number) => new Date(Date.now() + (live.aheadMs("okta") ?? 0) + byMs);
  const since = time(-2 * second);
  for (const channel of channels) {
    const sent: { eventId: string }[] = [];
    const at = new Date(Date.now());
    const execute = (id: string, body: object) => {
      sent.push(sentBody.parse(body));
      return org.execute(id, body).catch(notShownIfRefused);
    };
    const said = await verify({ execute }, hookId, channel);
    if (!said.proved) throw new Difference(said.words, await causeOfRefusal(live));
    live.own.push(...sent.map((one) => ({ ...one, at, channel, outcome: "refused" })));
  }
  const until = time(2 * second);
  const log = await arrived(
    live,
    () => readSystemLog(org, since, until),
    ({ processed, failed }) => processed + failed >= channels.length,
    2 * minute,
  );
  const lost = log.unread + log.failed;
  const seen = `This run made ${channels.length} calls. The System Log shows ${log.processed} answers and ${lost} failures.`;
  unless(lost === 0, seen, "Okta cannot use the app's answers.");
  const isThere = log.processed >= channels.length;
  unless(isThere, seen, "the System Log is late, or does not show calls of /execute.");
  return `The org matches okta.json. ${seen}`;
}

/** Returns why the app refused Okta's secret or token. Only the app's event names the reason. */
async function causeOfRefusal(live: Live): Promise<string> {
  const since = inTimeOfAzure(live, live.own[0]?.at ?? new Date(Date.now()));
  const own = live.refused.filter((status) => status === 401).length;
  const isRefusal = ({ outcome, reason }: Row) =>
    outcome === "unauthenticated" || reason === "keys-not-loaded";
  const read = async () => {
    const rows = await (await live.azure()).rows(since, "otp-delivery");
    // Skip the first rows: they are about this run's own requests without the right secret.
    return rows.filter(isRefusal).slice(own);
  };
  const refused = await arrived(live, read, (rows) => rows.length > 0).catch(() => []);
  const cause = "Okta's calls do not reach this app, or the app is too slow.";
  return refused.length > 0 ? causeOfReason(refused.at(-1)?.["reason"]) : cause;
}

/** If Okta answers 401, 403 or 429, it did not call the app, so the check cannot decide. */
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
  const seen = `Azure's clock is ${inSeconds(azure)} ahead of this computer's clock, and Okta's clock is ${inSeconds(okta)} ahead.`;
  // The app accepts a time of use that is up to 5 s before the time of sending.
  const isClose = Math.abs(azure - okta) <= 5 * second;
  unless(isClose, seen, "Azure's or Okta's clock is wrong. Ask the vendor with the larger offset.");
  // The app refuses a code that expired more than a minute ago.
  unless(Math.abs(azure) <= minute, seen, "this computer's clock is wrong. Use NTP.");
  return seen;
}

async function judgeTokens(live: Live): Promise<string> {
  if (live.wanted?.hook.auth !== "token") throw new NotShown("okta.json has no hook with tokens.");
  const { org, hook } = live.wanted;
  const { settings } = await live.azure();
  const { OKTA_TOKEN_ISSUER: issuer = "", OKTA_TOKEN_KEYS_URL: keys } = settings;
  // The issuer's URL can have the org's custom domain.
  const { origin } = new URL(issuer);
  const known = await live.call("okta", `${origin}/.well-known/okta-organization`);
  const isOrgs = origin === org || JSON.stringify(known.json ?? "").includes(`"${org}"`);
  const path = `${issuer}/.well-known/oauth-authorization-server`;
  const said = record((await live.call("okta", path)).json);
  const isIssuer = isOrgs && said["issuer"] === issuer;
  unless(isIssuer, "The org does not have the app's issuer.", "OKTA_TOKEN_ISSUER is wrong.");
  const isEndpoint = said["token_endpoint"] === hook.tokenUrl;
  unless(isEndpoint, "The issuer has another token endpoint.", "tokenUrl in okta.json is wrong.");
  const areKeys = said["jwks_uri"] === (keys || `${issuer}/v1/keys`);
  unless(areKeys, "The app reads keys at another URL.", "OKTA_TOKEN_KEYS_URL is wrong. Unset it.");
  return "The token endpoint and the keys belong to the org.";
}

// 8x8

const codeAt8x8 = ({ json }: Reply) => z.object({ code: z.int() }).safeParse(json).data?.code;

/** Returns undefined if 8x8 accepts the key and the sub-account, and rejects only the message. */
function causeOf8x8(reply: Reply): string | undefined {
  const { status, json } = reply;
  if (status >= 500 || status === 429) return "8x8 is busy or down. Try again later.";
  // 8x8 documents two ways to reject an SMS: a 200 with REJECTED, or an error status.
  if (status === 200 && record(record(json)["status"])["code"] === "REJECTED") return undefined;
  const code = codeAt8x8(reply);
  const reason = [400, 401, 404, 422, 426].includes(status) && reasonOfCode.get(code ?? status);
  if (!reason) return "a proxy or another server answers in place of 8x8's API.";
  const isAboutMessage = /^invalid-(?:number|text|request)$/.test(reason);
  return isAboutMessage && code !== undefined ? undefined : causeOfReason(reason);
}

/** https://developer.8x8.com/connect/reference/get-account-balance */
async function judgeBalance(live: Live, account: string): Promise<string> {
  const reply = await live.call("8x8", `/api/v1/accounts/${encodeURIComponent(account)}/balance`);
  const { status, json } = reply;
  if (status === 403) throw new NotShown("The key is right. Only prepaid accounts have a balance.");
  unless(status !== 404, "8x8 answers 404.", "EIGHT_BY_EIGHT_ACCOUNT is wrong.");
  const balance = Number(record(json)["balance"] ?? NaN);
  const isRead = status === 200 && !Number.isNaN(balance);
  unless(isRead, `8x8 answers HTTP ${status} without a balance.`, causeOf8x8(reply));
  unless(balance > 0, "The balance is not above 0.", "the credit is used up. Top up.");
  return "The key is right, and there is credit.";
}

// Logs

/** Repeats `read` until `isEnough` accepts the result. After `limitMs`, returns the last result. */
async function arrived<Read>(
  live: Live,
  read: () => Promise<Read>,
  isEnough: (read: Read) => boolean,
  limitMs = logLimitMs,
): Promise<Read> {
  const end = Date.now() + limitMs;
  for (;;) {
    const found = await read();
    if (isEnough(found) || Date.now() >= end) return found;
    await live.sleep(pauseMs);
  }
}

/** Converts a time to Azure's clock, minus 2 s because Azure's answers omit milliseconds. */
const inTimeOfAzure = (live: Live, at: Date) =>
  new Date(at.getTime() + (live.aheadMs("app") ?? 0) - 2 * second);

async function judgeLogs(live: Live): Promise<string> {
  const azure = await live.azure();
  const { own, refused } = live;
  const [first] = own;
  if (first === undefined) throw new NotShown("The app has answered no request of this run.");
  const start = Date.now();
  const ids = own.map(({ eventId }) => eventId);
  const read = async () => {
    const rows = await azure.rows(inTimeOfAzure(live, first.at), "otp-delivery", "telephony-hook");
    const events = rows.filter(({ eventId = "" }) => ids.includes(eventId));
    const operations = events.map(({ operation_Id: operation }) => operation);
    const requests = rows.filter(({ name }) => name === "telephony-hook");
    const answered = requests.filter((row) => operations.includes(row["operation_Id"]));
    const refusals = requests.filter(({ resultCode }) => refused.includes(Number(resultCode)));
    const isLogged = answered.length >= own.length && refusals.length >= refused.length;
    return { events, answered, isLogged, isWhole: events.length >= own.length };
  };
  const isAll = ({ isLogged, isWhole }: Awaited<ReturnType<typeof read>>) => isLogged && isWhole;
  const { events, answered, isLogged, isWhole } = await arrived(live, read, isAll);
  const seen = `${events.length} of ${own.length} events and ${answered.length} requests came within ${inSeconds(Date.now() - start)}.`;
  const nowhere =
    "the logs are late, the app may not write them, or okta.json has another app's URL.";
  unless(events.length > 0, seen, nowhere);
  const isSampled = [...events, ...answered].some(({ itemCount }) => itemCount !== "1");
  unless(isWhole && !isSampled, seen, "Azure samples the telemetry, or the daily cap is reached.");
  for (const { eventId, outcome } of own) {
    const said = events.find((row) => row["eventId"] === eventId)?.["outcome"];
    const words = `The app answered ${plain(outcome)}. Its event says ${plain(said)}.`;
    const isSame = outcome === undefined || outcome === said;
    unless(isSame, words, "a server in front of the app changes its answers.");
  }
  unless(isLogged, seen, "host.json's log levels or sampling leave requests out.");
  const node = /node(\d+)/i.exec(events[0]?.["sdkVersion"] ?? "")?.[1] ?? "of an unknown version";
  unless(node === "24", `The app runs on Node ${node}.`, "functionAppConfig.runtime was changed.");
  const versions = [...new Set(events.map((row) => row["application_Version"] || "unknown"))];
  const { version: here } = packageJson;
  if (versions.some((one) => one !== here))
    throw new Warning(
      `The app has version ${versions.join(" and ")}. This folder has version ${here}.`,
      "another version is deployed, or an update has not reached every instance.",
    );
  return seen;
}

async function judgeAvailability(live: Live): Promise<string> {
  const azure = await live.azure();
  const choice = azure.parameters["alerts"];
  if (choice === "none") throw new NotShown("The environment has no availability test.");
  // As in infra/modules/availability.bicep.
  const [everyMs, locations] = choice === "essential" ? [15 * minute, 2] : [5 * minute, 5];
  const read = async () => {
    const since = inTimeOfAzure(live, new Date(Date.now() - 2 * everyMs));
    const rows = await azure.rows(since, `health-${azure.suffix}`);
    return new Map(rows.map(({ location, success = "" }) => [location, success]));
  };
  const last = await arrived(live, read, ({ size }) => size >= locations, everyMs + logLimitMs);
  const failing = [...last.values()].filter((success) => !/^(?:1|true)$/i.test(success)).length;
  const seen = `${last.size} of ${locations} locations report a result, and ${failing} of them report a failure.`;
  unless(last.size >= locations, seen, "the test is off, or needs local authentication.");
  unless(failing === 0, seen, "the app refuses the test, or these locations cannot reach the app.");
  return seen;
}

// One phone

const guid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;
const lastStates = ["delivered", "undelivered", "rejected", "failed", "error"];
const causesOfError: Readonly<Record<string, string>> = {
  "15": "the number does not exist, or is not a mobile number.",
  "19": "the sender is not registered in that country.",
  "42": "the account has no credit.",
  "99": "8x8's fraud detection blocked the SMS. Ask 8x8.",
  // https://developer.8x8.com/connect/docs/voice/error-codes/voice-error-codes
  "-2004": "8x8 does not call that country for this account.",
  "-2005": "8x8 could not speak the text. Compare the voice with the language.",
  "-2008": "8x8 has not approved EIGHT_BY_EIGHT_VOICE_SOURCE for this account.",
};

async function sendCode(live: Live, azure: Azure, channel: Channel): Promise<OwnRequest> {
  const { own, reply, seen } = await ask(live, liveCode(live.phone ?? "", channel), channel);
  if (own.outcome === "accepted") return own;
  // The app's answer with 503 names no reason, but the app's event does.
  const { reason } = reply.status === 503 ? await eventOf(live, azure, own) : own;
  const cause = reason === undefined ? causeOfStatus(reply) : causeOfReason(reason);
  throw new Difference(seen, cause);
}

async function eventOf(live: Live, azure: Azure, { eventId, at }: OwnRequest) {
  const read = async () => {
    const rows = await azure.rows(inTimeOfAzure(live, at), "otp-delivery");
    return rows.find((row) => row["eventId"] === eventId);
  };
  return (await arrived(live, read, (row) => row !== undefined)) ?? {};
}

const setReceipts = commandLine("receipts", "set");

async function judgeDelivery(live: Live, channel: Channel): Promise<string> {
  const azure = await live.azure();
  if (channel === "voice" && !azure.settings["EIGHT_BY_EIGHT_VOICE_SUBACCOUNT"])
    throw new NotShown("The app makes no calls.");
  const own = await sendCode(live, azure, channel);
  if (own.provider === "second-hook") throw new NotShown("The second hook sent the code, not 8x8.");
  const id = own.transactionId ?? "";
  unless(guid.test(id), "8x8 returned no GUID as the message's id.", "8x8's API has changed.");
  const probe = await live.call("app", "/api/8x8/receipts", { method: "POST" });
  if (probe.status === 404)
    throw new NotShown(`8x8 accepted the code. For receipts, run: ${setReceipts}`);
  const read = () => azure.rows(inTimeOfAzure(live, own.at), "otp-receipt");
  const isOwn = ({ providerId }: Row) => providerId === id;
  const isLast = (row: Row) =>
    isOwn(row) && (channel === "voice" || lastStates.includes(row["state"] ?? ""));
  const receipts = await arrived(live, read, (rows) => rows.some(isLast));
  unless(receipts.some(isOwn), "No receipt for the code came.", causeOfNoReceipt(receipts));
  const last = receipts.findLast(isLast);
  const isOff = "the phone is off, or the mobile operator sends no reports.";
  unless(last !== undefined, "No receipt with the final state came.", isOff);
  const { state = "", errorCode = "0", senderChanged } = last ?? {};
  const isUnanswered = ["no_answer", "busy", "canceled"].includes(state);
  const other = isUnanswered ? "the call was not picked up." : "8x8's page explains the error.";
  const seen = `8x8 accepted the message. The last receipt has the state ${plain(state)} and the error ${plain(errorCode)}.`;
  const isDelivered = state === "delivered" || state === "completed";
  unless(isDelivered, seen, causesOfError[errorCode] ?? other);
  unless(senderChanged !== "true", "The message had another sender.", causesOfError["19"]);
  return seen;
}

/** Returns the likely cause. Ignores the receipt without a secret that this run itself sent. */
function causeOfNoReceipt(all: readonly Row[]): string {
  const count = (word: string) =>
    all.filter(({ reason, outcome }) => [reason, outcome].includes(word)).length;
  if (count("wrong-secret") > 0 || count("no-header") > 1)
    return `8x8's webhook sends another secret, or none. Run: ${setReceipts}`;
  return all.some(({ providerId, outcome }) => providerId || outcome === "malformed")
    ? "8x8's receipts have another format or other ids. Open an issue."
    : `8x8 has no webhook for this sub-account. Run: ${setReceipts}`;
}

async function judgeSignIn(live: Live): Promise<string> {
  const azure = await live.azure();
  const hasTable = azure.parameters["stateTable"] === true;
  const start = new Date(Date.now());
  if (!(await live.signIn())) throw new NotShown("No person signed in.");
  const end = Date.now();
  // Codes after this time belong to other sign-ins.
  const until = end + (live.aheadMs("app") ?? 0);
  const read = async () => {
    const rows = await azure.rows(inTimeOfAzure(live, start), "otp-delivery", "otp-outcome");
    const codes = rows.filter(
      ({ name, eventId, timestamp = "" }) =>
        name === "otp-delivery" && eventId && Date.parse(timestamp) <= until,
    );
    const uses = rows.filter(({ name }) => name === "otp-outcome");
    const ids = codes.map(({ eventId }) => eventId);
    const joined = uses.filter(({ join, eventId }) => join === "joined" && ids.includes(eventId));
    return { codes, uses, joined };
  };
  const { codes, uses, joined } = await arrived(live, read, (found) => found.joined.length > 0);
  if (new Set(codes.map(({ oktaUserId }) => oktaUserId)).size > 1)
    throw new NotShown("Other people got codes at the same time. Try again later.");
  const isNone = (word: string) =>
    !uses.some(({ outcome, join }) => [outcome, join].includes(word));
  if (!isNone("off") && !hasTable)
    throw new NotShown("The app stores no codes: stateTable is false.");
  unless(codes.length > 0, "The app sent no code.", "Okta sent the code, or sent no code.");
  const none = "The app matched no event to the code of the sign-in.";
  unless(uses.length > 0, none, "the event hook is off, or its filter leaves out the event.");
  unless(isNone("unauthenticated"), none, "the event hook has another secret.");
  unless(isNone("failed"), none, "the state table does not answer the app.");
  const [used] = joined;
  if (used === undefined)
    throw new Difference(none, "Okta's event has another format, user or factor.");
  // Wait as long as for the first event, plus a minute, because Okta could send a second event.
  await live.sleep(minute + Date.now() - end);
  const again = (await read()).joined.filter(({ eventId }) => eventId === used["eventId"]).length;
  unless(again === 1, `The app matched the code ${again} times.`, "Okta repeated its event.");
  const isWritten = !hasTable || used["codeRow"] === "written";
  unless(isWritten, "The app did not store the code.", "the state table refuses the app.");
  return "The app matched the code once.";
}

async function judgeSecondHook(live: Live): Promise<string> {
  const azure = await live.azure();
  const { SECOND_HOOK_URL: url, SECOND_HOOK_FIRST_FOR, SECOND_HOOK_ON_RESEND } = azure.settings;
  if (!url) throw new NotShown("The environment has no second hook.");
  // This request has no secret, so the second hook must not send a message.
  const { status, text } = await live.call("second hook", url, { method: "POST" });
  const isAnswer = status < 300 || [400, 401, 403, 415, 422].includes(status);
  const isHook = isAnswer && !/^\s*</.test(text);
  unless(isHook, `The hook answers ${status}.`, "SECOND_HOOK_URL is wrong, or the hook is down.");
  if (live.phone === undefined)
    throw new NotShown(`The hook answers ${status}. To send a code, add --phone +….`);
  const isOfSecond = ({ outcome, provider }: OwnRequest) =>
    outcome === "accepted" && provider === "second-hook";
  const own = live.own.find(isOfSecond) ?? (await sendCode(live, azure, "sms"));
  const isChosen = SECOND_HOOK_FIRST_FOR === "all" || SECOND_HOOK_ON_RESEND === "other";
  if (!isOfSecond(own) && !isChosen)
    throw new NotShown(
      "8x8 accepted each code. To try the second hook, set SECOND_HOOK_FIRST_FOR.",
    );
  unless(isOfSecond(own), "8x8 accepted each code.", "the app does not have the hook's secret.");
  const { provider } = await eventOf(live, azure, own);
  const isNamed = provider === "second-hook";
  unless(isNamed, `The app's event names ${plain(provider)}.`, "the deployed version is older.");
  return "A code went through the second hook.";
}
