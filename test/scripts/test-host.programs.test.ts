// The pipelines run test-host.sh with a real host. This suite tests only failing steps.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { until } from "../until.ts";
import { buildApp } from "../worker/built.ts";

/** Returns the first of three free ports in a row. */
async function freePorts(): Promise<number> {
  for (;;) {
    const first = await isFree(0);
    const others = first === undefined ? [] : [first + 1, first + 2];
    if (first !== undefined && (await Promise.all(others.map(isFree))).every(Boolean)) return first;
  }
}

async function isFree(port: number): Promise<number | undefined> {
  const server = createServer().listen(port, "127.0.0.1");
  try {
    await once(server, "listening");
    return (server.address() as AddressInfo).port;
  } catch {
    return undefined;
  } finally {
    server.close();
  }
}

function isRunning(text: string): boolean {
  const words = ["eww", "-A", "-o", "args"];
  return spawnSync("ps", words, { encoding: "utf8", maxBuffer: 100 << 20 }).stdout.includes(text);
}

test("if a step fails, test-host.sh names the step and ends the host and the host's children", async () => {
  buildApp();
  const folder = mkdtempSync(join(tmpdir(), "test-host-"));
  const func = `#!/bin/bash
export EIGHT_BY_EIGHT_SMS_URL=http://127.0.0.1:9
exec "${process.execPath}" "${resolve("test/tools/local/func.ts")}" "$@"
`;
  writeFileSync(join(folder, "func"), func, { mode: 0o755 });
  const PATH = `${folder}:${process.env["PATH"]}`;
  const { status, stdout, stderr } = spawnSync("scripts/test-host.sh", [], {
    encoding: "utf8",
    env: { PATH, HOST_PORT: String(await freePorts()) },
  });
  rmSync(folder, { recursive: true });
  expect([status, stdout, stderr]).toEqual([
    1,
    "ok: the host has started\n",
    expect.stringContaining("Failed: ten requests by SMS are accepted"),
  ]);
  await until(() => !isRunning(`PATH=${folder}`));
});
