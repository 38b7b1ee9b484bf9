import { randomUUID } from "node:crypto";
import packageJson from "../../../package.json" with { type: "json" };
import { functionNames } from "../../../src/functions/register.ts";
import { expectedAlerts, type Row } from "../../../tools/accept/azure.ts";
import type { Host, Live, Reply, Request } from "../../../tools/accept/live.ts";
import { eventHookBody } from "../../../tools/okta/event-hook-body.ts";
import { inlineHookBody } from "../../../tools/okta/hook-body.ts";
import { createOrg } from "../../../tools/okta/org.ts";
import type { WantedState } from "../../../tools/okta/wanted-state.ts";

const appName = "func-okta8x8-dev-abc123";
export const hookUrl = `https://${appName}.azurewebsites.net/api/okta/telephony`;
const group = "/subscriptions/0b1c/resourceGroups/rg-okta8x8-dev/providers";
const ofHost = "azurefunctions: 4.1049.0.0";

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
export type Properties = Readonly<Record<string, string>>;
type Resource = { id: string; name: string; properties: Record<string, unknown> };
type Answer = Reply | Error | ((calls: readonly string[]) => Reply | null);

/** Every check holds until a test changes a part. */
export function createWorld() {
  // Azure writes the same id sometimes in upper case and sometimes in lower case.
  const actions: unknown = { actionGroups: [`${group}/microsoft.insights/actionGroups/ag-page`] };
  const resource = (type: string, name: string, properties: Resource["properties"]): Resource => ({
    id: `${group}/${type}/${name}`,
    name,
    properties,
  });
  const wanted: WantedState = {
    org: "https://acme.okta.com",
    clientId: "0oa1",
    hook: { name: "8x8", url: hookUrl, auth: "secret", header: "authorization" },
    phone: { sms: true, voice: true, allowedFor: "any" },
    events: { name: "8x8 outcomes", url: hookUrl.replace("telephony", "events"), filter: false },
  };
  const accepted: Properties = { outcome: "accepted", provider: "8x8" };
  return {
    now: Date.now(),
    wanted,
    account: "5a0b7f2e-6a3d-4c7e-8f11-0d9b6c1e2f33" as string | undefined,
    phone: "+4915112345678" as string | undefined,
    /** The pattern matches a call such as `app GET /api/health`. Null means the usual answer. */
    answers: [] as (readonly [call: RegExp, answer: Answer])[],
    parameters: { alerts: "all", stateTable: true, frontDoorId: "" } as Record<string, unknown>,
    settings: {
      EIGHT_BY_EIGHT_SMS_SUBACCOUNT: "acme_hq",
      EIGHT_BY_EIGHT_VOICE_SUBACCOUNT: "acme_voice",
    } as Record<string, string>,
    functions: functionNames.map((name) =>
      resource("Microsoft.Web/sites", `${appName}/${name}`, { isDisabled: false }),
    ),
    scheduledQueryRules: expectedAlerts("all").map((name) =>
      resource("Microsoft.Insights", `alert-${name}-okta8x8-dev`, { enabled: true, actions }),
    ),
    actionGroups: [resource("Microsoft.Insights/actiongroups", "ag-page", { enabled: true })],
    profiles: [resource("Microsoft.Cdn/profiles", "afd", { frontDoorId: "F00D" })],
    originHealth: [100, 100],
    /** In ms. If undefined, the host's answers have no Date header. */
    ahead: { app: 0, okta: 0 } as Record<string, number | undefined>,
    delayMs: { log: 40_000, systemLog: 20_000 },
    hook: (hook: object): object[] => [hook],
    eventHook: (hook: object): object => hook,
    systemLog: [{ eventType: "inline_hook.response.processed", outcome: { result: "SUCCESS" } }],
    /** If the function returns undefined, the row is lost. */
    write: (row: Row): Row | undefined => row,
    availability: [true, true, true, true, true],
    /** Why the app refuses Okta's secret or token. If undefined, the app refuses neither. */
    refusal: undefined as string | undefined,
    /** The app's outcome for a code that has not expired. */
    send: { sms: accepted, voice: accepted },
    receipts: {
      sms: [{ state: "sent" }, { state: "delivered", senderChanged: "false" }] as Properties[],
      voice: [{ state: "completed" }] as Properties[],
    },
    /** Ids of the users who get codes during the sign-in. */
    users: ["00u1"],
    /** Properties of the app's events about the use of the sign-in's code. */
    uses: [{ codeRow: "written" }] as Properties[],
  };
}
export type World = ReturnType<typeof createWorld>;

/** Simulated time passes only during calls and waits. */
export function openWorld(world: World): Live & { readonly calls: readonly string[] } {
  const rows: { readonly row: Row; readonly arrivesAt: number }[] = [];
  const systemLog: { readonly published: string }[] = [];
  const calls: string[] = [];
  const { wanted } = world;
  jest.spyOn(Date, "now").mockImplementation(() => world.now);
  const timeOf = (host: "app" | "okta") => world.now + (world.ahead[host] ?? 0);

  function write(name: string, properties: Row, afterMs = 0): void {
    const timestamp = new Date(timeOf("app") + afterMs).toISOString();
    const columns = { timestamp, name, itemCount: "1", sdkVersion: "node24:otel" };
    const row = world.write({ ...columns, ...properties });
    if (row) rows.push({ row, arrivesAt: world.now + afterMs + world.delayMs.log });
  }
  function logged(answer: Reply, properties: Row): Reply {
    const [operation_Id, application_Version] = [randomUUID(), packageJson.version];
    write("otp-delivery", { operation_Id, application_Version, ...properties });
    const resultCode = String(answer.status);
    write("telephony-hook", { operation_Id, sdkVersion: ofHost, resultCode });
    return answer;
  }

  function hook({ body = "", secret }: Request): Reply {
    if (secret !== "right") return logged(reply(401, error("No.")), { outcome: "unauthenticated" });
    if (body.length > 2 * 1024 * 1024) return reply(413);
    if (body.length > 64 * 1024)
      return logged(reply(413, error("Too large.")), { outcome: "malformed" });
    const { eventId, data } = JSON.parse(body) as Sent;
    const { otpExpires, deliveryChannel } = data.messageProfile;
    const channel = deliveryChannel === "SMS" ? "sms" : "voice";
    return Date.parse(otpExpires) < timeOf("app") - 60_000
      ? answered(eventId, channel, { outcome: "refused", reason: "expired-code" })
      : answered(eventId, channel, world.send[channel]);
  }
  function answered(eventId: string, channel: "sms" | "voice", said: Properties): Reply {
    const { outcome, provider = "" } = said;
    const { transactionId = "bda3d56d-1424-e711-813c-06ed3428fe67" } = said;
    const value = { provider, transactionId, transactionMetadata: JSON.stringify(said) };
    if (outcome === "accepted" && provider === "8x8")
      for (const [at, receipt] of world.receipts[channel].entries())
        write("otp-receipt", { providerId: transactionId, ...receipt }, 8_000 + at);
    const answer =
      outcome === "unavailable"
        ? reply(503, error("Later."))
        : reply(200, { commands: [{ type: "com.okta.telephony.action", value: [value] }] });
    return logged(answer, { eventId, ...said });
  }

  function answerOf(host: Host, call: string, request: Request): Reply {
    const { refusal: reason } = world;
    if (call === "POST /execute" && reason !== undefined)
      return logged(reply(401, error("No.")), { outcome: "unauthenticated", reason });
    if (call === "POST /execute" || call === "POST /api/okta/telephony") return hook(request);
    if (host === "okta") return reply(200, {});
    if (call.endsWith("/balance")) return reply(200, { balance: 12.5, currency: "USD" });
    if (host === "8x8") return error8x8(400, 1002);
    if (call === "GET /api/health") return reply(200, { status: "healthy" });
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

  const phone = { id: "aut1", key: "phone_number", name: "Phone", status: "ACTIVE" };
  const inlineHook = { id: "cal1", status: "ACTIVE", ...inlineHookBody(wanted.hook, "secret") };
  const eventHook = wanted.events && eventHookBody(wanted.events, "secret", "Phone");
  const verified = { id: "who1", status: "ACTIVE", verificationStatus: "VERIFIED", ...eventHook };
  const oktaLists: Readonly<Record<string, (query: Properties) => unknown[]>> = {
    inlineHooks: () => world.hook(inlineHook),
    eventHooks: () => [world.eventHook(verified)],
    authenticators: () => [{ ...phone, settings: { allowedFor: "any" } }],
    methods: () => ["sms", "voice"].map((type) => ({ type, status: "ACTIVE" })),
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
    list: (path, query = {}) => Promise.resolve(oktaLists[path.at(-1) ?? ""]?.({ ...query }) ?? []),
  });

  const { functions, scheduledQueryRules, actionGroups, profiles } = world;
  const lists = { functions, scheduledQueryRules, actionGroups, profiles };
  const ofType = new Map<string | undefined, Resource[]>(Object.entries(lists));
  const tests = () =>
    world.availability.map((isSuccess, at) => ({
      timestamp: new Date(timeOf("app") - 100_000).toISOString(),
      name: "health-okta8x8-dev",
      location: `location ${at}`,
      success: isSuccess ? "1" : "0",
    }));
  const timeseries = () => world.originHealth.map((average) => ({ data: [{ average }] }));

  return {
    calls,
    hook: wanted.hook,
    wanted,
    phone: world.phone,
    account: world.account,
    own: [],
    refused: [],
    azure: () =>
      Promise.resolve({
        appName,
        suffix: "okta8x8-dev",
        vaultName: "kv-okta8x8-dev-abc123",
        hookUrl,
        parameters: world.parameters,
        settings: world.settings,
        list: (type) => Promise.resolve(ofType.get(type.split("/").at(-1)) ?? []),
        get: (id) =>
          Promise.resolve({
            value: id.endsWith("/customDomains")
              ? [{ properties: { hostName: "codes.acme.com" } }]
              : [{ timeseries: timeseries() }],
          }),
        rows(since, ...names) {
          const here = rows.filter(({ arrivesAt }) => arrivesAt <= world.now).map(({ row }) => row);
          const isWanted = ({ name = "", timestamp = "" }: Row) =>
            names.includes(name) && timestamp >= since.toISOString();
          return Promise.resolve([...here, ...tests()].filter(isWanted));
        },
      }),
    org: () => Promise.resolve(org),
    async call(host, path, request = {}) {
      return Promise.resolve(call(host, `${request.method ?? "GET"} ${path}`, request));
    },
    aheadMs: (host) => world.ahead[host],
    signIn() {
      const eventId = randomUUID();
      for (const oktaUserId of world.users)
        logged(reply(200), { eventId, oktaUserId, outcome: "accepted" });
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
