import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Answer, option, runScript } from "./run-script.ts";

const env = { RESOURCE_GROUP: "rg-example", SMOKE_PAUSE: "0" };
const show = ["az", "deployment", "group", "show", "--resource-group", "rg-example", "--name", "okta-8x8-telephony"];
const entry = readFileSync(join(__dirname, "../../src/main.ts"), "utf8");
const functions = [...entry.matchAll(/app\.http\("([\w-]+)"/g)].map(([, name = ""]) => name);
const outputs = [
  { call: "az deployment group show *functionAppName*", says: "func-example\\n" },
  { call: "az deployment group show *healthUrl*", says: "https://func.example/api/health\\n" },
  { call: "az deployment group show *hookUrl*", says: "https://func.example/api/okta/telephony\\n" },
  { call: "az functionapp function list *", says: functions.map((name) => `func-example/${name}\\n`).join("") },
];

describe("a deployment of infrastructure", () => {
  it("goes into the resource group of its one environment", () => {
    const { status, calls } = runScript("deploy-infra.sh", ["examples/prod"], { env });
    expect([status, calls]).toEqual([
      0,
      [
        [
          ...["az", "deployment", "group", "list", "--resource-group", "rg-example", "--query"],
          ...["[?name=='okta-8x8-telephony'].properties.parameters.environmentName.value", "--output", "tsv"],
        ],
        [
          ...["az", "deployment", "group", "create", "--resource-group", "rg-example", "--name", "okta-8x8-telephony"],
          ...["--parameters", "infra/environments/examples/prod/main.bicepparam", "--output", "none"],
        ],
        [...show, "--query", "properties.outputs", "--output", "yamlc"],
        [...show, "--query", "properties.parameters.updateStrategy.value", "--output", "tsv"],
      ],
    ]);
  });

  it.each([
    ["RollingUpdate", [["sleep", "240"]]],
    ["Recreate", []],
  ])("whose app is updated by %s waits so long before code may follow: %j", (strategy, waits) => {
    const answers = [{ call: "az deployment group show *updateStrategy*", says: `${strategy}\\n` }];
    const { status, calls } = runScript("deploy-infra.sh", ["examples/prod"], { env, answers });
    expect([status, calls.filter(([program]) => program === "sleep")]).toEqual([0, waits]);
    expect(calls.findIndex((call) => call[3] === "create")).toBe(1);
  });

  it.each([
    ["prod", 0, 4],
    ["dev", 64, 1],
  ])("where %s has been deployed before ends with %i", (there, wanted, count) => {
    const answers = [{ call: "az deployment group list *", says: `${there}\\n` }];
    const { status, calls, output } = runScript("deploy-infra.sh", ["examples/prod"], { env, answers });
    expect([status, calls.length]).toEqual([wanted, count]);
    if (wanted !== 0) expect(output).toContain("RESOURCE_GROUP is the group of dev, and not of examples/prod.");
  });
});

it("previews without the right to write, and calls nothing that writes", () => {
  const { status, calls } = runScript("preview-infra.sh", ["examples/dev"], { env });
  expect([status, calls]).toEqual([
    0,
    [
      [
        ...["az", "deployment", "group", "what-if", "--resource-group", "rg-example"],
        ...["--name", "okta-8x8-telephony-preview", "--parameters"],
        "infra/environments/examples/dev/main.bicepparam",
        ...["--validation-level", "ProviderNoRbac"],
      ],
    ],
  ]);
});

describe("a deployment of code", () => {
  const cwd = mkdtempSync(join(tmpdir(), "package-"));
  writeFileSync(join(cwd, "okta-8x8-telephony.zip"), "a package");
  const sha256 = createHash("sha256").update("a package").digest("hex");

  afterAll(() => {
    rmSync(cwd, { recursive: true });
  });

  function deploy(more: Record<string, string>) {
    return runScript("deploy-code.sh", [], { env: { ...env, ...more }, answers: outputs, cwd });
  }

  it.each([{}, { PACKAGE_SHA256: sha256 }])(
    "takes the package that was built, and builds nothing in Azure: %j",
    (more) => {
      const { status, calls } = deploy(more);
      expect(status).toBe(0);
      expect(calls.at(-1)?.slice(0, 5)).toEqual(["az", "functionapp", "deployment", "source", "config-zip"]);
      expect(option(calls.at(-1), "--name")).toBe("func-example");
      expect(option(calls.at(-1), "--src")).toBe("okta-8x8-telephony.zip");
      expect(option(calls.at(-1), "--build-remote")).toBe("false");
    },
  );

  it.each(["", "$(sha256)", sha256.replace(/^./, (digit) => (digit === "0" ? "1" : "0"))])(
    "refuses a package whose checksum the build did not say: %j",
    (PACKAGE_SHA256) => {
      const { status, output, calls } = deploy({ PACKAGE_SHA256 });
      expect([status, calls]).toEqual([1, []]);
      expect(output).toBe("okta-8x8-telephony.zip is not the package that this run built.\n");
    },
  );
});

describe("the verification of a package", () => {
  const run = { GITHUB_REPOSITORY: "example/okta-8x8-telephony", GITHUB_SHA: "a".repeat(40) };

  it("wants both claims, signed by this repository's pipeline for this commit of main", () => {
    const { status, calls } = runScript("verify-package.sh", ["/runner/package.zip"], { env: run });
    expect(status).toBe(0);
    expect(calls).toEqual(
      ["https://slsa.dev/provenance/v1", "https://cyclonedx.org/bom"].map((claim) => [
        ...["gh", "attestation", "verify", "/runner/package.zip", "--predicate-type", claim],
        ...["--repo", run.GITHUB_REPOSITORY],
        ...["--signer-workflow", `${run.GITHUB_REPOSITORY}/.github/workflows/pipeline.yml`],
        ...["--source-ref", "refs/heads/main", "--source-digest", run.GITHUB_SHA, "--deny-self-hosted-runners"],
      ]),
    );
  });

  it.each(["*slsa.dev*", "*cyclonedx.org*"])("fails where the claim %s was not signed", (claim) => {
    const answers = [{ call: `gh attestation verify ${claim}`, fails: Infinity }];
    expect(runScript("verify-package.sh", [], { env: run, answers }).status).toBe(1);
  });
});

describe("the smoke test", () => {
  const list = [
    ...["az", "functionapp", "function", "list", "--resource-group", "rg-example", "--name", "func-example"],
    ...["--query", "[].name", "--output", "tsv"],
  ];

  it("wants both functions, a healthy app, and the hook's answer to a wrong secret", () => {
    const { status, calls, environment } = runScript("smoke.sh", [], { env, answers: outputs });
    expect(status).toBe(0);
    const output = (name: string) => [...show, "--query", `properties.outputs.${name}.value`, "--output", "tsv"];
    const look = (...retries: readonly string[]) => [
      ...["curl", "--silent", "--show-error", "--fail", "--output", "/dev/null", "--max-time", "10"],
      ...[...retries, "https://func.example/api/health"],
    ];
    // After the first answer four minutes without a retry, in which a rolling update reaches its last instance.
    const later = Array.from({ length: 24 }, () => [["sleep", "0"], look()]).flat();
    expect(calls).toEqual([
      ...["functionAppName", "hookUrl", "healthUrl"].map(output),
      [...show, "--query", "properties.parameters.frontDoorId.value", "--output", "tsv"],
      look("--retry", "30", "--retry-delay", "10", "--retry-all-errors"),
      ...later,
      list,
      [
        ...["npm", "run", "--silent", "hook", "--", "--url", "https://func.example/api/okta/telephony"],
        ...["--expect", "unauthenticated"],
      ],
    ]);
    const [, secret] = /^OKTA_HOOK_SECRET=(.*)$/m.exec(environment) ?? [];
    expect(secret).toMatch(/^[\da-f]{64}$/);
  });

  describe("behind a Front Door, where the app would refuse the pipeline", () => {
    const front = { call: "az deployment group show *frontDoorId*", says: "11112222-3333-4444-5555-666677778888\\n" };
    const components = { call: "az resource list *", says: "/subscriptions/x/components/appi\\n" };
    const smoke = (...seen: readonly Answer[]) =>
      runScript("smoke.sh", [], { env, answers: [front, components, ...seen, ...outputs] });

    it("goes by what the availability test saw after the update, and by the functions", () => {
      const { status, calls } = smoke({ call: "az monitor metrics list *", says: "100.0\\n" });
      expect([status, calls.slice(4)]).toEqual([
        0,
        [
          [
            ...["az", "resource", "list", "--resource-group", "rg-example"],
            ...["--resource-type", "Microsoft.Insights/components", "--query", "[0].id", "--output", "tsv"],
          ],
          ["sleep", "600"],
          [
            ...["az", "monitor", "metrics", "list", "--resource", "/subscriptions/x/components/appi"],
            ...["--metric", "availabilityResults/availabilityPercentage", "--offset", "5m", "--interval", "PT5M"],
            ...["--aggregation", "Average", "--query", "value[0].timeseries[0].data[0].average", "--output", "tsv"],
          ],
          list,
        ],
      ]);
    });

    it.each(["80.0\\n", "10.0\\n", ""])("fails after ten more minutes of %j", (says) => {
      const { status, output, calls } = smoke({ call: "az monitor metrics list *", says });
      expect([status, output]).toEqual([1, expect.stringContaining("where 100 percent would be healthy")]);
      expect(calls.filter((call) => call.join(" ") === "sleep 60")).toHaveLength(10);
    });
  });

  it("waits ten seconds between its looks", () => {
    const look = { ...env, SMOKE_CHECKS: "1", SMOKE_PAUSE: "" };
    const { calls } = runScript("smoke.sh", [], { env: look, answers: outputs });
    expect(calls.filter(([program]) => program === "sleep")).toEqual([["sleep", "10"]]);
  });

  it.each([1, Infinity])("fails where an instance that comes later is red in %d look", (fails) => {
    const later = { call: "curl --silent --show-error --fail --output /dev/null --max-time 10 https:*", fails };
    const { status, calls } = runScript("smoke.sh", [], { env, answers: [later, ...outputs] });
    expect([status, calls.filter(([program]) => program === "curl").length]).toEqual([1, 2]);
  });

  it.each(functions)("fails where a package did not load %s", (missing) => {
    const loaded = functions.filter((name) => name !== missing).map((name) => `func-example/${name}\\n`);
    const answers = [{ call: "az functionapp function list *", says: loaded.join("") }, ...outputs];
    const { status, output } = runScript("smoke.sh", [], { env, answers });
    expect([status, output]).toEqual([1, `func-example does not list ${missing}.\n`]);
  });

  it.each(["curl *", "npm *"])("fails where %s does", (call) => {
    expect(runScript("smoke.sh", [], { env, answers: [{ call, fails: Infinity }, ...outputs] }).status).toBe(1);
  });
});

it("installs the compiler that the snapshots were made with, by its version", () => {
  const { status, calls } = runScript("install-bicep.sh", []);
  expect([status, calls]).toEqual([0, [["az", "bicep", "install", "--version", "v0.49.2"]]]);
});

describe("the bootstrap of one environment", () => {
  const needed = [
    ...["AlertsManagement", "Insights", "KeyVault", "ManagedIdentity", "OperationalInsights", "Storage", "Web"],
    ...["App", "Network"],
  ];
  const cwd = mkdtempSync(join(tmpdir(), "bootstrap-"));
  mkdirSync(join(cwd, "infra/environments/dev"), { recursive: true });
  writeFileSync(join(cwd, "infra/environments/dev/bootstrap.bicepparam"), "param location = 'westeurope'\n");

  afterAll(() => {
    rmSync(cwd, { recursive: true });
  });

  it("is a deployment at subscription scope", () => {
    const { status, calls } = runScript("bootstrap.sh", ["dev"], { cwd });
    expect([status, calls.at(-1)]).toEqual([
      0,
      [
        ...["az", "deployment", "sub", "create", "--name", "okta-8x8-telephony-bootstrap-dev"],
        ...["--location", "westeurope", "--parameters", "infra/environments/dev/bootstrap.bicepparam"],
        ...["--query", "properties.outputs", "--output", "yamlc"],
      ],
    ]);
  });

  it.each([
    ["no Front Door", false, needed],
    ["a Front Door", true, [...needed, "Cdn"]],
  ])("registers the providers that it needs, where there is %s", (_, hasFront, providers) => {
    if (hasFront) {
      mkdirSync(join(cwd, "infra/environments/front"));
      writeFileSync(join(cwd, "infra/environments/front/front.bicepparam"), "");
    }
    const { calls } = runScript("bootstrap.sh", ["dev"], { cwd });
    expect(calls.slice(0, -1)).toEqual(
      providers.map((name) => ["az", "provider", "register", "--namespace", `Microsoft.${name}`, "--wait"]),
    );
  });
});
