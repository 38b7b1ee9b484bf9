import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { bootstrap, front, main } from "../infra/snapshot.ts";
import { type Answer, option, runScript } from "./run-script.ts";

const env = { RESOURCE_GROUP: "rg-example", SMOKE_CHECKS: "1" };
const entry = readFileSync(join(__dirname, "../../src/functions/register.ts"), "utf8");
const functions = [...entry.matchAll(/app\.http\("([\w-]+)"/g)].map(([, name = ""]) => name);
const outputs = [
  { call: "az deployment group show *functionAppName*", says: "func-example\\n" },
  { call: "az deployment group show *healthUrl*", says: "https://func.example/api/health\\n" },
  {
    call: "az deployment group show *hookUrl*",
    says: "https://func.example/api/okta/telephony\\n",
  },
  {
    call: "az functionapp function list *",
    says: functions.map((name) => `func-example/${name}\\n`).join(""),
  },
];
const isCreate = (call: readonly string[]) => call[3] === "create";

describe("infrastructure", () => {
  const deploy = (...answers: readonly Answer[]) =>
    runScript("deploy-infra.sh", ["examples/prod"], { env, answers });

  it.each([
    ["RollingUpdate", "then waits 240 s", [["sleep", "240"]]],
    ["Recreate", "does not wait", []],
  ])("with the update strategy %s, deploy-infra.sh deploys once and %s", (strategy, _, waits) => {
    const { status, calls } = deploy({
      call: "az deployment group show *updateStrategy*",
      says: `${strategy}\\n`,
    });
    const created = calls.filter(isCreate);
    expect([status, created.length, calls.filter(([program]) => program === "sleep")]).toEqual([
      0,
      1,
      waits,
    ]);
    expect(option(created[0], "--resource-group")).toBe("rg-example");
    expect(option(created[0], "--parameters")).toBe(
      "infra/environments/examples/prod/main.bicepparam",
    );
  });

  it.each([
    ["unchanged", ["diagnosticSettings=unchanged"]],
    ["template", []],
  ])("if preflight prints %s, deploy-infra.sh passes %j", (says, passed) => {
    const { status, calls } = deploy({ call: "preflight *", says: `${says}\\n` });
    const [created = []] = calls.filter(isCreate);
    expect(status).toBe(0);
    expect(created.filter((word) => word.startsWith("diagnosticSettings="))).toEqual(passed);
  });

  it("if preflight reports a problem, deploy-infra.sh deploys nothing", () => {
    const { status, calls } = deploy({ call: "preflight *", fails: 1, error: "problem" });
    expect([status, calls.filter(isCreate)]).toEqual([1, []]);
  });

  const deployTo = (environment: string) =>
    deploy({ call: "az deployment group list *", says: `${environment}\\n` });

  it("deploy-infra.sh refuses to deploy prod to the resource group of dev", () => {
    const { status, calls, output } = deployTo("dev");
    expect([status, calls.filter(isCreate).length]).toEqual([64, 0]);
    expect(output).toContain(
      "RESOURCE_GROUP belongs to the environment dev. Set it to the resource group of examples/prod.",
    );
  });
});

describe("a company's parameter files", () => {
  const company = mkdtempSync(join(tmpdir(), "company-"));
  const folder = join(company, "environments/prod");
  mkdirSync(folder, { recursive: true });
  const templates = relative(folder, join(__dirname, "../../infra"));
  afterAll(() => {
    rmSync(company, { recursive: true });
  });
  it.each([
    ["deploy-infra.sh", "main.bicep"],
    ["preview-infra.sh", "main.bicep"],
    ["bootstrap.sh", "bootstrap/main.bicep"],
  ])("%s refuses a parameter file that reads a variable, and does not call az", (script, using) => {
    const text = `using '${templates}/${using}'\nparam runbookUrl = readEnvironmentVariable('GH_TOKEN')\n`;
    for (const name of ["main", "bootstrap"])
      writeFileSync(join(folder, `${name}.bicepparam`), text);
    const { status, calls, output } = runScript(script, ["prod"], { env, cwd: company });
    expect([status, calls]).toEqual([1, []]);
    expect(output).toContain("has readEnvironmentVariable, which reads from outside the file.");
  });

  const id = "d3b0c1f4-0000-4000-8000-000000000000";
  const another = id.replace("d3", "aa");
  it.each([
    ["deploys with the Front Door's id", `${id}\\n`, 0],
    ["deploys if the Front Door's id cannot be read", "", 0],
    ["refuses the id of another Front Door", `${another}\\n`, 64],
  ])("deploy-infra.sh %s", (_, says, expected) => {
    const text = `using '${templates}/main.bicep'\nparam location = 'westeurope'\nparam frontDoorId = '${id}'\n`;
    writeFileSync(join(folder, "main.bicepparam"), text);
    const { status, calls, output } = runScript("deploy-infra.sh", ["prod"], {
      env,
      cwd: company,
      answers: [{ call: "az deployment group show *rg-okta8x8-front*", says }],
    });
    expect([status, calls.filter(isCreate).length]).toEqual([expected, expected === 0 ? 1 : 0]);
    expect(output.includes(`Set it to ${another}.`)).toBe(expected === 64);
  });
});

describe("the bootstrap", () => {
  const group = "/subscriptions/1/resourceGroups/rg-otp";
  const id = (name: string) => `${group}/providers/Microsoft.Authorization/roleAssignments/${name}`;
  const bootstrap = (...answers: readonly Answer[]) =>
    runScript("bootstrap.sh", ["examples/prod"], {
      answers: [
        ...answers,
        {
          call: "print-grants *",
          says: "the resource group: rg-otp\\nexisting role for previewer: role-1\\n",
        },
      ],
    });
  const reads = { call: "az role definition list *", says: "Microsoft.Web/sites/read\\n" };

  it("bootstrap.sh names its deployment after the region, and passes the group's role assignments", () => {
    const { status, calls } = bootstrap(
      reads,
      { call: "az group show *", says: `${group}\\n` },
      { call: "az role assignment list *", says: "[{}]\\n" },
    );
    const [created = []] = calls.filter(isCreate);
    expect([status, option(created, "--name")]).toEqual([
      0,
      "okta-8x8-telephony-bootstrap-prod-westeurope",
    ]);
    expect(created).toContain("present=[{}]");
    const list = calls.find((call) => call.includes("assignment") && call.includes("list"));
    expect(option(list, "--query")).toContain(`starts_with(scope, '${group}/')`);
  });

  it("if the group does not exist, bootstrap.sh passes no role assignments", () => {
    const { calls } = bootstrap(reads);
    expect(calls.find(isCreate)).toContain("present=[]");
  });

  it("bootstrap.sh prints the command that removes each assignment that is not in use any more", () => {
    const { output } = bootstrap(reads, {
      call: "az deployment sub show *leftOver*",
      says: `${id("a")}\\n${id("b")}\\n`,
    });
    expect(output).toContain(
      `remove them:\n  az role assignment delete --ids ${id("a")}\n  az role assignment delete --ids ${id("b")}\n`,
    );
  });

  it.each([
    ["*", "can write or assign roles"],
    ["Microsoft.Authorization/roleAssignments/write", "can write or assign roles"],
    ["Microsoft.KeyVault/vaults/secrets/getSecret/action", "can write or assign roles"],
    ["", "There is no role role-1"],
  ])("bootstrap.sh refuses a previewer's role with the action %s", (action, words) => {
    const { status, calls, output } = bootstrap({
      call: "az role definition list *",
      says: `Microsoft.Web/sites/read\\n${action}\\n`.slice(action === "" ? -2 : 0),
    });
    expect([status, calls.filter(isCreate)]).toEqual([64, []]);
    expect(output).toContain(words);
  });
});

it("preview-infra.sh calls only what-if, which changes nothing", () => {
  const { status, calls } = runScript("preview-infra.sh", ["examples/dev"], { env });
  expect([status, calls.map((call) => call.slice(0, 4))]).toEqual([
    0,
    [["az", "deployment", "group", "what-if"]],
  ]);
  expect(option(calls[0], "--validation-level")).toBe("ProviderNoRbac");
});

it("preview-infra.sh prints the difference between main's grants and those of a pull request's merge commit", () => {
  const company = mkdtempSync(join(tmpdir(), "pull-request-"));
  const folder = join(company, "environments/prod");
  mkdirSync(folder, { recursive: true });
  const git = (...args: readonly string[]) =>
    execFileSync("git", ["-c", "user.name=o", "-c", "user.email=o@o.test", ...args], {
      cwd: company,
    });
  const templates = relative(folder, join(__dirname, "../../infra"));
  const write = (more: string) => {
    writeFileSync(
      join(folder, "main.bicepparam"),
      `using '${templates}/main.bicep'\nparam workload = '${more}'\n`,
    );
    git("add", ".");
    git("commit", "--quiet", "--message", more);
  };
  git("init", "--quiet", "--initial-branch", "main");
  write("ours");
  git("switch", "--quiet", "--create", "branch");
  write("theirs");
  git("switch", "--quiet", "main");
  const answers = [
    { call: "print-grants environments/.main-*", says: "one\\nreads logs: nobody\\n" },
    { call: "print-grants environments/prod*", says: "one\\nreads logs: evil\\n" },
  ];
  const preview = () => runScript("preview-infra.sh", ["prod"], { env, cwd: company, answers });
  expect(preview().output).toContain("The grants are not compared with main, because ");
  git("merge", "--quiet", "--no-ff", "--message", "merge", "branch");
  const { status, output } = preview();
  expect([status, readdirSync(join(company, "environments"))]).toEqual([0, ["prod"]]);
  expect(output).toContain(
    "what the environment grants (- main, + this branch):\n- reads logs: nobody\n+ reads logs: evil\n",
  );
  rmSync(company, { recursive: true });
});

describe("code", () => {
  const cwd = mkdtempSync(join(tmpdir(), "package-"));
  writeFileSync(join(cwd, "okta-8x8-telephony.zip"), "a package");

  afterAll(() => {
    rmSync(cwd, { recursive: true });
  });

  it("deploy-code.sh deploys the app without a build in Azure", () => {
    const { status, calls } = runScript("deploy-code.sh", ["okta-8x8-telephony.zip"], {
      env,
      answers: outputs,
      cwd,
    });
    expect(status).toBe(0);
    expect(calls.at(-1)?.slice(0, 5)).toEqual([
      "az",
      "functionapp",
      "deployment",
      "source",
      "config-zip",
    ]);
    expect(option(calls.at(-1), "--name")).toBe("func-example");
    expect(option(calls.at(-1), "--src")).toBe("okta-8x8-telephony.zip");
    expect(option(calls.at(-1), "--build-remote")).toBe("false");
  });
});

describe("attestations", () => {
  const run = { GITHUB_REPOSITORY: "example/okta-8x8-telephony", GITHUB_SHA: "a".repeat(40) };

  it("verify-package.sh requires two attestations of this repository's pipeline for this commit", () => {
    const verify = (answers: readonly Answer[] = []) =>
      runScript("verify-package.sh", ["/runner/package.zip"], { env: run, answers });
    const { status, calls } = verify();
    expect(status).toBe(0);
    for (const claim of ["*slsa.dev*", "*cyclonedx.org*"])
      expect(verify([{ call: `gh attestation verify ${claim}`, fails: Infinity }]).status).toBe(1);
    expect(calls).toEqual(
      ["https://slsa.dev/provenance/v1", "https://cyclonedx.org/bom"].map((claim) => [
        ...["gh", "attestation", "verify", "/runner/package.zip", "--predicate-type", claim],
        ...["--repo", run.GITHUB_REPOSITORY],
        ...["--signer-workflow", `${run.GITHUB_REPOSITORY}/.github/workflows/pipeline.yml`],
        ...[
          "--source-ref",
          "refs/heads/main",
          "--source-digest",
          run.GITHUB_SHA,
          "--deny-self-hosted-runners",
        ],
      ]),
    );
  });
});

describe("smoke test", () => {
  const smoke = (answers: readonly Answer[], more: Record<string, string> = {}) =>
    runScript("smoke.sh", [], { env: { ...env, ...more }, answers: [...answers, ...outputs] });

  it("smoke.sh checks the app's health for four minutes, then calls the hook with a wrong secret and expects 401", () => {
    const { status, calls, environment } = smoke([], { SMOKE_CHECKS: "" });
    const looks = calls.filter(([program]) => program === "curl");
    expect([status, looks.length, looks.filter((call) => call.includes("--retry")).length]).toEqual(
      [0, 25, 1],
    );
    expect(
      looks.every(
        (call) => call.includes("--fail") && call.at(-1) === "https://func.example/api/health",
      ),
    ).toBe(true);
    expect(calls.filter(([program]) => program === "sleep")).toEqual(
      Array(24).fill(["sleep", "10"]),
    );
    expect(calls.at(-1)?.slice(-4)).toEqual([
      "--url",
      "https://func.example/api/okta/telephony",
      "--expect",
      "unauthenticated",
    ]);
    expect(environment).toMatch(/^OKTA_HOOK_SECRET=[\da-f]{64}$/m);
  });

  describe("behind a Front Door, where the app refuses a pipeline's calls", () => {
    const frontDoor = {
      call: "az deployment group show *frontDoorId*",
      says: "11112222-3333-4444-5555-666677778888\\n",
    };
    const seen = (says: string) => smoke([frontDoor, { call: "az monitor metrics list *", says }]);

    it("smoke.sh waits ten minutes, then reads the availability test's result and the app's list of functions", () => {
      const { status, calls } = seen("100.0\\n");
      expect([
        status,
        calls.filter(([program]) => program === "curl" || program === "hook"),
      ]).toEqual([0, []]);
      expect(calls.filter(([program]) => program === "sleep")).toEqual([["sleep", "600"]]);
      expect(calls.at(-1)?.slice(0, 4)).toEqual(["az", "functionapp", "function", "list"]);
      const metrics = calls.find(([, ...words]) =>
        words.join(" ").startsWith("monitor metrics list"),
      );
      expect(["--offset", "--interval"].map((name) => option(metrics, name))).toEqual([
        "5m",
        "PT5M",
      ]);
    });

    it.each(["10.0\\n", ""])(
      "smoke.sh fails if the availability test reports %j for ten more minutes",
      (says) => {
        const { status, output, calls } = seen(says);
        expect([status, output]).toEqual([1, expect.stringContaining("percent, not 100.")]);
        expect(calls.filter((call) => call.join(" ") === "sleep 60")).toHaveLength(10);
      },
    );
  });

  it("smoke.sh fails if a health check fails after the first success", () => {
    const later = {
      call: "curl --silent --show-error --fail --output /dev/null --max-time 10 https:*",
      fails: 1,
    };
    expect(smoke([later]).status).toBe(1);
  });

  it("smoke.sh fails if the app has the setting AzureWebJobsStorage, which hides its storage account", () => {
    const says = "AzureWebJobsStorage__accountName\\nAzureWebJobsStorage\\n";
    const { status, output } = smoke([{ call: "az functionapp config appsettings list *", says }]);
    expect([status, output]).toEqual([
      1,
      expect.stringContaining("func-example has the setting AzureWebJobsStorage, "),
    ]);
  });

  it("smoke.sh fails if the app does not list one of its functions", () => {
    const [missing = ""] = functions;
    const loaded = functions
      .filter((name) => name !== missing)
      .map((name) => `func-example/${name}\\n`);
    const { status, output } = smoke([
      { call: "az functionapp function list *", says: loaded.join("") },
    ]);
    expect([status, output]).toEqual([
      1,
      `func-example does not list the function ${missing}. Deploy the package again.\n`,
    ]);
  });

  it.each(["curl *", "hook *"])("smoke.sh fails if every call of %s fails", (call) => {
    expect(smoke([{ call, fails: Infinity }]).status).toBe(1);
  });
});

describe("bootstrap", () => {
  const cwd = mkdtempSync(join(tmpdir(), "bootstrap-"));
  const environments = join(cwd, "environments");
  for (const name of ["dev", "front"]) mkdirSync(join(environments, name), { recursive: true });
  writeFileSync(
    join(environments, "dev/bootstrap.bicepparam"),
    `using '${relative(join(environments, "dev"), join(__dirname, "../../infra"))}/bootstrap/main.bicep'\nparam location = 'westeurope'\n`,
  );
  afterAll(() => {
    rmSync(cwd, { recursive: true });
  });

  // https://learn.microsoft.com/azure/azure-resource-manager/management/azure-services-resource-providers
  const known = ["microsoft.authorization", "microsoft.resources"];
  // An app on Flex Consumption needs this provider to join a network:
  // https://learn.microsoft.com/azure/azure-functions/flex-consumption-how-to
  const ofNetworks = "microsoft.app";

  it.each([
    ["no Front Door", []],
    ["a Front Door", [front]],
  ])(
    "with %s, bootstrap.sh registers exactly the needed resource providers and then deploys",
    (_, fronts) => {
      if (fronts.length > 0) writeFileSync(join(environments, "front/front.bicepparam"), "");
      const { status, calls } = runScript("bootstrap.sh", ["dev"], { cwd });
      const create = calls.find(isCreate);
      expect([status, create?.slice(0, 4)]).toEqual([0, ["az", "deployment", "sub", "create"]]);
      expect(option(create, "--location")).toBe("westeurope");
      expect(option(create, "--parameters")).toBe("environments/dev/bootstrap.bicepparam");
      const registered = calls
        .filter((call) => call.includes("register"))
        .map((call) => option(call, "--namespace")?.toLowerCase());
      const built = [main.prod, bootstrap.prod, ...fronts]
        .flatMap(({ predictedResources }) => predictedResources)
        .map(({ type }) => type.replace(/\/.*/, "").toLowerCase());
      expect(new Set([...known, ...registered])).toEqual(new Set([...known, ofNetworks, ...built]));
    },
  );
});
