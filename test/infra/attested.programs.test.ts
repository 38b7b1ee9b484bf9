// Runs the scripts of the jobs attest and release, which accept only the build job's files.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";
import { at, list, readProjectFile, text } from "./snapshot.ts";

type Values = Readonly<Record<string, string>>;

const workflow: unknown = parse(readProjectFile(".github/workflows/pipeline.yml"));
const steps = (job: string) => list(workflow, `jobs.${job}.steps`);
const indexOf = (job: string, pattern: RegExp) =>
  steps(job).findIndex((step) => pattern.test(JSON.stringify(step)));

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "attested-"));
  mkdirSync(join(folder, "package"));
  for (const where of ["", "package/"]) {
    writeFileSync(join(folder, `${where}okta-8x8-telephony-1.0.0.tgz`), "the package");
    writeFileSync(join(folder, `${where}okta-8x8-telephony.sbom.json`), "what is inside");
  }
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function run(job: string, pattern: RegExp, env: Values): number | null {
  const step = steps(job)[indexOf(job, pattern)];
  return spawnSync("bash", ["-e", "-c", text(step, "run")], {
    cwd: folder,
    env: { PATH: process.env["PATH"], RUNNER_TEMP: folder, ...env },
  }).status;
}

/** Replaces expressions such as `${{ steps.package.outputs.sha256 }}` by the output's value. */
function filled(expressions: unknown, outputs: Values): Values {
  return Object.fromEntries(
    Object.entries(expressions as Values).map(([name, expression]) => [
      name,
      outputs[/\.outputs\.(\w+) \}\}$/.exec(expression)?.[1] ?? ""] ?? "",
    ]),
  );
}

function built(): Values {
  const output = join(folder, "output");
  expect(run("build", /"id":"package"/, { GITHUB_OUTPUT: output })).toBe(0);
  const lines = readFileSync(output, "utf8").trim().split("\n");
  const given = Object.fromEntries(lines.map((line) => line.split("=")) as [string, string][]);
  return filled(at(workflow, "jobs.build.outputs"), given);
}

const comparison = /sha256sum --check/;
const compares = (job: string, outputs: Values) =>
  run(job, comparison, filled(at(steps(job)[indexOf(job, comparison)], "env"), outputs));

test.each(["attest", "release"])(
  "before the job %s signs or releases files, it refuses files that the build job did not make",
  (job) => {
    const outputs = built();
    expect(compares(job, outputs)).toBe(0);
    expect(indexOf(job, comparison)).toBeLessThan(indexOf(job, /actions\/attest@|release\.sh/));
    for (const file of ["okta-8x8-telephony-1.0.0.tgz", "okta-8x8-telephony.sbom.json"]) {
      const path = join(folder, job === "release" ? "package" : "", file);
      const content = readFileSync(path);
      writeFileSync(path, "something else");
      expect(compares(job, outputs)).not.toBe(0);
      writeFileSync(path, content);
    }
  },
);
