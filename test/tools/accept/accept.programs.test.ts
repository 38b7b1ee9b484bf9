import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { text } from "node:stream/consumers";
import { npmStart, type Command } from "../local/starting.ts";

jest.setTimeout(120_000);

let folder: string;
let started: Command | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "accept-"));
  execFileSync("git", ["init", "--quiet", folder]);
  for (const file of ["package.json", "host.json"]) cpSync(file, join(folder, file));
  for (const name of ["dist", "tools"]) symlinkSync(resolve(name), join(folder, name));
});
afterEach(async () => {
  await started?.stop();
  rmSync(folder, { recursive: true });
});

/** Runs a line in bash. In the line, `node/…` runs a file of the folder tools. */
async function shell(line: string) {
  const node = `NODE_USE_ENV_PROXY=1 exec ${process.execPath} ${resolve("tools")}`;
  const command = `set -e; ${line.replace("node", node)} 2>&1`;
  const child = spawn("bash", ["-c", command], {
    cwd: folder,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(child, "close");
  const output = await text(child.stdout);
  return { status: (await ended)[0] as number, output };
}

test("accept passes against start --azure, and writes a report without secrets", async () => {
  const secrets = {
    OKTA_HOOK_SECRET: "the-hook-secret-of-this-test",
    EIGHT_BY_EIGHT_API_KEY: "the-8x8-key-of-this-test",
  };
  started = npmStart(["--azure"], secrets, folder);
  const line = await started.printed(/(source \S+env)$/m);
  await shell(`${line}; node/okta/main.ts apply --env local --vault kv-test --yes`);
  const { status, output } = await shell(`${line}; node/accept/main.ts local`);
  const report = readFileSync(join(folder, "accept-report.local.md"), "utf8");
  expect(`${output}${status}`).toMatch(/8 hold, 0 differ, 0 are not shown, 4 are not here\..*\n0$/);
  expect(report).toContain("- Okta sends codes by SMS: yes\n- Okta sends codes by call: yes");
  expect(report).not.toMatch(/-of-this-test|2025550123|[\da-f]{8}-[\da-f]{4}-/);
});

test("accept differs if the app does not answer, and signs in nowhere without --yes", async () => {
  mkdirSync(join(folder, "environments/dev"), { recursive: true });
  const url = "https://func-octo.acme.invalid/api/okta/telephony";
  const hook = { name: "8x8", url, auth: "secret", header: "authorization" };
  const state = { org: "https://acme.okta.com", clientId: "0oa1", hook };
  writeFileSync(join(folder, "environments/dev/okta.json"), JSON.stringify(state));
  const without = await shell("node/accept/main.ts dev");
  expect(without.output).toContain("Nothing was sent. Without a terminal, add --yes.");
  expect(without.status).toBe(2);
  const { status, output } = await shell(
    "OKTA_ORG_URL=https://acme.okta.com node/accept/main.ts dev --yes",
  );
  expect(output).toMatch(
    /DIFFERS +health: The app cannot be reached\. Likely cause: DNS does not know/,
  );
  expect(output).toContain("not shown  closed: This check depends on the check health.");
  expect(status).toBe(1);
});
