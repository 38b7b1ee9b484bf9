import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import packageJson from "../../package.json" with { type: "json" };

// The sources alone, as before the first build: whatever a command makes or changes here is seen.
let folder: string;
let asCopied: readonly string[];
beforeAll(() => {
  // Its packages are found above it. Another run of the tests has one of its own.
  folder = mkdtempSync(resolve(".cache/help-"));
  for (const name of ["src", "test", "tools", "scripts"])
    cpSync(name, join(folder, name), {
      recursive: true,
      filter: (path) => !path.includes("node_modules"),
    });
  for (const name of [
    "package.json",
    "package-lock.json",
    "tsconfig.json",
    "eslint.config.js",
    "jest.config.js",
  ])
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

// The help of jest, npm and the like is theirs.
const ofNpm = Object.entries(packageJson.scripts).filter(([, script]) => script.includes(".ts"));
const others = [
  "tools/local/host.ts",
  "tools/check-environment/check-setting.ts",
  "scripts/expand-templates.ts",
];

test.each([
  ...ofNpm.map(([name, script]) => [`npm run ${name} --`, script] as const),
  ...others.map((file) => [file, `node scripts/run.js ${file}`] as const),
])("%s --help prints help of at most 100 columns and does nothing else", (name, script) => {
  // As npm runs it, half a second faster.
  // In a folder that is new, what was compiled is neither found nor found again.
  const env = { ...process.env, NODE_DISABLE_COMPILE_CACHE: "1" };
  const { status, stdout } = spawnSync(`${script} --help`, {
    cwd: folder,
    encoding: "utf8",
    shell: true,
    env,
  });
  expect([status, stdout]).toEqual([0, expect.stringMatching(/\S/)]);
  expect(stdout.split("\n").filter((line) => line.length > 100)).toEqual([]);
  // Not the help of the command that it calls.
  if (name.startsWith("npm run start:")) expect(stdout).toContain(`${name} [options]`);
  expect(listing()).toEqual(asCopied);
  expect(existsSync(join(folder, "dist"))).toBe(false);
});
