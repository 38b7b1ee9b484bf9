import { once } from "node:events";
import type { Server } from "node:http";
import { connect, type AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { FunctionApp, type ProgrammingModel } from "../../../tools/local/host/core-api.ts";
import type { HttpCall } from "../../../tools/local/host/invocation.ts";
import { kestrelLimits, type KestrelLimits } from "../../../tools/local/host/kestrel.ts";
import { routesOf } from "../../../tools/local/host/routes.ts";
import { createHttpServer } from "../../../tools/local/host/server.ts";
import { hookBody } from "../../../tools/sandbox/okta.ts";
import { hookSecret, startApp, type App } from "../../app.ts";

// These tests write requests as bytes, because fetch would normalize them.

/**
 * Sends the parts of a request with pauses of 30 ms. Returns the status after the server has closed
 * the connection.
 */
async function exchange(url: string, ...parts: readonly string[]): Promise<number> {
  const socket = connect(Number(new URL(url).port), "127.0.0.1").setEncoding("latin1");
  for (const [index, part] of parts.entries()) {
    if (index > 0) await sleep(30);
    socket.write(part, "latin1");
  }
  let answer = "";
  for await (const text of socket) answer += String(text);
  return Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1]);
}

const hookRoute = "/api/okta/telephony";
const health = "/api/health";
const always = ["Host: 127.0.0.1", "Connection: close"];

function get(target: string, { method = "GET", headers = [...always] } = {}): string {
  return `${method} ${target} HTTP/1.1\r\n${headers.join("\r\n")}\r\n\r\n`;
}

const hook = JSON.stringify(hookBody());
function post(target: string, headers: readonly string[] = []): string {
  const all = [
    ...always,
    `Authorization: ${hookSecret}`,
    "Content-Type: application/json",
    `Content-Length: ${hook.length}`,
    ...headers,
  ];
  return `POST ${target} HTTP/1.1\r\n${all.join("\r\n")}\r\n\r\n${hook}`;
}

const withHeaders = (...headers: readonly string[]) => ({ headers: [...always, ...headers] });
const withHeaderCount = (count: number) =>
  withHeaders(...Array<string>(count - always.length).fill("X: x"));
const withHeaderBytes = (bytes: number) =>
  withHeaders(`X: ${"x".repeat(bytes - [...always, "X: ", ""].join("\r\n").length)}`);
const lineOf = (bytes: number) =>
  `${health}?${"x".repeat(bytes - `GET ${health}? HTTP/1.1\r\n`.length)}`;

const limits =
  "https://learn.microsoft.com/dotnet/api/microsoft.aspnetcore.server.kestrel.core.kestrelserverlimits";
const joined =
  "https://learn.microsoft.com/dotnet/api/microsoft.extensions.primitives.stringvalues.tostring";
const encoding =
  "https://learn.microsoft.com/dotnet/api/microsoft.aspnetcore.server.kestrel.core.kestrelserveroptions.requestheaderencodingselector";
const decoded = "https://learn.microsoft.com/dotnet/api/microsoft.aspnetcore.http.httprequest.path";
const dotSegments =
  "https://github.com/dotnet/aspnetcore/blob/main/src/Shared/PathNormalizer/PathNormalizer.cs";
const homePage =
  "https://github.com/Azure/azure-functions-host/blob/dev/src/WebJobs.Script.WebHost/Middleware/HomepageMiddleware.cs";
const http = "https://www.rfc-editor.org/rfc/rfc9112";
/**
 * No page documents these statuses. We measured 401, 415 and GET / with the Functions host, and the
 * others with Kestrel and the routing of ASP.NET Core 10.0.12. POST / and GET // follow from the
 * source of the Functions host.
 */
const measured = "measured";

interface Row {
  readonly request: string;
  readonly bytes: string;
  readonly status: number;
  readonly source: string;
}

const rows: readonly Row[] = [
  {
    request: "two Authorization headers",
    bytes: post(hookRoute, ["Authorization: x"]),
    status: 401,
    source: joined,
  },
  {
    request: "two Content-Type headers",
    bytes: post(hookRoute, ["Content-Type: x"]),
    status: 415,
    source: joined,
  },
  {
    request: "two Host headers",
    bytes: get(health, withHeaders("Host: x")),
    status: 400,
    source: `${http}#section-3.2`,
  },
  {
    request: "header lines of 32 KB",
    bytes: get(lineOf(8_192), withHeaderBytes(32_768)),
    status: 200,
    source: limits,
  },
  {
    request: "header lines over 32 KB",
    bytes: get(health, withHeaderBytes(32_769)),
    status: 431,
    source: limits,
  },
  { request: "100 headers", bytes: get(health, withHeaderCount(100)), status: 200, source: limits },
  { request: "101 headers", bytes: get(health, withHeaderCount(101)), status: 431, source: limits },
  { request: "a request line of 8 KB", bytes: get(lineOf(8_192)), status: 200, source: limits },
  { request: "a request line over 8 KB", bytes: get(lineOf(8_193)), status: 414, source: limits },
  { request: "/./", bytes: get("/api/./health"), status: 200, source: dotSegments },
  { request: "/x/../", bytes: get("/api/x/../health"), status: 200, source: dotSegments },
  { request: "/x/%2e%2e/", bytes: get("/api/x/%2e%2e/health"), status: 200, source: dotSegments },
  {
    request: "/../ above the root",
    bytes: get("/../../api/health"),
    status: 200,
    source: dotSegments,
  },
  { request: "%68 for h", bytes: get("/api/healt%68"), status: 200, source: decoded },
  { request: "%2568 for %68", bytes: get("/api/healt%2568"), status: 404, source: decoded },
  { request: "%2F for a slash", bytes: get("/api%2Fhealth"), status: 404, source: decoded },
  {
    request: "a path that is not UTF-8",
    bytes: get("/api/health%ff"),
    status: 404,
    source: measured,
  },
  { request: "an empty segment", bytes: get("/api//health"), status: 404, source: measured },
  {
    request: "two slashes at the start",
    bytes: get("//x/api/health"),
    status: 404,
    source: measured,
  },
  { request: "a backslash", bytes: get("/api\\health"), status: 404, source: measured },
  { request: "a fragment", bytes: get("/api/health#x"), status: 404, source: measured },
  {
    request: "a whole URL",
    bytes: get("http://127.0.0.1/api/health"),
    status: 200,
    source: `${http}#section-3.2.2`,
  },
  { request: "OPTIONS *", bytes: get("*", { method: "OPTIONS" }), status: 404, source: measured },
  { request: "GET /", bytes: get("/"), status: 200, source: homePage },
  { request: "POST /", bytes: post("/"), status: 200, source: homePage },
  { request: "GET //", bytes: get("//"), status: 404, source: homePage },
];

/** Requests that the local host answers unlike Kestrel, because it uses Node's HTTP parser. */
const knownDifferences: readonly (Row & { readonly ours: number })[] = [
  {
    request: "a URL over 40 KB",
    bytes: get(lineOf(42_000)),
    status: 414,
    ours: 431,
    source: limits,
  },
  {
    request: "a method that Node does not know",
    bytes: get(health, { method: "FOO" }),
    status: 404,
    ours: 400,
    source: measured,
  },
  {
    request: "an expectation other than 100-continue",
    bytes: get(health, withHeaders("Expect: x")),
    status: 200,
    ours: 417,
    source: measured,
  },
  {
    request: "a malformed Host header",
    bytes: get(health, { headers: ["Host: a b", "Connection: close"] }),
    status: 400,
    ours: 500,
    source: `${http}#section-3.2`,
  },
  {
    request: "a whole URL of another host",
    bytes: get("http://x/api/health"),
    status: 400,
    ours: 200,
    source: measured,
  },
  {
    request: "a header that is not UTF-8",
    bytes: get(health, withHeaders("X: \xe4")),
    status: 400,
    ours: 500,
    source: encoding,
  },
  {
    request: "HTTP/2.0 in the request line",
    bytes: get(health).replace("HTTP/1.1", "HTTP/2.0"),
    status: 505,
    ours: 200,
    source: measured,
  },
];

describe("the local host", () => {
  let app: App;
  beforeAll(async () => {
    app = await startApp();
  });
  afterAll(() => app.stop());

  test.each(rows)(
    "answers $status to $request, like Kestrel",
    async ({ bytes, status, source }) => {
      expect({ source, status: await exchange(app.url, bytes) }).toEqual({ source, status });
    },
  );

  test.each(knownDifferences)(
    "answers $ours to $request, unlike Kestrel, which answers $status",
    async ({ bytes, ours }) => {
      expect(await exchange(app.url, bytes)).toBe(ours);
    },
  );
});

describe("the local host, with a function of this test,", () => {
  let calls: HttpCall[];
  let server: Server;
  beforeEach(() => {
    calls = [];
  });
  afterEach(async () => {
    server.close();
    await once(server, "close");
  });

  /** Serves a function that answers 204 at the route of Okta's hook. */
  async function serve(changes: Partial<KestrelLimits> = {}): Promise<string> {
    const app = new FunctionApp(() => undefined);
    app.functions.set("hook", {
      metadata: {
        name: "hook",
        bindings: { request: { type: "httpTrigger", route: "okta/telephony" } },
      },
      callback: () => undefined,
    });
    app.model = {
      getInvocationModel: (core: { request: { inputData: { data: { http: HttpCall } }[] } }) => {
        calls.push(...core.request.inputData.map(({ data }) => data.http));
        return {
          getArguments: () => Promise.resolve({ context: {}, inputs: [] }),
          invokeFunction: () => Promise.resolve(undefined),
          getResponse: () => Promise.resolve({}),
        };
      },
    } as unknown as ProgrammingModel;
    server = createHttpServer(app, routesOf(app, "api"), {
      limits: { ...kestrelLimits, ...changes },
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  test("gives the function the path without dot segments and escapes, and the unchanged query", async () => {
    expect(await exchange(await serve(), post("/API/./Okta/telephon%79/?path=/../%79"))).toBe(204);
    expect(calls[0]?.url).toBe("http://127.0.0.1/API/Okta/telephony/?path=/../%79");
  });

  test("gives the function repeated headers joined by commas, decoded as UTF-8", async () => {
    expect(
      await exchange(await serve(), post(hookRoute, ["X: 1", "x: 2", "Y: \xc3\xa4", "Z:"])),
    ).toBe(204);
    expect(calls[0]?.headers).toMatchObject({ x: "1,2", y: "ä", z: "" });
  });

  test("answers 500 if the body stalls, closes the connection and runs no function", async () => {
    const url = await serve({ bodyGraceMs: 50, bodyCheckMs: 10 });
    const kept = post(hookRoute).replace("Connection: close\r\n", "");
    expect(await exchange(url, kept.slice(0, -1))).toBe(500);
    expect(calls).toEqual([]);
  });

  test.each([
    ["is fast enough", { bodyBytesPerSecond: 1, bodyGraceMs: 0 }],
    ["is slow during the grace period only", { bodyBytesPerSecond: 1e9, bodyGraceMs: 600_000 }],
  ])("waits for the end of a body that %s", async (_, changes) => {
    const url = await serve({ ...changes, bodyCheckMs: 1 });
    const bytes = post(hookRoute);
    expect(await exchange(url, bytes.slice(0, -1), bytes.slice(-1))).toBe(204);
    expect(calls[0]?.body?.bytes.toString()).toBe(hook);
  });

  test("has Kestrel's default limits", () => {
    expect(kestrelLimits).toEqual({
      requestLineBytes: 8_192,
      headersBytes: 32_768,
      headers: 100,
      bodyBytesPerSecond: 240,
      bodyGraceMs: 5_000,
      bodyCheckMs: 1_000,
    });
  });
});
