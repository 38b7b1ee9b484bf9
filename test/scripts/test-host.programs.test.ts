// Tests scripts/test-host.sh with a stand-in for func. The pipelines run the script with a real
// host.
import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
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

let folder: string;
beforeAll(buildApp);
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "test-host-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** Runs test-host.sh with these shell commands as func, or without func on PATH. */
async function testHost(func?: string) {
  // PATH has only the programs that the script uses, because the machine may have func.
  const programs = "bash curl dirname grep head mktemp node openssl rm sed sleep tail".split(" ");
  for (const program of programs) {
    const found = spawnSync("/bin/sh", ["-c", `command -v ${program}`], { encoding: "utf8" });
    symlinkSync(found.stdout.trim(), join(folder, program));
  }
  if (func !== undefined)
    writeFileSync(join(folder, "func"), `#!/bin/bash\n${func}\n`, { mode: 0o755 });
  const { status, stdout, stderr } = spawnSync("scripts/test-host.sh", [], {
    encoding: "utf8",
    env: { PATH: folder, HOST_PORT: String(await freePorts()) },
  });
  await until(() => !isRunning());
  return { status, said: stdout.trim().split("\n"), stderr };
}

/** Whether a process still runs with the PATH of this test. */
function isRunning(): boolean {
  const { stdout } = spawnSync("ps", ["eww", "-A", "-o", "args"], {
    encoding: "utf8",
    maxBuffer: 100 << 20,
  });
  return stdout.includes(`PATH=${folder}`);
}

const standIn = `exec "${process.execPath}" "${resolve("test/tools/local/func.ts")}" "$@"`;

test("test-host.sh skips its tests if func is not on PATH, and prints the reason", async () => {
  expect(await testHost()).toEqual({
    status: 0,
    said: [expect.stringMatching(/^Skipped, because func is not on PATH\. /)],
    stderr: "",
  });
});

test("test-host.sh passes if the host does everything right", async () => {
  const { status, said } = await testHost(standIn);
  expect([status, said]).toEqual([
    0,
    [
      "ok: the host has started",
      "ok: ten requests by SMS are accepted",
      "ok: ten requests by voice are accepted",
      "ok: a wrong secret gets 401",
      expect.stringMatching(/^ok: a body over 2 MiB is refused \(HTTP \d+\), and the next/),
      "ok: receipts arrive",
      "ok: Okta's events arrive",
      "ok: the host accepts requests under load",
      "ok: the host stops under load",
    ],
  ]);
});

test.each([
  ["ends at once", "exit 1", "Failed: the host has started (the host ended first)"],
  [
    "cannot reach 8x8",
    `export EIGHT_BY_EIGHT_SMS_URL=http://127.0.0.1:9\n${standIn}`,
    "Failed: ten requests by SMS are accepted",
  ],
])("test-host.sh fails if the host %s, and prints the step that failed", async (_, func, words) => {
  const { status, stderr } = await testHost(func);
  expect([status, stderr]).toEqual([1, expect.stringContaining(words)]);
});
