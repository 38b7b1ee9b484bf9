import { spawn } from "node:child_process";
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

  test("exits at SIGTERM after the app's appTerminate hook", async () => {
    await app.stop();
    expect(app.output()).toMatch(/hook: appTerminate\n$/);
    await expect(post()).rejects.toThrow("fetch failed");
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
