import { randomUUID } from "node:crypto";
import packageJson from "../../../package.json" with { type: "json" };
import { functionNames } from "../../../src/functions/register.ts";
import { expectedAlerts, type Azure, type Row } from "../../../tools/accept/azure.ts";
import type { Host, Live, Reply, Request } from "../../../tools/accept/live.ts";
import { eventHookBody } from "../../../tools/okta/event-hook-body.ts";
import { inlineHookBody } from "../../../tools/okta/hook-body.ts";
import { createOrg } from "../../../tools/okta/org.ts";
import type { WantedState } from "../../../tools/okta/wanted-state.ts";

export const hookUrl = "https://func-okta8x8-dev-abc123.azurewebsites.net/api/okta/telephony";
const appName = "func-okta8x8-dev-abc123";
const group = "/subscriptions/0b1c/resourceGroups/rg-okta8x8-dev/providers";
const sdks = { app: "node24:otel", host: "azurefunctions: 4.1049.0.0" };

const emptyRow: Omit<Row, "timestamp" | "name"> = {
  cloud_RoleName: "",
  operation_Id: "",
  itemCount: "1",
  sdkVersion: "",
  application_Version: "",
  resultCode: "",
  location: "",
  success: "",
  customDimensions: "",
  properties: {},
};

/** A text is a page, an object is JSON. */
export const reply = (status: number, body: object | string = "", ms = 90): Reply =>
  typeof body === "string"
    ? { status, text: body, json: undefined, ms }
    : { status, text: JSON.stringify(body), json: body, ms };
/** https://developer.8x8.com/connect/docs/api-error-codes */
export const error8x8 = (status: number, code: number): Reply =>
  reply(status, { code, message: "No.", errorId: randomUUID(), timestamp: "2026-11-30T12:00:00Z" });
const error = (errorSummary: string) => ({ error: { errorSummary } });

interface Sent {
  readonly eventId: string;
  readonly data: { messageProfile: { otpExpires: string; deliveryChannel: string } };
}
type Properties = Record<string, string>;

const wanted: WantedState = {
  org: "https://acme.okta.com",
  clientId: "0oa1",
  hook: { name: "8x8", url: hookUrl, auth: "secret", header: "authorization" },
  phone: { sms: true, voice: true, allowedFor: "any" },
  events: { name: "8x8 outcomes", url: hookUrl.replace("telephony", "events"), filter: false },
};

/** A deployment, its vendors and its person, in which every check holds. Tests change it. */
export function createWorld() {
  // Azure writes one id in several cases.
  const actions: unknown = { actionGroups: [`${group}/microsoft.insights/actionGroups/ag-page`] };
  const rule = (name: string) => ({
    name: `alert-${name}-okta8x8-dev`,
    properties: { enabled: true, actions },
  });
  const { hook, events } = wanted;
  return {
    now: Date.now(),
    wanted: wanted as WantedState | undefined,
    auth: "secret" as "secret" | "token",
    account: "5a0b7f2e-6a3d-4c7e-8f11-0d9b6c1e2f33" as string | undefined,
    phone: "+4915112345678" as string | undefined,
    /**
     * Answers in place of the hosts' own, to calls such as `app GET /api/health`. A call ends with
     * the kind of its secret and with the size of a large body. Null: the host's own answer.
     */
    answers: [] as (readonly [
      call: RegExp,
      answer: Reply | Error | ((calls: readonly string[]) => Reply | null),
    ])[],
    parameters: { alerts: "all", stateTable: true, frontDoorId: "" } as Record<string, unknown>,
    settings: {
      EIGHT_BY_EIGHT_SMS_SUBACCOUNT: "acme_hq",
      EIGHT_BY_EIGHT_VOICE_SUBACCOUNT: "acme_voice",
    } as Record<string, string>,
    functions: functionNames.map((name) => ({
      name: `${appName}/${name}`,
      properties: { isDisabled: false } as { isDisabled?: boolean },
    })),
    rules: expectedAlerts("all").map(rule),
    actionGroups: [
      {
        id: `${group}/Microsoft.Insights/actiongroups/ag-page`,
        properties: { enabled: true },
      },
    ],
    fronts: [{ id: `${group}/Microsoft.Cdn/profiles/afd`, properties: { frontDoorId: "F00D" } }],
    domain: "codes.acme.com",
    originHealth: [100, 100] as (number | null)[],
    /** How many ms a host's clock is ahead. Undefined: its answers have no Date header. */
    ahead: { app: 0, okta: 0 } as Record<string, number | undefined>,
    delayMs: { log: 40_000, systemLog: 20_000 },
    hooks: [{ id: "cal1", status: "ACTIVE", ...inlineHookBody(hook, "secret") }] as object[],
    eventHooks: [
      {
        id: "who1",
        status: "ACTIVE",
        verificationStatus: "VERIFIED",
        ...(events && eventHookBody(events, "secret", "Phone")),
      },
    ] as object[],
    /** Okta's events about a call of the hook. */
    systemLog: [{ eventType: "inline_hook.response.processed", outcome: { result: "SUCCESS" } }],
    /** Changes each row of the app and the host. Undefined: the row is lost. */
    write: (row: Row): Row | undefined => row,
    availability: [true, true, true, true, true],
    /** Why the app refuses Okta's secret or token. Undefined: it accepts it. */
    refusal: undefined as string | undefined,
    /** What the app does with a code that has not expired. */
    send: (channel: string): Properties => ({ outcome: "accepted", provider: "8x8", channel }),
    /** Properties of the receipts of an accepted code. */
    receipts: (providerId: string, isCall: boolean): Properties[] =>
      isCall
        ? [{ providerId, state: "completed" }]
        : [
            { providerId, state: "sent" },
            { providerId, state: "delivered", senderChanged: "false" },
          ],
    /** Who get codes during the sign-in. */
    users: ["00u1"],
    /** Properties of the events about the code of the sign-in. Undefined: no code was sent. */
    uses: (eventId: string): Properties[] | undefined => [
      { outcome: "verified", join: "joined", eventId, codeRow: "written" },
    ],
  };
}
export type World = ReturnType<typeof createWorld>;

/** All that a check may use, in this world. Time passes only while a check waits. */
export function openWorld(world: World): Live & { readonly calls: readonly string[] } {
  const rows: { readonly row: Row; readonly arrivesAt: number }[] = [];
  const systemLog: { readonly published: string }[] = [];
  const calls: string[] = [];
  const timeOf = (host: "app" | "okta") => world.now + (world.ahead[host] ?? 0);

  function write(name: string, sdkVersion: string, more: Partial<Row>, afterMs = 0): void {
    const timestamp = new Date(timeOf("app") + afterMs).toISOString();
    const row = world.write({
      ...emptyRow,
      timestamp,
      name,
      cloud_RoleName: appName,
      sdkVersion,
      ...more,
    });
    if (row) rows.push({ row, arrivesAt: world.now + afterMs + world.delayMs.log });
  }
  function logged(answer: Reply, properties: Properties): Reply {
    const operation_Id = randomUUID();
    const { version } = packageJson;
    write("otp-delivery", sdks.app, { operation_Id, properties, application_Version: version });
    write("telephony-hook", sdks.host, { operation_Id, resultCode: String(answer.status) });
    return answer;
  }

  function hook({ body = "", secret }: Request): Reply {
    if (secret !== "right") return logged(reply(401, error("No.")), { outcome: "unauthenticated" });
    if (body.length > 2 * 1024 * 1024) return reply(413);
    if (body.length > 64 * 1024)
      return logged(reply(413, error("Too large.")), { outcome: "malformed" });
    const { eventId, data } = JSON.parse(body) as Sent;
    const { otpExpires, deliveryChannel } = data.messageProfile;
    const isCall = deliveryChannel !== "SMS";
    const said = world.send(isCall ? "voice" : "sms");
    return Date.parse(otpExpires) < timeOf("app") - 60_000
      ? answered(eventId, isCall, { outcome: "refused", reason: "expired-code" })
      : answered(eventId, isCall, said);
  }
  function answered(eventId: string, isCall: boolean, said: Properties): Reply {
    const { provider = "" } = said;
    const own = provider === "second-hook" ? eventId : "bda3d56d-1424-e711-813c-06ed3428fe67";
    const { transactionId = own } = said;
    const value = { provider, transactionId, transactionMetadata: JSON.stringify(said) };
    const isAccepted = said["outcome"] === "accepted";
    if (isAccepted && provider === "8x8")
      for (const [at, properties] of world.receipts(transactionId, isCall).entries())
        write("otp-receipt", sdks.app, { properties }, 8_000 + at);
    const isDown = said["outcome"] === "unavailable";
    const answer = isDown
      ? reply(503, error("Later."))
      : reply(200, { commands: [{ type: "com.okta.telephony.action", value: [value] }] });
    return logged(answer, { eventId, ...said });
  }

  function answerOf(host: Host, call: string, request: Request): Reply {
    if (call === "POST /execute" && world.refusal !== undefined)
      return logged(reply(401, error("No.")), {
        outcome: "unauthenticated",
        reason: world.refusal,
      });
    if (call === "POST /execute") return hook(request);
    if (host === "okta") return reply(200, {});
    if (host === "second hook") return reply(401);
    if (host === "8x8")
      return call.endsWith("/balance")
        ? reply(200, { balance: 12.5, currency: "USD" })
        : error8x8(400, 1002);
    if (call === "GET /api/health") return reply(200, { status: "healthy" });
    if (call === "POST /api/okta/telephony") return hook(request);
    return reply(call === "GET /api/okta/telephony" ? 404 : 401);
  }
  function call(host: Host, what: string, request: Request): Reply {
    const { secret, body = "" } = request;
    const size = body.length > 10_000 ? `${body.length / 1024} KiB` : undefined;
    const whole = [host, what, secret, size].filter(Boolean).join(" ");
    calls.push(whole);
    world.now += 90;
    const [, given] = world.answers.find(([pattern]) => pattern.test(whole)) ?? [];
    if (given instanceof Error) throw given;
    const answer = typeof given === "function" ? given(calls) : given;
    return answer ?? answerOf(host, what, request);
  }

  const oktaLists: Readonly<Record<string, (query: Properties) => unknown[]>> = {
    inlineHooks: () => world.hooks,
    eventHooks: () => world.eventHooks,
    authenticators: () => [
      {
        id: "aut1",
        key: "phone_number",
        name: "Phone",
        status: "ACTIVE",
        settings: { allowedFor: "any" },
      },
    ],
    methods: () => ["sms", "voice"].map((type) => ({ type, status: "ACTIVE" })),
    policies: () => [],
    "telephony-providers": () => [],
    logs: ({ since = "", until = "" }) =>
      systemLog.filter(
        ({ published }) =>
          published >= since &&
          published < until &&
          Date.parse(published) <= timeOf("okta") - world.delayMs.systemLog,
      ),
  };
  const org = createOrg({
    async call(_method, _path, body) {
      const request = { body: JSON.stringify(body), secret: "right" } as const;
      const { json } = call("okta", "POST /execute", request);
      const published = new Date(timeOf("okta")).toISOString();
      systemLog.push(...world.systemLog.map((event) => ({ ...event, published })));
      return Promise.resolve(json);
    },
    list: (path, query = {}) =>
      Promise.resolve(
        oktaLists[path.at(-1) ?? ""]?.({ ...query }) ?? oktaLists[path[0]]?.({}) ?? [],
      ),
    awaitRoom: () => Promise.resolve(),
  });

  const azureLists: Readonly<Record<string, () => unknown[]>> = {
    functions: () => world.functions,
    scheduledQueryRules: () => world.rules,
    actionGroups: () => world.actionGroups,
    profiles: () => world.fronts,
  };
  const tests = (): Row[] =>
    world.availability.map((isSuccess, at) => ({
      ...emptyRow,
      timestamp: new Date(timeOf("app") - 100_000).toISOString(),
      name: "health-okta8x8-dev",
      location: `location ${at}`,
      success: isSuccess ? "1" : "0",
    }));
  const series = () => world.originHealth.map((average) => ({ data: [{ average }] }));
  const azure: Azure = {
    appName,
    suffix: "okta8x8-dev",
    vaultName: "kv-okta8x8-dev-abc123",
    hookUrl,
    parameters: world.parameters,
    settings: world.settings,
    list: (type) => Promise.resolve(azureLists[type.split("/").at(-1) ?? ""]?.() ?? []),
    get: (id) =>
      Promise.resolve({
        value: id.endsWith("/customDomains")
          ? [{ properties: { hostName: world.domain } }]
          : [{ timeseries: series() }],
      }),
    rows(since, ...names) {
      const here = rows.filter(({ arrivesAt }) => arrivesAt <= world.now).map(({ row }) => row);
      const isWanted = ({ name, timestamp }: Row) =>
        names.includes(name) && timestamp >= since.toISOString();
      return Promise.resolve([...here, ...tests()].filter(isWanted));
    },
  };

  return {
    calls,
    hook: { url: world.wanted?.hook.url ?? hookUrl, auth: world.auth },
    wanted: world.wanted,
    phone: world.phone,
    account: world.account,
    own: [],
    refused: [],
    azure: () => Promise.resolve(azure),
    org: () => Promise.resolve(org),
    async call(host, path, request = {}) {
      return Promise.resolve(call(host, `${request.method ?? "GET"} ${path}`, request));
    },
    aheadMs: (host) => world.ahead[host],
    signIn() {
      const eventId = randomUUID();
      const uses = world.uses(eventId);
      for (const oktaUserId of uses ? world.users : [])
        logged(reply(200), { eventId, oktaUserId, outcome: "accepted" });
      for (const [at, properties] of (uses ?? []).entries())
        write("otp-outcome", sdks.app, { properties }, 15_000 + at * 20_000);
      return Promise.resolve(true);
    },
    now: () => world.now,
    sleep(ms) {
      world.now += ms;
      return Promise.resolve();
    },
  };
}
