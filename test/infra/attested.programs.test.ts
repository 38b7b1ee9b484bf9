// Tests that the jobs attest and release accept only the files that the build job made. The jobs'
// own scripts run in bash.
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";
import { at, list, readProjectFile, text } from "./snapshot.ts";

const workflow: unknown = parse(readProjectFile(".github/workflows/pipeline.yml"));
const steps = (job: string) => list(workflow, `jobs.${job}.steps`);

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "attested-"));
  mkdirSync(join(folder, "package"));
  for (const where of ["", "package/"]) {
    writeFileSync(join(folder, `${where}okta-8x8-telephony.zip`), "the package");
    writeFileSync(join(folder, `${where}okta-8x8-telephony.sbom.json`), "what is inside");
  }
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** Runs the build job's last script and returns the job's outputs by name. */
function built(): Readonly<Record<string, string>> {
  const step = steps("build").find((one) => (one as { id?: string }).id === "package");
  const output = join(folder, "output");
  execFileSync("bash", ["-e", "-c", text(step, "run")], {
    cwd: folder,
    env: { PATH: process.env["PATH"], GITHUB_OUTPUT: output },
  });
  const written = readFileSync(output, "utf8").trim().split("\n");
  const given = Object.fromEntries(written.map((line) => line.split("=")) as [string, string][]);
  const outputs = at(workflow, "jobs.build.outputs") as Readonly<Record<string, string>>;
  return Object.fromEntries(
    Object.entries(outputs).map(([name, expression]) => [
      name,
      given[/^\$\{\{ steps\.package\.outputs\.(\w+) \}\}$/.exec(expression)?.[1] ?? ""] ?? "",
    ]),
  );
}

const comparison = (job: string) =>
  steps(job).findIndex((one) => /sha256sum/.test((one as { run?: string }).run ?? ""));

/** Runs the step of a job that compares checksums. Returns its exit code. */
function compares(job: string, outputs: Readonly<Record<string, string>>): number | null {
  const step = steps(job)[comparison(job)];
  const env = Object.entries(at(step, "env") as Readonly<Record<string, string>>).map(
    ([name, expression]): [string, string | undefined] => [
      name,
      outputs[/^\$\{\{ needs\.build\.outputs\.(\w+) \}\}$/.exec(expression)?.[1] ?? ""],
    ],
  );
  return spawnSync("bash", ["-e", "-c", text(step, "run")], {
    cwd: folder,
    env: {
      PATH: process.env["PATH"],
      RUNNER_TEMP: folder,
      ...Object.fromEntries<string | undefined>(env),
    },
  }).status;
}

test.each(["attest", "release"])("the job %s accepts the files that the build job made", (job) => {
  expect(compares(job, built())).toBe(0);
});

test.each([
  ["attest", "okta-8x8-telephony.zip"],
  ["attest", "okta-8x8-telephony.sbom.json"],
  ["release", "package/okta-8x8-telephony.zip"],
  ["release", "package/okta-8x8-telephony.sbom.json"],
])("the job %s stops before signing or releasing if another job replaced %s", (job, file) => {
  const acts = steps(job).findIndex((one) =>
    /actions\/attest@|release\.sh/.test(JSON.stringify(one)),
  );
  expect(comparison(job)).toBeLessThan(acts);
  const outputs = built();
  writeFileSync(join(folder, file), "something else");
  expect(compares(job, outputs)).not.toBe(0);
});
