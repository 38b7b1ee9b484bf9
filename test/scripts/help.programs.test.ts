import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import packageJson from "../../package.json" with { type: "json" };

// A copy of the sources without what a build creates, so that the test sees every file that a
// command creates or changes.
let folder: string;
let asCopied: readonly string[];
beforeAll(() => {
  // Node finds packages in the parent folder. Each run of the tests has its own copy.
  folder = mkdtempSync(resolve(".cache/help-"));
  for (const name of ["src", "test", "tools", "scripts"])
    cpSync(name, join(folder, name), {
      recursive: true,
      filter: (path) => !path.includes("node_modules"),
    });
  for (const name of ["package.json", "package-lock.json", "tsconfig.json", "jest.config.js"])
    cpSync(name, join(folder, name));
  mkdirSync(join(folder, "node_modules"));
  asCopied = listing();
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const listing = () =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((path) => `${path} ${statSync(join(folder, path)).mtimeMs}`)
    .sort();

// Tests only our own commands, because jest, npm and others have their own help.
const ofNpm = Object.entries(packageJson.scripts).filter(([, script]) => script.includes(".ts"));
const others = ["tools/local/host.ts", "tools/check-environment/check-setting.ts"];

test.each([
  ...ofNpm.map(([name, script]) => [`npm run ${name} --`, script] as const),
  ...others.map((file) => [file, `node scripts/run.js ${file}`] as const),
])("%s --help prints help of at most 100 columns and changes nothing", (name, script) => {
  // Runs the script without npm, which saves half a second.
  // The compile cache is off, because it would create files.
  const env = { ...process.env, NODE_DISABLE_COMPILE_CACHE: "1" };
  const { status, stdout } = spawnSync(`${script} --help`, {
    cwd: folder,
    encoding: "utf8",
    shell: true,
    env,
  });
  expect([status, stdout]).toEqual([0, expect.stringMatching(/\S/)]);
  expect(stdout.split("\n").filter((line) => line.length > 100)).toEqual([]);
  // npm run start:… must print its own help, not that of the command that it calls.
  expect(stdout).toContain(name.startsWith("npm run start:") ? `${name} [options]` : "");
  expect(listing()).toEqual(asCopied);
  expect(existsSync(join(folder, "dist"))).toBe(false);
});
