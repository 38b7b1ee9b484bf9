import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";

const root = join(__dirname, "../..");
const readme = readFileSync(join(root, "README.md"), "utf8");
const commands = ["npm ci", "npm run check:lock", "npm test", "npm run test:programs"];

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "ci-"));
  mkdirSync(join(folder, "programs"));
  cpSync(join(root, ".ci/run"), join(folder, "project/.ci/run"));
  execFileSync("git", ["init", "--quiet", join(folder, "project")]);
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** The stand-in for npm runs `npm`, which has the branches of a `case` statement in bash. */
async function runCi(npm = "") {
  const print = 'echo "npm $*"; env | grep _REQUIRED=';
  for (const [name, says] of [
    ["npm", `${print}\ncase "$*" in ${npm} esac`],
    ["shellcheck", ""],
    ["chromium", ""],
    ["sleep", ""],
  ] as const)
    writeFileSync(join(folder, "programs", name), `#!/bin/bash\n${says}\n`, { mode: 0o755 });
  const child = spawn(join(folder, "project/.ci/run"), {
    env: { PATH: `${join(folder, "programs")}:${process.env["PATH"] ?? ""}` },
  });
  const printed = Promise.all([text(child.stdout), text(child.stderr)]);
  const [status] = (await once(child, "exit")) as [number];
  return { status, printed };
}

it(".ci/run runs the README's commands, check:lock and test:programs, and requires all optional tools", async () => {
  const { status, printed } = await runCi();
  const [output] = await printed;
  expect([status, output.match(/^npm .*/gm)]).toEqual([0, commands]);
  expect(readme).toContain("\nnpm ci && npm test\n");
  for (const tools of ["BICEP", "BROWSER", "OKTA_DOCUMENTS"])
    expect(output).toContain(`\n${tools}_REQUIRED=1\n`);
});

it.each(commands)(".ci/run stops if %s fails", async (call) => {
  const { status, printed } = await runCi(`"${call.slice(4)}") exit 1 ;;`);
  const [output] = await printed;
  expect([status, output.match(/^npm .*/gm)?.at(-1)]).toEqual([1, call]);
});

it(".ci/run fails if the tests leave a file and a process behind, and names both", async () => {
  const { status, printed } = await runCi(
    "test) touch leftover; tail -f /dev/null &>/dev/null & echo $! >../pid ;;",
  );
  const pid = readFileSync(join(folder, "pid"), "utf8").trim();
  // process.kill(0) would end this test's own process group.
  expect(Number(pid)).toBeGreaterThan(1);
  process.kill(Number(pid));
  const [, errors] = await printed;
  expect([status, errors]).toEqual([1, expect.stringContaining("?? leftover\n")]);
  expect(errors).toContain(`process ${pid}: tail -f /dev/null`);
});
