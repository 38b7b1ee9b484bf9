import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { extraScopes } from "../../../tools/accept/extra-scopes.ts";
import { npmStart, type Command } from "../local/starting.ts";
import { scopes, startOkta } from "../okta/running-okta.ts";

let started: Command | undefined;
let folder: string | undefined;
afterEach(async () => {
  await started?.stop();
  if (folder !== undefined) rmSync(folder, { recursive: true });
  started = folder = undefined;
});

test("npm start -- --azure --verbose prints an accept command that finds no difference", async () => {
  const env = { OKTA_HOOK_SECRET: "the-hook-secret-of-the-hour", EIGHT_BY_EIGHT_FEEDBACK: "send" };
  const start = (started = npmStart(["--azure", "--verbose"], env));
  const line = await start.printed(/^(\(source \S+ && .*; npm run accept -- local\))\n\n/m);
  const there = (folder = mkdtempSync(join(tmpdir(), "accept-")));

  const pasted = line
    .replace("source ", `source ${resolve()}/`)
    .replace(
      /npm run (\w+) --/g,
      (_, name: string) => `${process.execPath} ${resolve(`tools/${name}/main.ts`)}`,
    );
  const child = spawn("/bin/bash", ["-c", pasted], {
    cwd: there,
    env: { PATH: process.env["PATH"], NODE_COMPILE_CACHE: process.env["NODE_COMPILE_CACHE"] },
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk) => (output += String(chunk)));
  const [exitCode] = (await once(child, "close")) as [number];
  expect([exitCode, output.match(/^differs .*/gm)]).toEqual([0, null]);
  for (const id of [
    "okta-execute",
    "8x8-credit",
    "8x8-sms-receipt",
    "sign-in-joined",
    "sign-in-feedback",
  ])
    expect(output).toMatch(new RegExp(`^holds +${id}:`, "m"));
  const report = readFileSync(join(there, "accept-report.md"), "utf8");
  expect(report).toContain("## Differs (0)");
  expect(report).toMatch(/^- \*\*azure-alerts\*\* .* The environment has no alerts/m);
  expect(output).toMatch(/^not set up +8x8-sender: .* On a laptop/m);
  expect(output).toMatch(/^not set up +8x8-wrong-sender: .* On a laptop/m);
  const json = readFileSync(join(there, "accept-report.json"), "utf8");
  expect(report + json + output).not.toMatch(/2025550123|the-hook-secret|00uyxx|[\da-f]{32}/);
  // The app of npm start sends its events every five seconds.
}, 120_000);

test.each([
  ["none if it has only the required ones", scopes, "left-out", []],
  ["the additional one", [...scopes, "okta.users.manage"], "left-out", ["okta.users.manage"]],
  [
    "the additional one, even if Okta refuses scopes that are not granted",
    [...scopes, "okta.logs.manage"],
    "refused",
    ["okta.logs.manage"],
  ],
] as const)(
  "the check of extra scopes of Okta's app finds %s",
  async (_, granted, otherScopes, extra) => {
    const okta = await startOkta("http://127.0.0.1:9/api/okta/telephony", { otherScopes }, granted);
    process.env["OKTA_PRIVATE_KEY_FILE"] = okta.keyFile;
    expect(await extraScopes(okta.wanted, undefined)).toEqual(extra);
    delete process.env["OKTA_PRIVATE_KEY_FILE"];
    await okta.stop();
  },
);
