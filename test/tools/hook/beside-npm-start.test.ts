import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { keepRunningApp, runningApps } from "../../../tools/running-app.ts";
import { command, run } from "./running-hook.ts";

// npm start stores secrets in the working directory, so each test changes to a new folder.
const before = process.cwd();
let folder: string;
let server: Server;
let url: string;
let secrets: (string | undefined)[];
let forget: () => void;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "hook-"));
  process.chdir(folder);
  secrets = [];
  server = createServer((request, response) => {
    secrets.push(request.headers["x-secret"] as string | undefined);
    if (request.url === "/api/okta/telephony") command("SUCCESSFUL")(response);
    else response.writeHead(200).end();
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  forget = keepRunningApp({
    url,
    sandboxUrl: "http://127.0.0.1:9",
    header: "x-secret",
    hookSecret: "left by npm start",
    eventSecret: "of events",
  });
});
afterEach(() => {
  forget();
  server.closeAllConnections();
  server.close();
  process.chdir(before);
  rmSync(folder, { recursive: true });
});

const hook = (origin: string, env: Record<string, string> = {}, ...args: readonly string[]) =>
  run(["--url", `${origin}/api/okta/telephony`, ...args], env);

test("npm run hook uses the secret and the header that npm start stored for the same URL", async () => {
  expect((await hook(url)).exitCode).toBe(0);
  expect(secrets).toEqual(["left by npm start"]);
});

test("npm run hook prefers OKTA_HOOK_SECRET to the secret that npm start stored", async () => {
  await hook(url, { OKTA_HOOK_SECRET: "given" });
  expect(secrets).toEqual(["given"]);
});

test("npm run hook sends no stored secret to another origin, and prints the app's URL", async () => {
  const { exitCode, output } = await hook(url.replace("127.0.0.1", "localhost"));
  expect([exitCode, secrets]).toEqual([64, []]);
  expect(output).toContain(`npx --no okta-8x8-telephony hook --url ${url}/api/okta/telephony`);
});

test("npm run hook -- --expect unauthenticated does not send the secret that npm start stored", async () => {
  await hook(url, {}, "--expect", "unauthenticated");
  expect(secrets).toEqual([undefined]);
});

test("runningApps() leaves out an app whose npm start was killed", () => {
  const file = join(folder, ".cache/start", new URL(url).port, "app.json");
  expect(runningApps()).toHaveLength(1);
  // Linux gives no process an id this high:
  // https://man7.org/linux/man-pages/man5/proc_sys_kernel.5.html
  writeFileSync(
    file,
    JSON.stringify({ ...(JSON.parse(readFileSync(file, "utf8")) as object), pid: 4_194_305 }),
  );
  expect(runningApps()).toEqual([]);
});

test("runningApps() leaves out an app whose file lacks a secret", () => {
  const file = join(folder, ".cache/start", new URL(url).port, "app.json");
  const kept = JSON.parse(readFileSync(file, "utf8")) as object;
  writeFileSync(file, JSON.stringify({ ...kept, eventSecret: undefined }));
  expect(runningApps()).toEqual([]);
});
