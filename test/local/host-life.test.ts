import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { startApp } from "../../local/app.ts";
import { bundleApp, type BundledApp } from "./bundled-app.ts";
import { Command } from "./starting.ts";

let bundled: BundledApp;
beforeAll(() => {
  bundled = bundleApp(`
    import { app } from "@azure/functions";
    app.hook.appTerminate(async () => {
      await new Promise((resolve) => setTimeout(resolve, 50));
      console.log("hook: appTerminate");
    });
    app.http("hello", { handler: () => ({ body: "hello" }) });`);
});
afterAll(() => {
  bundled.remove();
});

test("an app's hook for its end has run at SIGTERM", async () => {
  const app = await startApp({}, { app: bundled.directory });
  await app.stop();
  expect(app.output()).toMatch(/hook: appTerminate\n$/);
  await expect(fetch(`${app.url}/api/hello`)).rejects.toThrow("fetch failed");
});

test("an entry that throws leaves a host that says so and answers 404 to everything", async () => {
  const broken = bundleApp(`
    import { app } from "@azure/functions";
    app.http("early", { handler: () => ({ body: "early" }) });
    throw new Error("bad setting");`);
  const host = await startApp({}, { app: broken.directory });
  try {
    expect(host.output()).toMatch(/^error Worker: Was unable to load entry point "dist\/entry\.cjs": .*bad setting/m);
    expect((await fetch(`${host.url}/api/early`)).status).toBe(404);
  } finally {
    await host.stop();
    broken.remove();
  }
});

test("routePrefix and log level are host.json's, and the environment is the one given", async () => {
  const other = bundleApp(
    `import { app } from "@azure/functions";
     app.http("env", { handler: (request, context) => { context.debug("shown"); return { jsonBody: Object.keys(process.env) }; } });`,
    { extensions: { http: { routePrefix: "" } }, logging: { logLevel: { default: "Debug" } } },
  );
  const host = await startApp({ ONLY_THIS: "1" }, { app: other.directory });
  try {
    const names = (await (await fetch(`${host.url}/env`)).json()) as string[];
    expect(names.sort()).toEqual(["NODE_COMPILE_CACHE", "ONLY_THIS", "PATH"]);
    expect(host.output()).toMatch(/^debug Function\.env\.User: shown$/m);
  } finally {
    await host.stop();
    other.remove();
  }
});

test("a port that is taken ends the host with words", async () => {
  const taken = createServer().listen(0, "127.0.0.1");
  await once(taken, "listening");
  const { port } = taken.address() as AddressInfo;
  await expect(startApp({}, { app: bundled.directory, args: ["--port", String(port)] })).rejects.toThrow(
    `Port ${port} is taken`,
  );
  taken.close();
});

test.each([
  [
    "a folder without an app",
    ["--app", "test/local"],
    /^There is no package\.json in .*test\/local: --app says where\.$/m,
  ],
  ["a port that is none", ["--port", "http"], /^--port is a port/m],
  ["an option that there is not", ["--prot", "1"], /--prot/],
  ["an option without its value", ["--app"], /--app/],
])("the host ends at %s with words for it", async (_, args, words) => {
  const host = new Command("local/host.ts", args);
  expect(await host.ended()).toBe(64);
  expect(host.output).toMatch(words);
  expect(host.output).toMatch(/\nnode local\/host\.ts --help says more\.\n$/);
});

test("a host whose parent is killed ends by itself", async () => {
  const script = `import { startApp } from "./local/app.ts";
    console.log((await startApp({}, { app: ${JSON.stringify(bundled.directory)} })).url);`;
  const parent = spawn(process.execPath, ["--input-type=module", "--eval", script]);
  const [url] = (await once(parent.stdout.setEncoding("utf8"), "data")) as [string];
  const answers = (): Promise<boolean> =>
    fetch(`${url.trim()}/api/hello`).then(
      ({ ok }) => ok,
      () => false,
    );
  expect(await answers()).toBe(true);
  parent.kill("SIGKILL");
  for (let tries = 0; tries < 40 && (await answers()); tries++) await sleep(50);
  expect(await answers()).toBe(false);
});
