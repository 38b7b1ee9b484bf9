import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { npmStart } from "./starting.ts";

/** Runs `npm run okta -- …` in a shell, after the `source` line that npm start printed. */
async function okta(folder: string, source: string, args: string) {
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

test("npm run okta activates, verifies, rotates and deactivates the hook in the simulated org of npm start", async () => {
  const started = npmStart(["--azure", "--verbose", "--second-hook"], {
    OKTA_HOOK_SECRET: "the-hook-secret-of-the-tour",
  });
  const folder = mkdtempSync(join(tmpdir(), "tour-"));
  const source = `source ${resolve(await started.printed(/^source (\S+) && npx --no okta-8x8-telephony okta/m))}`;
  const runs = [];
  for (const args of [
    "activate --vault kv-test --yes",
    "verify",
    "rotate --vault kv-test --yes",
    "deactivate --yes",
  ])
    runs.push(await okta(folder, source, args));
  await started.stop();
  rmSync(folder, { recursive: true });
  expect(runs.map(({ exitCode }) => exitCode)).toEqual([0, 0, 0, 0]);
  const [activated, verified, rotated, deactivated] = runs.map(({ output }) => output);
  expect(activated).toMatch(/"other provider" .*: deactivate[^]*Okta reached the hook/);
  expect(verified).toContain("Okta uses the newest hook secret.");
  expect(rotated).toContain("Rotated");
  expect(deactivated).toContain("No telephony hook is active.");
  // These commands test the hook with expired codes, which the app refuses.
  expect(started.output.match(/^\S+ → refused expired-code/gm)?.length).toBeGreaterThanOrEqual(3);
  expect(started.output).not.toContain("┌──");
  for (const { output } of runs)
    expect(output).not.toMatch(/the-hook-secret-of-the-tour|[\da-f]{64}/);
});
