import * as z from "zod";
import { functionNames } from "../../src/functions/register.ts";
import { Unreached } from "../unreached.ts";
import { resource, version } from "./azure.ts";
import { difference, inSeconds, notHere, notShown, plain, unless, warning } from "./check.ts";
import { arrived, oktaLimitMs, type Live, type Reply, type Request } from "./live.ts";

const record = (json: unknown) => z.record(z.string(), z.unknown()).catch({}).parse(json);

/**
 * Calls a route of the app beside the hook's route. A path in the hook's URL stays in front of the
 * route, so the request never goes to another host.
 */
async function call(live: Live, route: string, request?: Request): Promise<Reply> {
  const reply = await live
    .call(new URL(route, live.hookUrl).href, request)
    .catch((error: unknown) => {
      if (!(error instanceof Unreached)) throw error;
      const cause = error.message.split(": ").slice(1).join(": ");
      throw difference("The app cannot be reached.", cause);
    });
  if (reply.status === 403 && !isStopped(reply) && (await limitsCallers(live)))
    throw notHere("The values limit who may call the app. This computer may not.");
  return reply;
}

/** With `allowedIpRanges` or behind a front, the app refuses other callers. */
async function limitsCallers(live: Live): Promise<boolean> {
  const { parameters = {} } = await live.azure().catch(() => ({ parameters: undefined }));
  const { allowedIpRanges: ranges, frontDoorId } = parameters;
  return Boolean(frontDoorId) || (Array.isArray(ranges) && ranges.length > 0);
}

const isStopped = ({ status, text }: Reply) => status === 403 && /stopped/i.test(text);

export async function judgeHealth(live: Live): Promise<string> {
  const health = () => call(live, "../health");
  const first = await health();
  const isRead = ({ status }: Reply) => status !== 503;
  // An app that has just started answers 503 until it has read its secrets.
  const reply = isRead(first) ? first : await arrived(live, health, isRead, 60_000);
  const { status, ...lists } = record(reply.json);
  const named = Object.entries(lists).map(([name, what]) => `${plain(name)}: ${plain(what)}`);
  const seen = `HTTP ${reply.status}, ${plain(status)}. ${named.join(", ")}`.trim();
  unless(status !== "unhealthy", seen, "a setting or secret is wrong. See docs/configure.md.");
  unless(status === "healthy" && reply.status === 200, seen, causeOfStatus(reply));
  if (named.length > 0) throw warning(seen, "docs/configure.md explains each warning.");
  if (first.ms > oktaLimitMs)
    throw warning(
      `The first answer took ${inSeconds(first.ms)}.`,
      "no instance was warm. See scale.alwaysReady in docs/parameters.md.",
    );
  return `${seen} The first answer took ${inSeconds(first.ms)}.`;
}

const causesOfStatus: Readonly<Record<number, string>> = {
  401: "App Service authentication is on, or another server answers.",
  403: "a firewall does not allow this computer. See docs/network.md.",
  404: "the app's code is not deployed, or okta.json has another URL. See docs/deploy.md.",
  500: "the app failed. Look at exceptions in Application Insights.",
};

function causeOfStatus(reply: Reply): string {
  const { status, json } = reply;
  if (isStopped(reply)) return "the app is stopped. Run az functionapp start.";
  if (status === 503 && json !== undefined) return "/api/health names what is missing.";
  if (status > 500) return "Azure runs no instance of the app. See docs/outage.md.";
  return causesOfStatus[status] ?? "another server or a sign-in page answers at that URL.";
}

const wrongSecret = "not-the-hook-secret-of-anybody";
/** FUNCTIONS_REQUEST_BODY_SIZE_LIMIT in infra/modules/function-app.bicep is 2 MiB. */
const largeBody = "x".repeat(3 * 1024 * 1024);

export async function judgeClosed(live: Live): Promise<string> {
  const shut = [401, 403, 404, 405];
  const { hookUrl: url, wanted } = live;
  const header = wanted?.hook.auth === "secret" ? wanted.hook.header : "authorization";
  type Row = readonly [right: number[], method: "GET" | "POST", route: string, secret?: string];
  const rows: readonly Row[] = [
    [shut, "GET", "/admin/host/status"],
    [shut, "POST", "/admin/functions/telephony-hook"],
    [shut, "GET", "telephony"],
    [[401, 404], "POST", "events"],
    [[401, 404], "POST", "../8x8/receipts"],
    [[401], "POST", "telephony"],
    [[401], "POST", "telephony", wrongSecret],
  ];
  for (const [right, method, route, secret] of rows) {
    const headers = secret === undefined ? {} : { [header]: secret };
    const reply = await call(live, route, { method, headers });
    const { pathname } = new URL(route, url);
    const seen = `${method} ${pathname} with ${secret ? "a wrong" : "no"} secret gets HTTP ${reply.status}.`;
    const isOpen = reply.status >= 200 && reply.status < 300;
    const cause = isOpen
      ? "nothing checks the callers of that route. Deploy again, and see SECURITY.md."
      : causeOfStatus(reply);
    unless(right.includes(reply.status), seen, cause);
  }
  live.refused.push(401, 401);
  // The host refuses the body with 400, 413 or 500, or closes the connection.
  const large = await live.call(url, { method: "POST", body: largeBody }).catch(() => undefined);
  const isOfApp = large?.text.includes("errorSummary") === true;
  unless(!isOfApp, "The app got a body of 3 MiB.", "the host ignores its limit for bodies.");
  const seen = `A body of 3 MiB gets HTTP ${large?.status}.`;
  unless((large?.status ?? 0) <= 500, seen, "a large body stops the app.");
  const after = await call(live, "../health").catch(() => undefined);
  const words = `After a body of 3 MiB, /api/health gets ${after?.status ?? "no answer"}.`;
  unless(after?.status === 200, words, "a large body stops the app.");
  return "Every request got the right status. The app answered afterwards.";
}

// https://learn.microsoft.com/azure/azure-functions/flex-consumption-site-updates
const strategy = z.object({ type: z.string() }).nullish();
const scale = z.object({ alwaysReady: z.array(z.object({ instanceCount: z.number() })) }).nullish();
const config = z.object({ siteUpdateStrategy: strategy, scaleAndConcurrency: scale });
const site = z.object({ functionAppConfig: config.nullish() });

export async function judgeFunctions(live: Live): Promise<string> {
  const azure = await live.azure();
  const { appName, group, parameters } = azure;
  const functions = await azure.list(`Microsoft.Web/sites/${appName}/functions`, "2024-11-01");
  const nameOf = ({ name }: (typeof functions)[number]) => name.split("/").at(-1) ?? "";
  const names = functions.map(nameOf);
  const isOurs = names.toSorted().join() === functionNames.toSorted().join();
  const foreign =
    "the deployed package belongs to another project, or did not load. Deploy again: docs/deploy.md.";
  unless(isOurs, `The functions are: ${plain(names) || "none"}.`, foreign);
  const off = functions.filter(({ properties }) => properties["isDisabled"] === true).map(nameOf);
  unless(off.length === 0, `Disabled: ${plain(off)}.`, "someone disabled functions in the portal.");
  const read = await azure.get(
    `${group}/providers/Microsoft.Web/sites/${appName}`,
    version("2025-03-01"),
  );
  const { functionAppConfig: found } = site.parse(resource.parse(read).properties);
  const type = found?.siteUpdateStrategy?.type ?? "Recreate";
  const { updateStrategy: wanted = "Recreate" } = parameters;
  const other = "Azure did not take updateStrategy, or someone changed it. See docs/parameters.md.";
  if (type !== wanted)
    throw warning(`${plain(type)} is in force. The values name ${plain(wanted)}.`, other);
  const warm = found?.scaleAndConcurrency?.alwaysReady.map((one) => one.instanceCount) ?? [];
  const isEnough = type !== "RollingUpdate" || warm.some((count) => count > 1);
  const cause = "RollingUpdate needs two warm instances. Raise scale.alwaysReady.";
  if (!isEnough) throw warning("RollingUpdate has fewer than two warm instances.", cause);
  return `${names.length} functions. ${plain(type)} is in force.`;
}

const series = z.object({ data: z.array(z.object({ average: z.number().nullish() })) });
const metrics = z.object({ value: z.array(z.object({ timeseries: z.array(series) })) });
const domain = z.object({ properties: z.object({ hostName: z.string().toLowerCase() }) });
const domains = z.object({ value: z.array(domain) });

export async function judgeFront(live: Live): Promise<string> {
  const azure = await live.azure();
  const id = z.string().catch("").parse(azure.parameters["frontDoorId"]).toLowerCase();
  if (id === "") throw notHere("The environment is not behind a front.");
  const fronts = await azure.list("Microsoft.Cdn/profiles", "2025-06-01", "subscription");
  const front = fronts.find(
    ({ properties }) => String(properties["frontDoorId"]).toLowerCase() === id,
  );
  if (front === undefined) throw notShown("You cannot read a front with the deployed id.");
  const named = domains.parse(await azure.get(`${front.id}/customDomains`, version("2025-06-01")));
  const { hostname } = new URL(live.hookUrl);
  const isFronts = named.value.some(({ properties }) => properties.hostName === hostname);
  unless(isFronts, "Okta does not call the front.", "okta.json has an app's URL, not the front's.");
  const end = Date.now();
  const times = [end - 15 * 60_000, end].map((time) => live.timeOfApp(time).toISOString());
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
  if (health.length === 0) throw notShown("The front reports no health yet.");
  // The front uses an app if three of its last four probes succeeded (infra/front.bicep).
  const ill = health.filter((percent) => percent < 75).length;
  const seen = `${ill} of ${health.length} apps are unhealthy.`;
  unless(ill === 0, seen, "an app is down, or refuses the front's probes. See docs/outage.md.");
  return seen;
}
