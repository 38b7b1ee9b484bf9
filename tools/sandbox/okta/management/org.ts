import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { parseJson } from "../../../../src/privacy/json.ts";
import { refuseForeign } from "../../own-requests.ts";
import { remember } from "../../remembering.ts";
import { readWholeBody } from "../../request-body.ts";
import { adminRoutes, createAdministration, type Administration } from "./administration.ts";
import { failure, type Answer, type Route } from "./answers.ts";
import type { FetchHookToken } from "./execution.ts";
import { createEventHooks, type EventHookOptions, type EventHooks } from "./event-hooks.ts";
import { createFaults, type Fault } from "./faults.ts";
import { createInlineHooks, type InlineHooks } from "./inline-hooks.ts";
import { createServiceApp, type ServiceAppOptions } from "./service-app.ts";
import { createSystemLog, type SystemLog } from "./system-log.ts";

export interface OktaOrg {
  readonly url: string;
  readonly hooks: Pick<InlineHooks, "all" | "active" | "add" | "remove">;
  readonly eventHooks: Pick<EventHooks, "all">;
  readonly log: Pick<SystemLog, "add">;
  readonly admin: Administration;
  /** The newest 10,000 calls, in order of arrival. */
  readonly calls: RecordedCall[];
  /** Makes one call fail: the next call with this method and a path that ends with `pathEnd`. */
  fail(method: string, pathEnd: string, how: Fault): void;
  /**
   * Lets `calls` calls succeed. After these calls, the next call fails. With `forGood`, all later
   * calls fail.
   */
  failAfter(calls: number, how: Fault, forGood?: boolean): void;
  /** Makes every call fail while `isAway` returns true. */
  failWhile(isAway: () => boolean, how: Fault): void;
  recover(): void;
  /** Delays each call. */
  beforeCall: (() => Promise<unknown>) | undefined;
  /** Called after each call, with the number of calls so far. */
  onCall: ((calls: number) => void) | undefined;
  close(): Promise<void>;
}

export interface RecordedCall {
  readonly call: string;
  readonly body: unknown;
  /** Answer of the org. Undefined if the connection was cut. */
  readonly answer: Answer | undefined;
}

export interface OktaOrgOptions extends EventHookOptions {
  readonly port?: number;
  readonly apiToken?: string;
  readonly app?: ServiceAppOptions;
  readonly pageSize?: number;
  /** Fetches a hook's token. tools/sandbox/okta/authorization-server.ts has a function for this. */
  readonly fetchHookToken?: FetchHookToken;
}

export async function startOktaOrg(options: OktaOrgOptions): Promise<OktaOrg> {
  let org = "";
  const url = () => org;
  const log = createSystemLog(options.pageSize ?? 1_000);
  const admin = createAdministration();
  const hooks = createInlineHooks(log, options.fetchHookToken, admin);
  const eventHooks = createEventHooks(options);
  const app = options.app && createServiceApp(url, options.app);
  const routes = [...hooks.routes, ...eventHooks.routes, ...log.routes, ...adminRoutes(admin)];
  const calls: RecordedCall[] = [];
  const faults = createFaults();

  function allows(request: IncomingMessage, address: URL, scope: string): boolean | undefined {
    const { authorization = "", dpop } = request.headers;
    if (options.apiToken !== undefined && authorization === `SSWS ${options.apiToken}`) return true;
    const { method = "" } = request;
    const proof = dpop as string | undefined;
    return app?.scopesOf(authorization, proof, method, org + address.pathname)?.includes(scope);
  }

  async function answer(request: IncomingMessage, address: URL, body: string): Promise<Answer> {
    const { method = "", headers } = request;
    if (app !== undefined && method === "POST" && address.pathname === "/oauth2/v1/token")
      return app.token(new URLSearchParams(body), headers["dpop"] as string | undefined);
    const found = routeFor(routes, method, address);
    if (found === undefined) return failure("E0000022");
    const allowed = allows(request, address, found.route.scope);
    if (allowed === undefined) return failure("E0000011");
    if (!allowed) return scopeMissing(found.route.scope);
    return found.route.answer({ url: address, parts: found.parts, body: parseJson(body) });
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const foreign = refuseForeign(request);
    if (foreign !== undefined) {
      response.writeHead(foreign.status, { "content-length": 0 }).end();
      return;
    }
    const address = new URL(request.url ?? "/", org);
    const body = (await readWholeBody(request)).toString();
    const call = `${request.method ?? ""} ${address.pathname}`;
    await started.beforeCall?.();
    const fault = faults.next(call);
    const given =
      fault?.answer ??
      (fault?.how === "cut before" ? undefined : await answer(request, address, body));
    const cut = fault !== undefined && fault.answer === undefined;
    remember(calls, { call, body: parseJson(body), answer: cut ? undefined : given });
    started.onCall?.(calls.length);
    if (cut || given === undefined) {
      request.socket.destroy();
      return;
    }
    response.writeHead(given.status, {
      "content-type": "application/json",
      // After a 429, callers read in this header when the rate limit's next window begins:
      // https://developer.okta.com/docs/reference/rl-best-practices/
      "x-rate-limit-reset": String(Math.floor(Date.now() / 1000) + 1),
      ...given.headers,
    });
    response.end(given.body === undefined ? "" : JSON.stringify(given.body));
  }

  const started: OktaOrg = {
    get url() {
      return org;
    },
    hooks,
    eventHooks,
    log,
    admin,
    calls,
    fail: faults.add,
    failAfter: faults.addAfter,
    failWhile: faults.addWhile,
    recover: faults.clear,
    beforeCall: undefined,
    onCall: undefined,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
  const server = createServer((request, response) => {
    serve(request, response).catch(() => request.socket.destroy());
  });
  server.listen(options.port ?? 0, "127.0.0.1");
  await once(server, "listening");
  org = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return started;
}

/**
 * Returns the answer for a missing scope. If an admin role is missing, Okta answers with the same
 * code but another challenge: https://www.rfc-editor.org/rfc/rfc6750#section-3.1
 */
function scopeMissing(scope: string): Answer {
  const challenge = `Bearer realm="okta", error="insufficient_scope", scope="${scope}"`;
  return { ...failure("E0000006"), headers: { "www-authenticate": challenge } };
}

function routeFor(routes: readonly Route[], method: string, { pathname }: URL) {
  for (const route of routes) {
    const parts = route.method === method ? route.path.exec(pathname)?.slice(1) : undefined;
    if (parts !== undefined) return { route, parts };
  }
  return undefined;
}
