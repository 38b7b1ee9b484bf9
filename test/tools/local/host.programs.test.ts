import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { request as httpRequest } from "node:http";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { buildSync } from "esbuild";
import { startApp, type App } from "../../../tools/local/app.ts";
import { until } from "../../until.ts";
import { buildApp } from "../../worker/built.ts";

// These tests check the behavior that the local host shares with the Functions host. They use a
// small app, and other suites run the real app.
const source = `
import { app } from "@azure/functions";
app.hook.appTerminate(async () => {
  await new Promise((resolve) => setTimeout(resolve, 50));
  console.log("hook: appTerminate");
});
app.http("echo", { methods: ["POST"], route: "some/echo", handler: async (request, context) => ({
  jsonBody: {
    bytes: (await request.arrayBuffer()).byteLength,
    traceParent: context.traceContext.traceParent,
  },
}) });
app.http("logs", { handler: (request, context) => {
  context.debug("not for production");
  context.warn("two\\nlines");
  return { body: "ok" };
} });
app.http("throws", { handler: () => { throw new Error("out of order"); } });
`;

/** Folder of the small app, which is bundled like the real app. */
let folder: string;
let app: App;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "functions-app-"));
  buildSync({
    stdin: { contents: source, resolveDir: resolve("."), loader: "ts" },
    outfile: join(folder, "dist/entry.cjs"),
    bundle: true,
    platform: "node",
    format: "cjs",
    external: ["@azure/functions-core"],
  });
  writeFileSync(join(folder, "package.json"), JSON.stringify({ main: "dist/entry.cjs" }));
  writeFileSync(join(folder, "host.json"), JSON.stringify({ version: "2.0" }));
  app = await startApp({}, { app: folder });
});
afterAll(async () => {
  await app.stop();
  rmSync(folder, { recursive: true });
});

const post = (init: RequestInit = {}) =>
  fetch(`${app.url}/api/some/echo`, { method: "POST", ...init });
const echo = async (init?: RequestInit) =>
  (await (await post(init)).json()) as Record<string, unknown>;

describe("the local host", () => {
  test("continues the caller's trace with a new span, or starts a trace if the header is invalid", async () => {
    const traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    const { traceParent } = await echo({ headers: { traceparent } });
    expect(traceParent).toMatch(/^00-0af7651916cd43dd8448eb211c80319c-[0-9a-f]{16}-01$/);
    expect(traceParent).not.toBe(traceparent);
    const begun = [await echo(), await echo({ headers: { traceparent: "nonsense" } })].map(
      (one) => one["traceParent"],
    );
    expect(begun).toEqual(Array(2).fill(expect.stringMatching(/^00-[0-9a-f]{32}-/)));
    expect(begun[0]).not.toBe(begun[1]);
  });

  test("ignores case and a final slash in routes, and answers 404 to other paths and methods", async () => {
    const status = async (path: string, method: string) =>
      (await fetch(app.url + path, { method })).status;
    expect(await status("/API/Some/Echo/", "POST")).toBe(200);
    for (const [path, method] of [
      ["/api/some/echo", "GET"],
      ["/api/echo", "POST"],
      ["/some/echo", "POST"],
    ] as const)
      expect([path, await status(path, method)]).toEqual([path, 404]);
  });

  test("gives the function an empty body if the request is chunked", async () => {
    const request = httpRequest(`${app.url}/api/some/echo`, { method: "POST" });
    request.write("chunk");
    request.end("ed");
    const [answer] = (await once(request, "response")) as [AsyncIterable<Buffer>];
    expect(JSON.parse((await Array.fromAsync(answer)).join(""))).toMatchObject({ bytes: 0 });
  });

  test("answers 500 without a body to a request over 2 MiB, and logs an error", async () => {
    const limit = 2 * 1024 * 1024;
    const refused = await post({ body: new Uint8Array(limit + 1) });
    expect([refused.status, await refused.text()]).toEqual([500, ""]);
    await until(() =>
      /^error Function\.echo: Failed: Error: Request body too large/m.test(app.output()),
    );
    expect(await echo({ body: new Uint8Array(limit) })).toMatchObject({ bytes: limit });
  });

  test("answers 500 without a body if a function throws, and logs the error", async () => {
    const answer = await fetch(`${app.url}/api/throws`);
    expect([answer.status, await answer.text()]).toEqual([500, ""]);
    await until(() => /^error Function\.throws: .*out of order/m.test(app.output()));
  });

  test("prints each log message on one line, and drops the levels that host.json drops", async () => {
    await (await fetch(`${app.url}/api/logs`)).text();
    await until(() => /^warning Function\.logs\.User: two\\nlines$/m.test(app.output()));
    expect(app.output()).not.toContain("not for production");
  });

  test("exits at SIGTERM after the app's appTerminate hook", async () => {
    await app.stop();
    expect(app.output()).toMatch(/hook: appTerminate\n$/);
    await expect(post()).rejects.toThrow("fetch failed");
  });

  test("exits on Windows, which has no SIGTERM, after the app's appTerminate hook", () => {
    const script = `import { startApp } from "./tools/local/app.ts";
      const app = await startApp({}, { app: ${JSON.stringify(folder)} });
      Object.defineProperty(process, "platform", { value: "win32" });
      await app.stop();
      process.stdout.write(app.output());`;
    const { stdout } = spawnSync(process.execPath, ["--input-type=module", "--eval", script], {
      encoding: "utf8",
    });
    expect(stdout).toMatch(/hook: appTerminate\n$/);
  });

  test("exits when its parent process is killed", async () => {
    const script = `import { startApp } from "./tools/local/app.ts";
      console.log((await startApp({}, { app: ${JSON.stringify(folder)} })).url);`;
    const parent = spawn(process.execPath, ["--input-type=module", "--eval", script]);
    const [url] = (await once(parent.stdout.setEncoding("utf8"), "data")) as [string];
    const answers = () =>
      fetch(`${url.trim()}/api/logs`).then(
        ({ ok }) => ok,
        () => false,
      );
    expect(await answers()).toBe(true);
    parent.kill("SIGKILL");
    for (let tries = 0; tries < 200 && (await answers()); tries++) await sleep(50);
    expect(await answers()).toBe(false);
  });
});

test.each(["v20.20.2", "v22.14.0"])(
  "the local host on Node %s logs which Node the app needs, and answers 404",
  async (old) => {
    buildApp();
    writeFileSync(
      join(folder, "old.mjs"),
      `Object.defineProperty(process, "version", { value: "${old}" });`,
    );
    const host = await startApp({ NODE_OPTIONS: `--import ${join(folder, "old.mjs")}` });
    const { status } = await fetch(`${host.url}/api/health`);
    await host.stop();
    expect(host.output()).toMatch(
      /^error Worker: Was unable to load entry point "dist\/main\.cjs": Error: This app needs Node 22\.15 /m,
    );
    expect(host.output()).toContain(`started it with ${old}.`);
    expect(status).toBe(404);
  },
);
