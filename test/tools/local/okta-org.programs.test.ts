import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { npmStart, type Command } from "./starting.ts";

let started: Command;
let folder: string;
afterEach(async () => {
  await started.stop();
  rmSync(folder, { recursive: true });
});

/** Runs `npm run okta -- …` in a shell after the line that npm start prints. */
async function okta(
  source: string,
  args: string,
): Promise<{ readonly exitCode: number; readonly output: string }> {
  const command = `${source} && exec ${process.execPath} ${resolve("tools/okta/main.ts")} ${args} --env local`;
  const child = spawn("/bin/bash", ["-c", command], {
    cwd: folder,
    env: { PATH: process.env["PATH"], NODE_COMPILE_CACHE: process.env["NODE_COMPILE_CACHE"] },
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk) => (output += String(chunk)));
  const [exitCode] = (await once(child, "close")) as [number];
  return { exitCode, output };
}

test("with --second-hook, another provider's hook is active in the org, for npm run okta -- activate", async () => {
  started = npmStart(["--azure", "--verbose", "--second-hook"], {
    OKTA_HOOK_SECRET: "the-hook-secret-of-the-tour",
  });
  const source = `source ${resolve(await started.printed(/^source (\S+)\n\n/m))}`;
  folder = mkdtempSync(join(tmpdir(), "tour-"));
  const { exitCode, output } = await okta(source, "activate --vault kv-test --yes");
  expect([exitCode, output]).toEqual([
    0,
    expect.stringMatching(/"other provider" .*: deactivate[^]*Okta reached the hook/),
  ]);
});

test("npm run okta applies, verifies, rotates and audits the org of npm start -- --azure", async () => {
  started = npmStart(["--azure", "--verbose"], { OKTA_HOOK_SECRET: "the-hook-secret-of-the-tour" });
  const source = `source ${resolve(await started.printed(/^source (\S+)\n\n/m))}`;
  folder = mkdtempSync(join(tmpdir(), "tour-"));

  const runs = [];
  for (const args of [
    "apply --vault kv-test --yes",
    "verify",
    "rotate --vault kv-test --yes",
    "audit",
  ])
    runs.push(await okta(source, args));
  expect(runs.map(({ exitCode }) => exitCode)).toEqual([0, 0, 0, 0]);
  const [applied, verified, rotated, audited] = runs.map(({ output }) => output);
  expect(applied).toContain("Done: event hook: create and activate");
  expect(verified).toContain("Okta uses the newest hook secret.");
  expect(rotated).toContain("Rotated");
  expect(audited).toMatch(/Hook +cal\w+, active/);
  // verify sends one expired code and rotate sends two. The app delivers none of these codes.
  expect(started.output.match(/^\S+ → refused expired-code/gm)?.length).toBeGreaterThanOrEqual(3);
  expect(started.output).not.toContain("┌──");
  for (const { output } of runs)
    expect(output).not.toMatch(/the-hook-secret-of-the-tour|[\da-f]{64}/);
});
