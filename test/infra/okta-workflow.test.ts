// What Okta's workflow does, whole, and its two commands as bash runs them.
import { buildSync } from "esbuild";
import { spawnSync } from "node:child_process";
import { readProjectFile, root, text } from "./snapshot.ts";
import { checkout, login, node, readWorkflow } from "./workflow.ts";

const { jobs, ...workflow } = readWorkflow("okta");
const { okta: { steps = [], ...job } = {}, ...otherJobs } = jobs;
const [check, ...others] = steps as readonly unknown[];

const command = "inputs.command || (github.event.schedule == '17 * * * *' && 'audit' || 'rotate')";
const environment = `okta-\${{ ${command} }}-\${{ matrix.environment }}`;

it("audits each hour and rotates each quarter, and a person may ask for either", () => {
  expect(workflow).toEqual({
    name: "okta",
    on: {
      schedule: [{ cron: "17 * * * *" }, { cron: "43 8 3 1,4,7,10 *" }],
      workflow_dispatch: {
        inputs: {
          command: { description: "What to do.", type: "choice", options: ["audit", "rotate"], required: true },
        },
      },
    },
    permissions: {},
  });
});

it("does nothing in a fresh copy of the repository, and else has an environment for each command of each org, where a rotation waits for a reviewer and no other rotation runs", () => {
  expect(otherJobs).toEqual({});
  expect(job).toEqual({
    if: "fromJSON(vars.OKTA_ENVIRONMENTS || '[]')[0]",
    "runs-on": "${{ vars.OKTA_RUNNER || 'ubuntu-24.04' }}",
    "timeout-minutes": 45,
    permissions: { contents: "read", "id-token": "write" },
    strategy: { "fail-fast": false, matrix: { environment: "${{ fromJSON(vars.OKTA_ENVIRONMENTS) }}" } },
    environment,
    concurrency: { group: environment, "cancel-in-progress": false },
    env: {
      COMMAND: `\${{ ${command} }}`,
      ENVIRONMENT: "${{ matrix.environment }}",
      OKTA_SIGN_WITH: "${{ vars.OKTA_SIGN_WITH }}",
      OKTA_VAULTS: "${{ vars.OKTA_VAULTS }}",
      OKTA_HOOK_SECRET_NAME: "${{ vars.OKTA_HOOK_SECRET_NAME }}",
    },
  });
});

it("changes nothing in an audit, asks nobody in a rotation, which the reviewer has approved, and lets no package's script run", () => {
  expect(others).toEqual([
    checkout,
    node,
    { run: "npm ci --omit=dev --ignore-scripts" },
    login,
    {
      if: "env.COMMAND == 'audit'",
      run: 'npm run --silent okta -- audit --env "$ENVIRONMENT" --sign-with "$OKTA_SIGN_WITH"',
    },
    {
      if: "env.COMMAND == 'rotate'",
      run: [
        "vaults=()",
        'for vault in $OKTA_VAULTS; do vaults+=(--vault "$vault"); done',
        'npm run --silent okta -- rotate --env "$ENVIRONMENT" --yes --sign-with "$OKTA_SIGN_WITH" "${vaults[@]}"',
        "",
      ].join("\n"),
    },
  ]);
});

describe("before anything else", () => {
  const variables = { AZURE_CLIENT_ID: "a", AZURE_TENANT_ID: "b", AZURE_SUBSCRIPTION_ID: "c", OKTA_SIGN_WITH: "v/k" };
  const run = (env: Readonly<Record<string, string>>) => {
    const all = { PATH: process.env["PATH"], COMMAND: "audit", ENVIRONMENT: "prod", ...env };
    // As GitHub runs it.
    const { status, stdout } = spawnSync("bash", ["-e", "-c", text(check, "run")], { env: all, encoding: "utf8" });
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
    const { OKTA_SIGN_WITH, ...ofStep } = variables;
    const said = Object.keys(ofStep).map((name) => [name, `\${{ vars.${name} }}`]);
    const env = Object.fromEntries(said) as Readonly<Record<string, string>>;
    expect([OKTA_SIGN_WITH, check]).toEqual(["v/k", { run: text(check, "run"), env }]);
  });
});

it("runs the command on nothing but the packages that run in Azure", () => {
  const { metafile } = buildSync({
    ...{ entryPoints: ["tools/okta.ts"], absWorkingDir: root, outdir: "unused", write: false, metafile: true },
    ...{ bundle: true, packages: "external", platform: "node", format: "esm", logLevel: "error" },
  });
  const imports = Object.values(metafile.inputs).flatMap((input) => input.imports.filter(({ external }) => external));
  const packages = imports
    .map(({ path }) => /^(@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? "")
    .filter((name) => !name.startsWith("node:"));
  const { dependencies } = JSON.parse(readProjectFile("package.json")) as { dependencies: object };
  expect([...new Set(packages)].filter((name) => !(name in dependencies))).toEqual([]);
});
