import {
  chmodSync,
  copyFileSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { readProjectFile, root } from "../infra/snapshot.ts";
import { runScript } from "./run-script.ts";

const examples = "infra/environments/examples";
const committed = globSync(`${examples}/*/*.bicepparam`, { cwd: root })
  .sort()
  .map((file) => file.replace(".bicepparam", ""));
const files = committed.map((file) => `${file}.snapshot.json`);
const noSubscription = "00000000-0000-0000-0000-000000000000";
let home: string;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "compilers-"));
  for (const file of files) {
    mkdirSync(join(home, dirname(file)), { recursive: true });
    copyFileSync(file, join(home, file));
  }
  for (const file of committed) writeFileSync(join(home, `${file}.bicepparam`), "");
});

afterEach(() => {
  rmSync(home, { recursive: true });
});

/** A compiler that says its name, what it is asked for and for whom, and writes what it is given. */
function compilerIn(folder: string, name: string, snapshot = '{ "outputs": {} }'): string {
  mkdirSync(join(home, folder), { recursive: true });
  const path = join(home, folder, "bicep");
  writeFileSync(
    path,
    `#!/bin/sh\necho "${name} $1 $2 $3 $4 $PLACEHOLDERS"\necho '${snapshot}' >"\${2%.bicepparam}.snapshot.json"\n`,
  );
  chmodSync(path, 0o755);
  return path;
}

function snapshot(env: Record<string, string>) {
  return runScript("snapshot.sh", [], { env: { HOME: home, ...env }, cwd: home });
}

it.each([
  ["the pinned compiler, whatever is on PATH", "", "pinned"],
  ["the compiler that BICEP names, before all others", "named/bicep", "named"],
])("snapshots are written with %s", (_, BICEP, used) => {
  for (const [folder, name] of [
    [".azure/bin", "pinned"],
    ["named", "named"],
    ["path", "on-path"],
  ] as const)
    compilerIn(folder, name);
  const PATH = `${join(home, "path")}:${process.env["PATH"] ?? ""}`;
  const { status, output } = snapshot({ PATH, BICEP: BICEP && join(home, BICEP) });
  const group = (file: string) => `--resource-group rg-okta8x8-${file.split("/").at(-2) ?? ""}`;
  const asked = committed.map((file) => {
    const where = file.includes("bootstrap") ? `--subscription-id ${noSubscription}` : group(file);
    return `${used} snapshot ${file}.bicepparam ${where} allowed\n`;
  });
  expect([status, output]).toEqual([0, asked.join("")]);
});

it("a second time changes nothing, in whatever order the compiler writes outputs", () => {
  const runs = ['{ "b": "1", "a": "2" }', '{ "a": "2", "b": "1" }'].map((outputs) => {
    const BICEP = compilerIn("named", "named", `{ "predictedResources": [], "outputs": ${outputs} }`);
    expect(snapshot({ BICEP }).status).toBe(0);
    return files.map((file) => readFileSync(join(home, file), "utf8"));
  });
  expect(runs[1]).toEqual(runs[0]);
  expect(Object.keys((JSON.parse(runs[0]?.[0] ?? "") as { outputs: object }).outputs)).toEqual(["a", "b"]);
});

it("takes every example that is there, and no company's values", () => {
  for (const folder of ["examples/test", "acme"]) {
    mkdirSync(join(home, "infra/environments", folder));
    writeFileSync(join(home, "infra/environments", folder, "main.bicepparam"), "");
  }
  const { output } = snapshot({ BICEP: compilerIn("named", "named") });
  expect(output).toContain(`${examples}/test/main.bicepparam --resource-group rg-okta8x8-test `);
  expect(output).not.toContain("acme");
});

it("says how to get a compiler where there is none", () => {
  const { status, output } = snapshot({ BICEP: join(home, "none") });
  expect([status, output]).toEqual([64, expect.stringMatching(/^There is no Bicep compiler: .*install-bicep\.sh/)]);
});

it.each(files)("%s is as the script writes it", (file) => {
  const { outputs } = JSON.parse(readProjectFile(file)) as { outputs: object };
  expect(Object.keys(outputs)).toEqual(Object.keys(outputs).sort());
});
