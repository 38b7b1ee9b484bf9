import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { until } from "../until.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "npm-test-"));
  for (const file of ["scripts/test.ts", "tools/usage.ts"])
    cpSync(join(__dirname, "../..", file), join(folder, file));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const passing = {
  "test:jest": "echo Tests: 3 passed",
  "format:check": "true",
  lint: "true",
  typecheck: "true",
};

/** Runs `npm test` in a project with these scripts. */
function run(scripts: Partial<typeof passing> = {}) {
  const all = { type: "module", scripts: { ...passing, ...scripts } };
  writeFileSync(join(folder, "package.json"), JSON.stringify(all));
  const child = spawn(process.execPath, ["scripts/test.ts"], {
    cwd: folder,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const printed = Promise.all([text(child.stdout), text(child.stderr)]).then((parts) =>
    parts.join(""),
  );
  const ended = once(child, "close").then(([exitCode]) => exitCode as unknown);
  return { child, printed, ended };
}

test.each(Object.keys(passing))(
  "npm test fails if only %s fails, and prints its output",
  async (script) => {
    const { printed, ended } = run({ [script]: "echo what is wrong; echo and where >&2; false" });
    expect(await ended).toBe(1);
    expect(await printed).toMatch(/what is wrong[^]*and where|and where[^]*what is wrong/);
    expect(await printed).toMatch(new RegExp(`^Failed: ${script}\\.$`, "m"));
  },
);

test("npm test ends every process that it started when it gets SIGINT", async () => {
  const started = (name: string) => `touch ${name}.started; sleep 600; true`;
  const { child, printed, ended } = run({
    "test:jest": started("jest"),
    typecheck: started("typecheck"),
  });
  await until(() =>
    ["jest", "typecheck"].every((name) => existsSync(join(folder, `${name}.started`))),
  );
  child.kill("SIGINT");
  expect(await ended).toBeGreaterThan(128);
  // A leftover process would keep the output open.
  await printed;
});
