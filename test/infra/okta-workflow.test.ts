// What Okta's workflow does as bash and Node.js run it. Who may start it, and with which rights:
// pipelines.test.ts.
import { buildSync } from "esbuild";
import { spawnSync } from "node:child_process";
import { parse } from "yaml";
import { at, list, readProjectFile, root, text } from "./snapshot.ts";

const workflow: unknown = parse(readProjectFile(".github/workflows/okta.yml"));
const [check] = list(workflow, "jobs.okta.steps");

it("audits each hour and rotates each quarter, by schedules that its expressions know", () => {
  const [hourly, quarterly] = list(workflow, "on.schedule").map((one) => text(one, "cron"));
  expect([hourly, quarterly]).toEqual(["17 * * * *", "43 8 3 1,4,7,10 *"]);
  // And with it the environment and its group: pipelines.test.ts.
  const command = text(workflow, "jobs.okta.env.COMMAND");
  expect(command).toContain(`github.event.schedule == '${hourly}' && 'audit' || 'rotate'`);
});

describe("before anything else", () => {
  const variables = {
    AZURE_CLIENT_ID: "a",
    AZURE_TENANT_ID: "b",
    AZURE_SUBSCRIPTION_ID: "c",
    OKTA_SIGN_WITH: "v/k",
    OKTA_ORG_URL: "https://acme.okta.com",
  };
  const run = (env: Readonly<Record<string, string>>) => {
    const all = { PATH: process.env["PATH"], COMMAND: "audit", ENVIRONMENT: "prod", ...env };
    // As GitHub runs it.
    const { status, stdout } = spawnSync("bash", ["-e", "-c", text(check, "run")], {
      env: all,
      encoding: "utf8",
    });
    return [status, stdout];
  };

  it("says in one line which variables an environment lacks", () => {
    expect(run(variables)).toEqual([0, ""]);
    for (const name of Object.keys(variables))
      expect(run({ ...variables, [name]: "" })).toEqual([
        1,
        `::error::The environment okta-audit-prod lacks ${name}: docs/okta-as-code.md#in-a-pipeline\n`,
      ]);
    expect(readProjectFile("docs/okta-as-code.md")).toContain("\n## In a pipeline\n");
  });

  it("knows all variables that signing in takes", () => {
    const names = Object.keys(variables).filter((name) => !name.startsWith("OKTA_"));
    expect(at(check, "env")).toEqual(
      Object.fromEntries(names.map((name) => [name, `\${{ vars.${name} }}`])),
    );
  });
});

it("runs the command on nothing but the packages that run in Azure", () => {
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
