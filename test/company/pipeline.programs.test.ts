// Runs steps of deploy.yml, as they are in the file, in a company's repository that an attacker has
// changed. Only the package with the right checksum may run.
import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { parse } from "yaml";
import packageJson from "../../package.json" with { type: "json" };
import { readProjectFile } from "../infra/snapshot.ts";
import { buildPackage } from "../worker/built.ts";

interface Workflow {
  readonly jobs: Readonly<
    Record<string, { readonly steps: readonly { readonly name?: string; readonly run?: string }[] }>
  >;
}
const { jobs } = parse(readProjectFile(".github/workflows/deploy.yml")) as Workflow;
const stepOf = (job: string, name: string): string =>
  jobs[job]?.steps.find((step) => step.name === name)?.run ?? "";

const tarball = join(buildPackage(), `okta-8x8-telephony-${packageJson.version}.tgz`);
const sha512 = `sha512-${createHash("sha512").update(readFileSync(tarball)).digest("base64")}`;

let folder: string;
let company: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "pipeline-"));
  company = join(folder, "company");
  const programs = join(folder, "programs");
  for (const made of [company, programs, join(folder, "temp")])
    mkdirSync(made, { recursive: true });
  for (const program of ["az", "npm", "npx"])
    writeFileSync(join(programs, program), `#!/bin/sh\necho ${program} >>'${folder}/called'\n`, {
      mode: 0o755,
    });
  cpSync(tarball, join(company, basename(tarball)));
  const values = join(company, "environments/dev");
  cpSync("infra/environments/examples/dev", values, { recursive: true });
  const file = join(values, "main.bicepparam");
  const own = readFileSync(file, "utf8").replace("../../../", `../../${installed}/infra/`);
  writeFileSync(file, own);
  rmSync(join(values, "bootstrap.bicepparam"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const installed = "node_modules/okta-8x8-telephony";
const write = (file: string, text: string) => {
  mkdirSync(dirname(join(company, file)), { recursive: true });
  writeFileSync(join(company, file), text);
};
/** Code of the branch. It leaves a file if it runs. */
const evil = () => `require("node:fs").writeFileSync(${JSON.stringify(join(folder, "ran"))}, "");`;
const hasRun = () => existsSync(join(folder, "ran"));

/** Runs a step with GitHub's default shell on Linux. */
function step(name: string, more: Readonly<Record<string, string>> = {}) {
  const PATH = [join(folder, "programs"), dirname(process.execPath), process.env["PATH"]].join(":");
  const { status, stdout, stderr } = spawnSync("bash", ["-e", "-c", stepOf("test", name)], {
    cwd: company,
    encoding: "utf8",
    env: {
      PATH,
      HOME: folder,
      RUNNER_TEMP: join(folder, "temp"),
      TARBALL: basename(tarball),
      VERSION: packageJson.version,
      SHA512: sha512,
      ENVIRONMENT: "dev",
      BICEP: "true",
      ...more,
    },
  });
  return { status, output: stdout + stderr };
}
const unpack = (more?: Readonly<Record<string, string>>) => step("Unpack the package", more);
const check = () => step("Check the values");

test("every job that uses the package has the same step to unpack it, before it signs in to Azure", () => {
  const unpacked = stepOf("test", "Unpack the package");
  expect(unpacked).toContain("sha512");
  for (const job of Object.keys(jobs)) {
    const steps = jobs[job]?.steps ?? [];
    expect(stepOf(job, "Unpack the package")).toBe(unpacked);
    const at = (part: string) => steps.findIndex((one) => JSON.stringify(one).includes(part));
    expect(at("Unpack the package")).toBeLessThan(at("azure/login"));
    expect(at("command.js check")).toBeLessThan(at("azure/login"));
  }
  const okta = parse(readProjectFile(".github/workflows/okta.yml")) as Workflow;
  const ofOkta = okta.jobs["okta"]?.steps.find(({ name }) => name === "Unpack the package")?.run;
  expect(ofOkta).toBe(unpacked);
});

test("the package with the right checksum is unpacked, and its command runs", () => {
  expect(unpack()).toEqual({ status: 0, output: "" });
  // The stand-in for Bicep ends at once.
  expect(check().output).toBe("The Bicep compiler ended unexpectedly. Run the command again.\n");
});

test("a changed tarball is refused, and nothing of it is unpacked", () => {
  appendFileSync(join(company, basename(tarball)), "x");
  const { status, output } = unpack();
  expect([status, output]).toEqual([
    1,
    expect.stringContaining("::error::The package was not unpacked"),
  ]);
  expect(existsSync(join(company, installed))).toBe(false);
});

test("a package of another version than the workflow names is refused", () => {
  const { status, output } = unpack({ VERSION: "3.0.9" });
  expect([status, output]).toEqual([1, expect.stringContaining("Correct version or sha512")]);
});

test("code in committed node_modules does not run", () => {
  write(`${installed}/tools/command.js`, evil());
  write("node_modules/zod/index.js", evil());
  expect(unpack().status).toBe(0);
  check();
  expect([hasRun(), existsSync(join(company, "node_modules/zod"))]).toEqual([false, false]);
});

test("a workspace, an .npmrc with node-options, a lock file and scripts of the branch have no effect", () => {
  write("evil.cjs", evil());
  write(".npmrc", "node-options=--require ./evil.cjs\nscript-shell=./evil.cjs\n");
  write(
    "package.json",
    JSON.stringify({
      workspaces: ["own"],
      scripts: { preinstall: "node evil.cjs", postinstall: "node evil.cjs" },
    }),
  );
  write("own/package.json", '{ "name": "okta-8x8-telephony", "bin": "../evil.cjs" }');
  expect(unpack().status).toBe(0);
  check();
  expect(hasRun()).toBe(false);
  expect(readFileSync(join(folder, "called"), "utf8")).not.toMatch(/^np[mx]$/m);
});

test("a bicepconfig.json with module aliases fails the check before the job signs in", () => {
  write("bicepconfig.json", '{ "moduleAliases": { "br": {} } }');
  unpack();
  expect(check()).toEqual({
    status: 1,
    output: expect.stringContaining(
      "bicepconfig.json can change what a template is read from.",
    ) as string,
  });
});

test.each([
  ["another template", "using '../../leak.bicep'\n", "may use another template"],
  [
    "a function that reads files",
    "param x = loadTextContent('/etc/passwd')\n",
    "has loadTextContent",
  ],
])("values with %s fail the check", (_, text, words) => {
  const file = join(company, "environments/dev/main.bicepparam");
  const values = readFileSync(file, "utf8").replace(
    text.startsWith("using") ? /^using .*\n/m : /$/,
    text,
  );
  writeFileSync(file, values);
  unpack();
  expect(check()).toEqual({ status: 1, output: expect.stringContaining(words) as string });
});

test("a lock file with another version fails the check", () => {
  // Values that are refused are not compiled.
  write("environments/dev/main.bicepparam", "using none\n");
  const packages = { [installed]: { version: "2.9.0", integrity: sha512 } };
  write("package-lock.json", JSON.stringify({ packages }));
  unpack();
  expect(check().output).toMatch(
    /has version 3\.0\.0 of the package, but package-lock\.json has 2\.9\.0\./,
  );
});

test("the steps of azure-pipelines.yml unpack the package in the same way", () => {
  const scripts = [
    ...readProjectFile("azure-pipelines.yml").matchAll(
      /- script: \|\n([^]*?)\n +displayName: Unpack/g,
    ),
  ].map(([, script = ""]) => script.replace(/^ +/gm, ""));
  const ofGitHub = stepOf("test", "Unpack the package").replace(/^ +/gm, "");
  const asAzure = ofGitHub
    .replaceAll("$RUNNER_TEMP", "$AGENT_TEMPDIRECTORY")
    .replaceAll("::error::", "##vso[task.logissue type=error]")
    .replaceAll("in the workflow", "in the pipeline");
  expect(scripts).toEqual(Array(2).fill(`set -e\n${asAzure.trimEnd()}`));
});

test("nothing but the checkout, Node and the package is on the way to the command", () => {
  const before = (jobs["test"]?.steps ?? []).map(
    ({ name, run, ...rest }) => name ?? run ?? JSON.stringify(rest),
  );
  expect(before).toEqual([
    expect.stringContaining("actions/checkout@"),
    expect.stringContaining("actions/setup-node@"),
    "Unpack the package",
    "Verify who built the package",
    "Check the values",
    expect.stringContaining("azure/login@"),
    'node node_modules/okta-8x8-telephony/tools/command.js deploy "$ENVIRONMENT"',
  ]);
  expect(execFileSync("tar", ["-tzf", tarball], { encoding: "utf8" })).not.toMatch(
    /node_modules|\.npmrc/,
  );
});
