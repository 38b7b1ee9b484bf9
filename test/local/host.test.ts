import { once } from "node:events";
import { request as httpRequest } from "node:http";
import { startApp, type App } from "../../local/app.ts";
import { bundleApp, type BundledApp } from "./bundled-app.ts";

const source = `
import { app } from "@azure/functions";
app.http("echo", { methods: ["POST"], route: "some/echo", handler: async (request, context) => ({
  headers: { "x-answer": "yes" },
  jsonBody: {
    bytes: (await request.arrayBuffer()).byteLength,
    method: request.method,
    url: request.url,
    header: request.headers.get("X-Mixed"),
    empty: request.headers.get("x-empty"),
    traceParent: context.traceContext.traceParent,
    invocationId: context.invocationId,
  },
}) });
app.http("logs", { handler: (request, context) => {
  context.debug("not for production");
  context.warn("two\\nlines");
  return { body: "ok" };
} });
app.http("throws", { handler: () => { throw new Error("out of order"); } });
app.http("nothing", { handler: () => undefined });
app.http("late", { handler: () => {
  try { app.http("later", { handler: () => ({}) }); return { body: "registered" }; } catch { return { body: "locked" }; }
} });
`;

let bundled: BundledApp;
let app: App;
beforeAll(async () => {
  bundled = bundleApp(source);
  app = await startApp({}, { app: bundled.directory });
});
afterAll(async () => {
  await app.stop();
  bundled.remove();
});

const echo = async (init: RequestInit = {}): Promise<Record<string, unknown>> => {
  const answer = await fetch(`${app.url}/api/some/echo?q=1`, { method: "POST", ...init });
  return (await answer.json()) as Record<string, unknown>;
};

describe("the local host", () => {
  test("gives the function method, full URL, headers blind to case, and the body's very bytes", async () => {
    const headers = { "X-MIXED": "a", "X-Empty": "" };
    expect(await echo({ body: new Uint8Array(100_000).fill(0xff), headers })).toMatchObject({
      bytes: 100_000,
      method: "POST",
      url: `${app.url}/api/some/echo?q=1`,
      header: "a",
      empty: "",
    });
  });

  test("sends the function's status, headers and body", async () => {
    const answer = await fetch(`${app.url}/api/some/echo`, { method: "POST" });
    expect([answer.status, answer.headers.get("x-answer")]).toEqual([200, "yes"]);
    expect(answer.headers.get("content-type")).toBe("application/json");
    expect((await fetch(`${app.url}/api/nothing`)).status).toBe(204);
  });

  test("keeps the caller's trace with a span of its own, and begins one where there is none", async () => {
    const traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    const { traceParent } = await echo({ headers: { traceparent } });
    expect(traceParent).toMatch(/^00-0af7651916cd43dd8448eb211c80319c-[0-9a-f]{16}-01$/);
    expect(traceParent).not.toBe(traceparent);
    const [one, other] = [await echo(), await echo({ headers: { traceparent: "nonsense" } })];
    expect([one["traceParent"], other["traceParent"]]).toEqual(
      Array(2).fill(expect.stringMatching(/^00-[0-9a-f]{32}-/)),
    );
    expect(one["traceParent"]).not.toBe(other["traceParent"]);
    expect(one["invocationId"]).not.toBe(other["invocationId"]);
  });

  test("knows routes blind to case and to a last slash, and answers all else with an empty 404", async () => {
    const status = async (path: string, method: string): Promise<number> =>
      (await fetch(app.url + path, { method })).status;
    expect(await status("/API/Some/Echo/", "POST")).toBe(200);
    for (const [path, method] of [
      ["/api/some/echo", "GET"],
      ["/api/echo", "POST"],
      ["/some/echo", "POST"],
      ["/", "GET"],
    ] as const)
      expect(await status(path, method)).toBe(404);
  });

  test("drops a body whose length was not declared, as the real one does for Node", async () => {
    const request = httpRequest(`${app.url}/api/some/echo`, { method: "POST" });
    request.write("chunk");
    request.end("ed");
    const [answer] = (await once(request, "response")) as [AsyncIterable<Buffer>];
    expect(JSON.parse((await Array.fromAsync(answer)).join(""))).toMatchObject({ bytes: 0 });
  });

  test("answers a body over the limit with an empty 500, logs that, and runs no function", async () => {
    const post = (bytes: number) => fetch(`${app.url}/api/some/echo`, { method: "POST", body: new Uint8Array(bytes) });
    const limit = 2 * 1024 * 1024;
    expect(await (await post(limit)).json()).toMatchObject({ bytes: limit });
    const refused = await post(limit + 1);
    expect([refused.status, await refused.text()]).toEqual([500, ""]);
    expect(app.output()).toMatch(/^error Function\.echo: Failed: Error: Request body too large/m);
    expect(await (await post(limit)).json()).toMatchObject({ bytes: limit });
  });

  test("answers an uncaught error with an empty 500, and logs it", async () => {
    const answer = await fetch(`${app.url}/api/throws`);
    expect([answer.status, await answer.text()]).toEqual([500, ""]);
    expect(app.output()).toMatch(/^error Function\.throws: .*out of order/m);
  });

  test("prints what the function logs on one line each, without what host.json hides", async () => {
    await (await fetch(`${app.url}/api/logs`)).text();
    expect(app.output()).toMatch(/^warning Function\.logs\.User: two\\nlines$/m);
    expect(app.output()).not.toContain("not for production");
  });

  test("registers nothing once the app has started", async () => {
    expect(await (await fetch(`${app.url}/api/late`)).text()).toBe("locked");
  });
});
