import { exec, execFileSync } from "node:child_process";
import { randomInt } from "node:crypto";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { writeOktaState } from "../../../tools/local/start/laptop.ts";
import { claimPort } from "../../../tools/local/start/ports.ts";
import { startOktaOrg, type OktaOrg } from "../../../tools/sandbox/okta/management/org.ts";
import { judgeCalls } from "../../okta-documents/judged-calls.ts";
import { addHook, expectAtMostOneActive } from "../okta/hooks-in-org.ts";
import { apiToken } from "../okta/signed-in.ts";
import { npmStart, type Command } from "./starting.ts";

jest.setTimeout(180_000);

const applyLine = /^(printf .* \| npx --no okta-8x8-telephony okta activate .*)$/m;

/** Copy of a built checkout. The command start writes the state for okta into its .cache. */
let folder: string;
let org: OktaOrg;
let started: Command | undefined;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "laptop-"));
  execFileSync("git", ["init", "--quiet", folder]);
  for (const file of ["package.json", "host.json"]) cpSync(file, join(folder, file));
  symlinkSync(resolve("dist"), join(folder, "dist"));
  mkdirSync(join(folder, "tools/local"), { recursive: true });
  for (const name of readdirSync("tools/local"))
    symlinkSync(resolve("tools/local", name), join(folder, "tools/local", name));
  org = await startOktaOrg({ apiToken });
});
afterEach(async () => {
  await started?.stop();
  expectAtMostOneActive(org);
  await org.close();
  rmSync(folder, { recursive: true });
});

async function start(...orgArgs: readonly string[]): Promise<string> {
  const env = { OKTA_HOOK_SECRET: "the-hook-secret-of-this-test" };
  // The gateway's port is below the range from which the system chooses the app's port.
  // No tunnel runs, so the gateway's own URL is the public URL.
  const port = await claimPort(String(randomInt(20_000, 30_000)), "--public-port");
  const url = `http://127.0.0.1:${port}`;
  started = npmStart(["--public-url", url, "--public-port", port, ...orgArgs], env, folder);
  await started.printed(/^Press Ctrl-C to stop\./m);
  return url;
}

async function paste(line: RegExp): Promise<string> {
  const command = (await started?.printed(line))?.replace(
    "npx --no okta-8x8-telephony okta",
    `exec ${process.execPath} ${resolve("tools/okta/main.ts")}`,
  );
  return okta(command ?? "");
}

async function okta(command: string): Promise<string> {
  const env = { PATH: process.env["PATH"], OKTA_API_TOKEN: apiToken };
  const { stdout, stderr } = await promisify(exec)(command, {
    cwd: folder,
    env,
    shell: "/bin/bash",
  });
  return stdout + stderr;
}

test("the printed commands switch an org to the laptop after each start, and back to its earlier hook", async () => {
  const theirs = addHook(org, "Theirs", "ACTIVE");
  await start("--okta-org", org.url, "--okta-client", "0oa1");
  const before = structuredClone(org.hooks.all());
  const [, back = ""] =
    /The way back: npx --no okta-8x8-telephony okta (.*)\n/.exec(await paste(applyLine)) ?? [];
  expect(org.hooks.active()?.name).toBe("8x8 laptop");
  expect(org.eventHooks.all()).toMatchObject([
    { name: "8x8 laptop outcomes", status: "ACTIVE", verificationStatus: "VERIFIED" },
  ]);
  expect(readFileSync(join(folder, ".cache/okta.laptop.json"), "utf8")).not.toMatch(
    /the-hook-secret|[\da-f]{32}/,
  );
  await started?.stop();

  // The second start generates a new event secret, which activate must send to Okta.
  const secrets = await started?.printed(applyLine);
  const url = await start();
  expect(await started?.printed(applyLine)).not.toBe(secrets);
  await paste(applyLine);
  expect(org.hooks.active()?.channel.config.uri).toBe(`${url}/api/okta/telephony`);

  await okta(`exec ${process.execPath} ${resolve("tools/okta/main.ts")} ${back} --yes`);
  expect(back).toBe(`activate ${theirs} --env laptop`);
  expect(org.hooks.active()).toEqual({ ...before[0], lastUpdated: expect.any(String) as string });
  expect(org.hooks.all()).toHaveLength(2);
  expect(org.eventHooks.all()).toMatchObject([{ status: "INACTIVE" }]);
  expect(judgeCalls(org.calls)).toEqual([]);
});

test.each([
  [{}, "--public-url needs --okta-org and --okta-client the first time"],
  [{ org: "https://acme.okta.com", clientId: "0oa1" }, "must be a preview or trial org"],
  [
    { org: "https://dev-1-admin.okta.com", clientId: "0oa1" },
    "the org's own address: https://dev-1.okta.com",
  ],
  [{ org: "https://dev-1.okta.com" }, "--okta-org and --okta-client belong together"],
])(
  "--public-url refuses the options %j, and the error says what to change",
  ({ org, clientId }: { org?: string; clientId?: string }, words) => {
    expect(() => {
      writeOktaState({ url: "https://a.example", port: "7074", org, clientId });
    }).toThrow(words);
  },
);
