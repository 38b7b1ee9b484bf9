import { runScript, type Answer, type ScriptRun } from "./run-script.ts";

const env = { RESOURCE_GROUP: "rg-example" };
const code = "az functionapp deployment source config-zip *";
const app = { call: "az deployment group show *functionAppName*", says: "func-example\\n" };
const unavailable = "ERROR: An error occured during deployment. Status Code: 503, Details: Service Unavailable\\n";
const forbidden = "ERROR: (Forbidden) Caller is not authorized to perform action on resource.\\n";

function deployCode(answer: Partial<Answer>): ScriptRun {
  return runScript("deploy-code.sh", ["package.json"], { env, answers: [{ call: code, ...answer }, app] });
}

function pauses({ calls }: ScriptRun): readonly (string | undefined)[] {
  return calls.filter(([program]) => program === "sleep").map(([, seconds]) => seconds);
}

function times(run: ScriptRun, ...words: readonly string[]): number {
  return run.calls.filter((call) => words.every((word) => call.includes(word))).length;
}

it("nothing that a failed try has printed becomes part of the answer", () => {
  const half = { ...app, fails: 2, error: unavailable, half: "func-exa" };
  const run = runScript("deploy-code.sh", ["package.json"], { env, answers: [half] });
  expect([run.status, times(run, "config-zip", "func-example")]).toEqual([0, 1]);
});

describe("an error that passes", () => {
  it("is waited for, longer each time, and what az says is shown", () => {
    const run = deployCode({ fails: 3, error: unavailable, says: "Deployed.\\n" });
    expect([run.status, times(run, "config-zip"), pauses(run)]).toEqual([0, 4, ["10", "20", "40"]]);
    expect(run.output.match(/Status Code: 503/g)).toHaveLength(3);
    expect(run.output).toContain("Deployed.\n");
  });

  it("is given up after six tries, with what to do as the last word", () => {
    const run = deployCode({ fails: Infinity, error: unavailable });
    expect([run.status, times(run, "config-zip"), pauses(run)]).toEqual([1, 6, ["10", "20", "40", "80", "160"]]);
    expect(run.output).toMatch(/Status Code: 503.*\nIt did not pass in five minutes\..*deploy-code\.sh again.*\n$/);
  });

  it.each([
    "ERROR: (TooManyRequests) The request is being throttled.",
    "ERROR: (AuthorizationFailed) The client does not have authorization. If access was recently granted, refresh.",
    "ERROR: (InvalidTemplateDeployment) Authorization failed for template resource 'x'.",
    'ERROR: {"code": "PrincipalNotFound", "message": "Principal x does not exist in the directory y."}',
    "ERROR: Zip deployment failed. Response status code does not indicate success: 403 (This request is not authorized.)",
    "ERROR: (RoleDefinitionDoesNotExist) The specified role definition with ID 'x' does not exist.",
    "ERROR: There may be an ongoing deployment. Please track your deployment.",
    "ERROR: (DeploymentActive) Unable to edit or replace deployment 'okta-8x8-telephony'.",
    "ERROR: Operation returned an invalid status 'Bad Gateway'",
    ...[502, 503, 504].map((status) => `ERROR: Operation returned status code: ${status}`),
    "ERROR: ('Connection aborted.', RemoteDisconnected('Remote end closed connection without response'))",
    forbidden,
    "An error without a line break: status code 429",
  ])("is also %s", (error) => {
    const run = deployCode({ fails: 1, error });
    expect([run.status, pauses(run)]).toEqual([0, ["10"]]);
  });
});

it.each([
  "ERROR: (InvalidTemplate) Deployment template validation failed.",
  "ERROR: (ResourceGroupNotFound) Resource group 'rg-503' could not be found.",
  "ERROR: Please run 'az login' to setup account.",
  "ERROR: Deployment was successful but the app appears to be unhealthy.",
  "",
])("an error that stays ends it at once: %s", (error) => {
  const run = deployCode({ fails: Infinity, error });
  expect([run.status, times(run, "config-zip"), pauses(run)]).toEqual([1, 1, []]);
  expect(run.output.trim()).toBe(error);
});

it.each([
  ["bootstrap.sh", ["examples/dev"], "az provider register *"],
  ["bootstrap.sh", ["examples/dev"], "az deployment sub create *"],
  ["deploy-infra.sh", ["examples/dev"], "az deployment group create *"],
  ["deploy-infra.sh", ["examples/dev"], "az deployment group show *"],
  ["preview-infra.sh", ["examples/dev"], "az deployment group what-if *"],
  ["deploy-code.sh", ["package.json"], "az deployment group show *"],
  ["seed-secrets.sh", ["kv", "hash-key"], "az keyvault secret list-versions *"],
  ["seed-secrets.sh", ["kv", "hash-key"], "az keyvault secret set-attributes *"],
])("%s %j outlasts a 503 of %s", (script, args, call) => {
  const versions = { call: "az keyvault secret list-versions *", says: "new\\nold\\n" };
  const says = call === versions.call ? versions.says : "x\\n";
  const run = runScript(script, args, { env, answers: [{ call, fails: 1, error: unavailable, says }, versions] });
  expect([run.status, pauses(run)]).toEqual([0, ["10"]]);
});

// Words of Azure's: https://learn.microsoft.com/azure/azure-resource-manager/troubleshooting/common-deployment-errors
it.each([
  [
    "ConflictError: A vault with the same name already exists in deleted state. You need to either recover or purge existing key vault.",
    "docs/deploy.md#a-deleted-vault",
  ],
  ["(VaultAlreadyExists) The vault name 'kv-octo' is already in use.", "az keyvault list-deleted"],
  ["(StorageAccountAlreadyTaken) The storage account named stocto is already taken.", "another workload"],
  [
    "(SubscriptionIsOverQuotaForSku) Operation cannot be completed without additional quota. Status code: 429",
    "docs/deploy.md#another-region",
  ],
  [
    "(InvalidResourceGroupLocation) The Resource group already exists in location 'westeurope'.",
    "docs/deploy.md#another-region",
  ],
  ["(LocationNotAvailableForResourceType) Service Unavailable in moonbase.", "docs/deploy.md#another-region"],
  [
    "(MissingSubscriptionRegistration) The subscription is not registered to use namespace 'x'.",
    "az provider register",
  ],
  ["(RequestDisallowedByPolicy) Resource 'x' was disallowed by policy. Status code: 403", "A policy of your company"],
  ["(Forbidden) Client address is not authorized and caller is not a trusted service.", "docs/network.md"],
])("an error that stays is not tried again, and has advice: %s", (error, advice) => {
  const run = deployCode({ fails: Infinity, error: `ERROR: ${error}\\n` });
  expect([run.status, times(run, "config-zip"), pauses(run)]).toEqual([1, 1, []]);
  const [, line = "", ...more] = run.output.trimEnd().split("\n");
  expect([line, more]).toEqual([expect.stringContaining(advice), []]);
});

it("a person whose roles were looked at does not wait for them", () => {
  const error = "ERROR: (AuthorizationFailed) The client does not have authorization.\\n";
  const answers = [{ call: code, fails: Infinity, error }, app];
  const run = runScript("deploy-code.sh", ["package.json"], { env: { ...env, ROLES_ARE_NEW: "no" }, answers });
  expect([run.status, pauses(run)]).toEqual([1, []]);
});

describe("what az says", () => {
  // A resource's tag, a name or an error can hold what a pipeline or a terminal obeys.
  const odd = "##vso[task.setvariable variable=x]y\\r\\n::error::z\\n\\033[2J\\0302\\0233J end";
  const plain = "# #vso[task.setvariable variable=x]y\n: :error::z\n[2JJ end";

  it("as an error is printed line by line without what is obeyed, and is still known", () => {
    const { output, calls } = deployCode({ fails: 1, error: `${odd} Bad Gateway` });
    expect(output).toContain(`${plain} Bad Gateway\n`);
    expect(output).not.toMatch(/##vso|^::|\u001b/m);
    expect(calls.filter(([program]) => program === "sleep")).toHaveLength(1);
  });

  it.each([
    ["preview-infra.sh", ["examples/dev"], "az deployment group what-if *"],
    ["bootstrap.sh", ["examples/dev"], "az deployment sub create *"],
    ["deploy-infra.sh", ["examples/dev"], "az deployment group show *outputs --output yamlc"],
    ["install-bicep.sh", [], "az bicep install *"],
  ])("of %s is printed so too", (script, args, call) => {
    const { status, output } = runScript(script, args, { env, answers: [{ call, says: odd }] });
    expect([status, output]).toEqual([0, expect.stringContaining(plain)]);
    expect(output).not.toMatch(/##vso|^::|\u001b/m);
  });

  it("is plain letters where the machine has no Node, or an older one", () => {
    const { status, output } = runScript("preview-infra.sh", ["examples/dev"], {
      env,
      node: "exit 1",
      answers: [{ call: "az deployment group what-if *", says: odd }],
    });
    expect([status, output]).toEqual([0, expect.stringContaining("[2JJ end")]);
    expect(output).not.toMatch(/\u001b/);
  });
});

describe("a new version of a secret", () => {
  const store = (error: string) =>
    runScript("seed-secrets.sh", ["kv", "hash-key"], {
      answers: [{ call: "az keyvault secret set *", fails: 1, error }],
    });

  it("is tried again where the role is not there yet, with the same value", () => {
    const run = store(forbidden);
    expect([run.status, times(run, "set"), pauses(run), run.leftovers]).toEqual([0, 2, ["10"], []]);
    expect(run.file?.content).toMatch(/^[\da-f]{64}$/);
  });

  it.each([
    ...[unavailable, "Bad Gateway", "Gateway Timeout", "Operation returned status code: 504"],
    ...["DeploymentActive", "Connection aborted."],
  ])("is not tried again where it may have been stored (%s): a copy would retire the one in use", (error) => {
    const run = store(error);
    expect([run.status, times(run, "set"), times(run, "list-versions")]).toEqual([1, 1, 0]);
  });
});
