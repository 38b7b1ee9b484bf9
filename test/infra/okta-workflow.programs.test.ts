// Tests the schedules and the first script of okta.yml, and the packages that it needs.
// pipelines.test.ts tests its triggers and rights.
import { buildSync } from "esbuild";
import { spawnSync } from "node:child_process";
import { parse } from "yaml";
import { list, readProjectFile, root, text } from "./snapshot.ts";

const workflow: unknown = parse(readProjectFile(".github/workflows/okta.yml"));
const [check] = list(workflow, "jobs.okta.steps");

it("okta.yml runs audit every hour and rotate every quarter", () => {
  const [hourly, quarterly] = list(workflow, "on.schedule").map((one) => text(one, "cron"));
  expect([hourly, quarterly]).toEqual(["17 * * * *", "43 8 3 1,4,7,10 *"]);
  // pipelines.test.ts checks that the environment and the concurrency group use this expression
  // too.
  const command = text(workflow, "jobs.okta.env.COMMAND");
  expect(command).toContain(`github.event.schedule == '${hourly}' && 'audit' || 'rotate'`);
});

describe("variables", () => {
  const variables = {
    AZURE_CLIENT_ID: "a",
    AZURE_TENANT_ID: "b",
    AZURE_SUBSCRIPTION_ID: "c",
    OKTA_SIGN_WITH: "v/k",
    OKTA_ORG_URL: "https://acme.okta.com",
  };
  const run = (env: Readonly<Record<string, string>>) => {
    const all = { PATH: process.env["PATH"], COMMAND: "audit", ENVIRONMENT: "prod", ...env };
    // GitHub runs a script with these options.
    const { status, stdout } = spawnSync("bash", ["-e", "-c", text(check, "run")], {
      env: all,
      encoding: "utf8",
    });
    return [status, stdout];
  };

  it("the first step of okta.yml fails if a variable is missing, and names it in one line", () => {
    expect(run(variables)).toEqual([0, ""]);
    for (const name of Object.keys(variables))
      expect(run({ ...variables, [name]: "" })).toEqual([
        1,
        `::error::The environment okta-audit-prod lacks variables: ${name}. Set them as in docs/okta-as-code.md#in-a-pipeline.\n`,
      ]);
    expect(readProjectFile("docs/okta-as-code.md")).toContain("\n## In a pipeline\n");
  });
});

it("npm run okta imports no development package, because okta.yml installs none", () => {
  const { metafile } = buildSync({
    entryPoints: ["tools/okta/main.ts"],
    absWorkingDir: root,
    outdir: "unused",
    write: false,
    metafile: true,
    bundle: true,
    packages: "external",
    platform: "node",
    format: "esm",
    logLevel: "error",
  });
  const imports = Object.values(metafile.inputs).flatMap((input) =>
    input.imports.filter(({ external }) => external),
  );
  const packages = imports
    .map(({ path }) => /^(@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? "")
    .filter((name) => !name.startsWith("node:"));
  const { dependencies } = JSON.parse(readProjectFile("package.json")) as { dependencies: object };
  expect([...new Set(packages)].filter((name) => !(name in dependencies))).toEqual([]);
});
