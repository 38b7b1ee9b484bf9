import { randomUUID } from "node:crypto";
import packageJson from "../../../package.json" with { type: "json" };
import { functionNames } from "../../../src/functions/register.ts";
import { expectedAlerts, type Resource, type Row } from "../../../tools/accept/azure.ts";
import type { Live, Reply, Request } from "../../../tools/accept/live.ts";
import { userIdsFor } from "../../../tools/accept/user-ids.ts";
import { eventHookBody } from "../../../tools/okta/event-hook-body.ts";
import { inlineHookBody } from "../../../tools/okta/hook-body.ts";
import { OktaError } from "../../../tools/okta/okta-error.ts";
import { createOrg } from "../../../tools/okta/org.ts";
import { planOf } from "../../../tools/okta/plan.ts";
import type { WantedState } from "../../../tools/okta/wanted-state.ts";

export const appName = "func-okta8x8-dev-abc123";
export const hookUrl = `https://${appName}.azurewebsites.net/api/okta/telephony`;
const group = "/subscriptions/0b1c/resourceGroups/rg-okta8x8-dev";
export const logsId = `${group}/providers/microsoft.insights/components/appi-okta8x8-dev`;

export const reply = (status: number, body: object | string = "", ms = 90): Reply =>
  typeof body === "string"
    ? { status, text: body, json: undefined, ms }
    : { status, text: JSON.stringify(body), json: body, ms };
const error = { error: { errorSummary: "No." } };
export const hookFailed = (status: number, code: string) =>
  new OktaError("POST /execute", status, code);

export type Properties = Readonly<Record<string, string>>;
/** What the app does with a code: properties of its event. */
interface Answer extends Properties {
  readonly outcome: string;
}
interface Sent {
  readonly eventId: string;
  readonly data: { messageProfile: { otpExpires: string; deliveryChannel: string } };
}
type Given = Reply | Error | ((calls: readonly string[]) => Reply | null);

const resource = (type: string, name: string, properties: Resource["properties"]): Resource => ({
  id: `${group}/providers/${type}/${name}`,
  name,
  properties,
});

/** Every check holds until a test changes a part. */
export function createWorld() {
  // Azure writes the same id sometimes in upper case and sometimes in lower case.
  const page = resource("microsoft.insights/actionGroups", "ag-page", {
    enabled: true,
    emailReceivers: [{ name: "mail-0", status: "Enabled" }],
    smsReceivers: [],
  });
  const actions: unknown = { actionGroups: [page.id.replace("actionGroups", "ActionGroups")] };
  const rule = (name: string) =>
    resource("Microsoft.Insights/rules", `alert-${name}-okta8x8-dev`, {
      enabled: true,
      actions,
      scopes: [logsId.replace("microsoft.insights", "Microsoft.Insights")],
    });
  const wanted: WantedState = {
    org: "https://acme.okta.com",
    clientId: "0oa1",
    hook: { name: "8x8", url: hookUrl, auth: "secret", header: "authorization" },
    events: { name: "8x8 outcomes", url: hookUrl.replace("telephony", "events"), filter: false },
  };
  const accepted: Answer = { outcome: "accepted", provider: "8x8" };
  return {
    now: Date.parse("2026-12-01T10:00:00Z"),
    wanted: wanted as WantedState | undefined,
    hookUrl,
    phone: "+4915112345678" as string | undefined,
    /** The pattern matches a call such as `GET /api/health`. Null means the usual answer. */
    answers: [] as (readonly [call: RegExp, given: Given])[],
    /** The person's answers, in order. Without them, there is no terminal. */
    person: [] as string[],
    /** Rejects if Azure has no usable deployment. */
    deployment: undefined as Error | undefined,
    parameters: { alerts: "all", stateTable: true } as Record<string, unknown>,
    settings: { EIGHT_BY_EIGHT_VOICE_SUBACCOUNT: "acme_voice" } as Record<string, string>,
    functions: functionNames.map((name) =>
      resource("Microsoft.Web/sites", `${appName}/${name}`, { isDisabled: false }),
    ),
    strategy: "Recreate",
    warm: 2,
    scheduledQueryRules: expectedAlerts("all").map(rule),
    page: page as Resource | undefined,
    actionRules: [] as Resource[],
    profiles: [resource("Microsoft.Cdn/profiles", "afd", { frontDoorId: "F00D" })],
    originHealth: [100, 100],
    /** How far the app's clock is ahead, in ms. */
    aheadMs: 0,
    logMs: 40_000,
    hooks: (hook: object): object[] => [hook],
    eventHook: (hook: object): object => hook,
    providers: [] as object[],
    /** Events of people's codes in Okta's System Log. */
    systemLog: [] as object[],
    /** The app's answer to an expired code, or the error of Okta's API. */
    expired: { outcome: "refused", reason: "expired-code" } as Answer | Error,
    /** The app's answers to live codes, and the receipts for these codes. */
    sms: accepted,
    voice: accepted,
    smsReceipts: [
      { state: "sent" },
      { state: "delivered", senderChanged: "false" },
    ] as Properties[],
    voiceReceipts: [{ state: "completed" }] as Properties[],
    /** What Okta gets if a server in between changes the app's answer. */
    changed: undefined as object | undefined,
    /** How long Okta takes for the run's first code, and how often it calls the app. */
    executeMs: 300,
    attempts: 1,
    /** If the function returns undefined, the row is lost. */
    write: (row: Row): Row | undefined => row,
    /** Requests of other callers at the start of the run. */
    others: [] as Properties[],
    availability: [true, true, true, true, true],
    /** Ids of the users who get codes during the sign-in. */
    users: ["00u1"],
    /** Properties of the app's events about the use of the sign-in's code. */
    uses: [{ codeRow: "written" }] as Properties[],
  };
}
export type World = ReturnType<typeof createWorld>;

/** Simulated time passes only during calls and waits. */
export function openWorld(
  world: World,
): Live & { readonly calls: readonly string[]; readonly hosts: ReadonlySet<string> } {
  const rows: { readonly row: Row; readonly arrivesAt: number }[] = [];
  const calls: string[] = [];
  const hosts = new Set<string>();
  const { wanted } = world;
  jest.spyOn(Date, "now").mockImplementation(() => world.now);
  const timeOfApp = (at: number) => new Date(at + world.aheadMs - 2_000);

  function write(name: string, properties: Row, afterMs = 0): void {
    const timestamp = new Date(world.now + world.aheadMs + afterMs).toISOString();
    const { version: application_Version } = packageJson;
    const columns = { timestamp, name, itemCount: "1", sdkVersion: "node24:otel" };
    const row = world.write({ ...columns, application_Version, ...properties });
    if (row) rows.push({ row, arrivesAt: world.now + afterMs + world.logMs });
  }
  function log(status: number, properties: Row): void {
    write("otp-delivery", properties);
    write("telephony-hook", { sdkVersion: "azurefunctions: 4.1", resultCode: String(status) });
  }
  for (const other of world.others) write("otp-delivery", other);

  function call(what: string, { headers = {}, body = "" }: Request): Reply {
    const size = body.length > 10_000 ? "large" : undefined;
    const whole = [what, Object.keys(headers).length > 0 && "wrong", size]
      .filter(Boolean)
      .join(" ");
    calls.push(whole);
    world.now += 90;
    const [, given] = world.answers.find(([pattern]) => pattern.test(whole)) ?? [];
    if (given instanceof Error) throw given;
    const answer = typeof given === "function" ? given(calls) : given;
    if (answer) return answer;
    if (what.endsWith("/api/health")) return reply(200, { status: "healthy" });
    if (size) return reply(413);
    if (what === "POST /api/okta/telephony")
      log(401, { outcome: "unauthenticated", reason: "no-header" });
    return what.startsWith("GET /api/okta") ? reply(404) : reply(401, error);
  }

  function execute(body: object): unknown {
    const { eventId, data } = body as Sent;
    const { otpExpires, deliveryChannel } = data.messageProfile;
    const channel = deliveryChannel === "SMS" ? "sms" : "voice";
    const isExpired = Date.parse(otpExpires) < world.now;
    calls.push(`Okta ${isExpired ? "expired" : "live"} ${channel}`);
    const said = isExpired ? world.expired : world[channel];
    const isFirst = calls.filter((one) => one.startsWith("Okta")).length === 1;
    world.now += isFirst ? world.executeMs : 300;
    if (said instanceof Error) throw said;
    const { outcome, provider = "8x8", ...more } = said;
    const isFailure = outcome === "unauthenticated" || outcome === "unavailable";
    const event = { ...said, ...(outcome === "unauthenticated" ? {} : { eventId }) };
    const attempts = isFirst ? world.attempts : 1;
    for (let attempt = 0; attempt < attempts; attempt += 1) log(isFailure ? 503 : 200, event);
    if (isFailure) throw hookFailed(400, "E0000135");
    const transactionId = more["transactionId"] ?? "bda3d56d-1424-e711-813c-06ed3428fe67";
    if (outcome === "accepted" && provider === "8x8")
      for (const [at, receipt] of world[`${channel}Receipts`].entries())
        write("otp-receipt", { providerId: transactionId, ...receipt }, 8_000 + at);
    const value = { provider, transactionId, transactionMetadata: JSON.stringify(said) };
    return world.changed ?? { commands: [{ type: "com.okta.telephony.action", value: [value] }] };
  }

  const inlineHook = wanted && {
    id: "cal1",
    status: "ACTIVE",
    ...inlineHookBody(wanted.hook, "s"),
  };
  const eventHook = wanted?.events && eventHookBody(wanted.events, "secret", "Phone");
  const verified = { id: "who1", status: "ACTIVE", verificationStatus: "VERIFIED", ...eventHook };
  const oktaLists: Readonly<Record<string, () => unknown[]>> = {
    inlineHooks: () => world.hooks({ ...inlineHook }),
    eventHooks: () => [world.eventHook(verified)],
    "telephony-providers": () => world.providers,
    logs: () =>
      world.systemLog.map((one) => ({
        published: new Date(world.now - 60_000).toISOString(),
        ...one,
      })),
  };
  const org = createOrg({
    call: (_method, _path, body) => Promise.resolve().then(() => execute(body ?? {})),
    list: (path) => Promise.resolve(oktaLists[path.at(-1) ?? ""]?.() ?? []),
  });

  const { functions, scheduledQueryRules, profiles, actionRules } = world;
  const lists = { functions, scheduledQueryRules, profiles, actionRules };
  const ofType = new Map<string | undefined, Resource[]>(Object.entries(lists));
  const tests = () =>
    world.availability.map((isSuccess, at) => ({
      timestamp: new Date(world.now + world.aheadMs - 100_000).toISOString(),
      name: "health-okta8x8-dev",
      location: `location ${at}`,
      success: isSuccess ? "1" : "0",
    }));
  function get(id: string): unknown {
    if (id.endsWith(`/sites/${appName}`)) {
      const siteUpdateStrategy = { type: world.strategy };
      const scaleAndConcurrency = { alwaysReady: [{ name: "http", instanceCount: world.warm }] };
      return { properties: { functionAppConfig: { siteUpdateStrategy, scaleAndConcurrency } } };
    }
    if (id.endsWith("/customDomains"))
      return { value: [{ properties: { hostName: "codes.acme.com" } }] };
    if (!id.includes("actiongroups"))
      return {
        value: [{ timeseries: world.originHealth.map((average) => ({ data: [{ average }] })) }],
      };
    if (world.page === undefined) throw new Error("Azure answers 404.", { cause: 404 });
    return world.page;
  }

  const { deployment } = world;
  const azure = {
    group,
    appName,
    suffix: "okta8x8-dev",
    hookUrl: world.hookUrl,
    parameters: world.parameters,
    settings: world.settings,
    logs: () => Promise.resolve({ id: logsId, name: "appi-okta8x8-dev", properties: {} }),
    list: (type: string) => Promise.resolve(ofType.get(type.split("/").at(-1)) ?? []),
    get: (id: string) => Promise.resolve().then(() => get(id)),
    rows(since: Date, ...names: readonly string[]) {
      const here = rows.filter(({ arrivesAt }) => arrivesAt <= world.now).map(({ row }) => row);
      const isWanted = ({ name = "", timestamp = "" }: Row) =>
        names.includes(name) && timestamp >= since.toISOString();
      return Promise.resolve([...here, ...tests()].filter(isWanted));
    },
  };
  return {
    calls,
    hosts,
    environment: "dev",
    hookUrl: wanted?.hook.url ?? hookUrl,
    wanted,
    phone: world.phone,
    startedAt: world.now,
    sent: [],
    refused: [],
    azure: () => (deployment ? Promise.reject(deployment) : Promise.resolve(azure)),
    org: () => Promise.resolve(org),
    plan: () =>
      wanted ? planOf(org, wanted) : Promise.reject(new Error("There is no okta.json.")),
    users: () => Promise.resolve(userIdsFor(world.settings["SECOND_HOOK_FIRST_FOR"], world.phone)),
    call: (url, request: Request | undefined) =>
      Promise.resolve().then(() => {
        const { pathname, host } = new URL(url);
        hosts.add(host);
        return call(`${request?.method ?? "GET"} ${pathname}`, request ?? {});
      }),
    timeOfApp,
    ask: () => Promise.resolve(world.person.shift()),
    signIn() {
      const eventId = randomUUID();
      for (const oktaUserId of world.users) log(200, { eventId, oktaUserId, outcome: "accepted" });
      for (const [at, use] of world.uses.entries())
        write("otp-outcome", { join: "joined", eventId, ...use }, 15_000 + at * 20_000);
      return Promise.resolve(true);
    },
    sleep(ms) {
      world.now += ms;
      return Promise.resolve();
    },
  };
}
