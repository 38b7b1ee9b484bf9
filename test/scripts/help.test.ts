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
  for (const name of ["src", "test", "sandbox", "local", "tools", "scripts", "lab"])
    cpSync(name, join(folder, name), { recursive: true, filter: (path) => !path.includes("node_modules") });
  for (const name of ["package.json", "package-lock.json", "tsconfig.json", "eslint.config.js", "jest.config.js"])
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
test.each(Object.entries(packageJson.scripts).filter(([, script]) => script.includes(".ts")))(
  "npm run %s -- --help prints help and does nothing else",
  (_, script) => {
    // In a folder that is new, what was compiled is neither found nor found again.
    const env = { ...process.env, NODE_DISABLE_COMPILE_CACHE: "1" };
    // As npm runs it, half a second faster.
    const { status, stdout } = spawnSync(`${script} --help`, { cwd: folder, encoding: "utf8", shell: true, env });
    expect([status, stdout]).toEqual([0, expect.stringMatching(/\S/)]);
    expect(listing()).toEqual(asCopied);
    expect(existsSync(join(folder, "dist"))).toBe(false);
  },
);
