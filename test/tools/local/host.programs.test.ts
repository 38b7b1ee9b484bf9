import { fork, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startApp } from "../../../tools/local/app.ts";
import { until } from "../../until.ts";
import { buildApp } from "../../worker/built.ts";

beforeAll(buildApp);

test("the local host answers 500 to a body over 2 MiB, and ends when its parent process is killed", async () => {
  const script = `import { startApp } from "./tools/local/app.ts";
    console.log((await startApp({ AZURE_FUNCTIONS_ENVIRONMENT: "Development" })).url);`;
  const parent = spawn(process.execPath, ["--input-type=module", "--eval", script]);
  const [line] = (await once(parent.stdout.setEncoding("utf8"), "data")) as [string];
  const url = line.trim();
  const body = new Uint8Array(2 * 1024 * 1024 + 1);
  const refused = await fetch(`${url}/api/okta/telephony`, { method: "POST", body });
  expect([refused.status, await refused.text()]).toEqual([500, ""]);
  parent.kill("SIGKILL");
  await until(() =>
    fetch(`${url}/api/health`).then(
      () => false,
      () => true,
    ),
  );
});

test("if Node is too old, the local host logs which Node the app needs and answers 404", async () => {
  const folder = mkdtempSync(join(tmpdir(), "old-node-"));
  const old = join(folder, "old.mjs");
  writeFileSync(old, `Object.defineProperty(process, "version", { value: "v20.20.2" });`);
  const host = await startApp({ NODE_OPTIONS: `--import ${old}` });
  const { status } = await fetch(`${host.url}/api/health`);
  await host.stop();
  rmSync(folder, { recursive: true });
  expect(host.output()).toMatch(
    /^error Worker: Was unable to load entry point "dist\/main\.cjs": Error: This app needs Node 22\.15 .*started it with v20\.20\.2\./m,
  );
  expect(status).toBe(404);
});

test("a local host that could not load the app ends when its parent process disconnects", async () => {
  const folder = mkdtempSync(join(tmpdir(), "no-app-"));
  writeFileSync(join(folder, "package.json"), `{ "main": "missing.cjs" }`);
  const host = fork("tools/local/host.ts", ["--app", folder], { silent: true, timeout: 60_000 });
  for await (const printed of host.stdout?.setEncoding("utf8") ?? [])
    if (String(printed).includes("listening")) break;
  host.disconnect();
  expect(await once(host, "exit")).toEqual([0, null]);
  rmSync(folder, { recursive: true });
});
