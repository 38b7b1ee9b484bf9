import { spawnSync } from "node:child_process";
import { globSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { printable as printableInTools } from "../../tools/terminal.ts";
import { runScript } from "./run-script.ts";

const env = { RESOURCE_GROUP: "rg-example" };
const unavailable =
  "ERROR: An error occured during deployment. Status Code: 503, Details: Service Unavailable";

/** For each error, prints the pause or the advice that follows the error. */
const tryEach = `
  source "$1"; retry_function=$2; shift 2
  az() { if [[ -z $slept ]]; then echo "$az_error" >&2; return 1; fi; }
  sleep() { slept=$1; }
  for az_error; do
    slept=''
    "$retry_function" az >printed 2>&1
    if [[ -n $slept ]]; then echo "again in $slept s"; else tail -n +2 printed | grep . || echo "stops"; fi
  done`;

type RetryFunction = "retry" | "retry_refused";

/** Tries all errors in one process, because starting bash takes longer than the test. */
function tryWith(retryFunction: RetryFunction, errors: readonly string[], rolesAreNew = "new") {
  const file = join(__dirname, "../../scripts/retry.bash");
  const folder = mkdtempSync(join(tmpdir(), "retry-"));
  const words = ["-uo", "pipefail", "-c", tryEach, "retry", file, retryFunction, ...errors];
  const run = { cwd: folder, env: { ...process.env, ROLES_ARE_NEW: rolesAreNew } };
  const { stdout } = spawnSync("bash", words, { ...run, encoding: "utf8" });
  rmSync(folder, { recursive: true });
  const lines = stdout.trim().split("\n");
  return Object.fromEntries(errors.map((error, index) => [error, lines[index]]));
}
const all = (errors: readonly string[], says: string) =>
  Object.fromEntries(errors.map((error) => [error, says]));

// After these errors, Azure has changed nothing, so even retry_refused repeats the command.
const refused = [
  "ERROR: (TooManyRequests) The request is being throttled.",
  "ERROR: (AuthorizationFailed) The client does not have authorization. If access was recently granted, refresh.",
  "ERROR: (InvalidTemplateDeployment) Authorization failed for template resource 'x'.",
  'ERROR: {"code": "PrincipalNotFound", "message": "Principal x does not exist in the directory y."}',
  "ERROR: Zip deployment failed. Response status code does not indicate success: 403 (This request is not authorized.)",
  "ERROR: (RoleDefinitionDoesNotExist) The specified role definition with ID 'x' does not exist.",
  "ERROR: (Forbidden) Caller is not authorized to perform action on resource.",
  "An error without a line break: status code 429",
];
// After these errors, Azure may have made the change. Repeating the command that writes a secret
// would disable the version in use.
const unclear = [
  unavailable,
  "ERROR: There may be an ongoing deployment. Please track your deployment.",
  "ERROR: (DeploymentActive) Unable to edit or replace deployment 'okta-8x8-telephony'.",
  "ERROR: Operation returned an invalid status 'Bad Gateway'",
  "ERROR: Gateway Timeout",
  ...[502, 503, 504].map((status) => `ERROR: Operation returned status code: ${status}`),
  'ERROR: {"code": "ReferencedResourceNotProvisioned", "message": "Cannot proceed with operation because resource x is not in Succeeded state."}',
  "ERROR: (AnotherOperationInProgress) Another operation on this or dependent resource is in progress.",
  'ERROR: {"code": "RetryableError", "message": "A retryable error occurred."}',
  'ERROR: {"code": "BadRequest", "message": "Could not retrieve the Log Analytics workspace from ARM: "}',
  "ERROR: ('Connection aborted.', RemoteDisconnected('Remote end closed connection without response'))",
];

it("retry repeats az after errors that are often temporary, and retry_refused only after those that changed nothing", () => {
  const errors = [...refused, ...unclear];
  expect(tryWith("retry", errors)).toEqual(all(errors, "again in 10 s"));
  expect(tryWith("retry_refused", refused)).toEqual(all(refused, "again in 10 s"));
});

it("retry_refused does not repeat az if Azure may have made the change", () => {
  expect(tryWith("retry_refused", unclear)).toEqual(all(unclear, "stops"));
});

it("retry does not repeat az after a lasting error", () => {
  const lasting = [
    "ERROR: (InvalidTemplate) Deployment template validation failed.",
    "ERROR: (ResourceGroupNotFound) Resource group 'rg-503' could not be found.",
    "ERROR: Please run 'az login' to setup account.",
    "ERROR: Deployment was successful but the app appears to be unhealthy.",
    "",
  ];
  expect(tryWith("retry", lasting)).toEqual(all(lasting, "stops"));
  // After setup has checked the roles, Azure's answer that a role is missing does not change.
  const role = "ERROR: (AuthorizationFailed) The client does not have authorization.";
  expect(tryWith("retry", [role], "no")).toEqual({ [role]: "stops" });
});

// Azure's messages:
// https://learn.microsoft.com/azure/azure-resource-manager/troubleshooting/common-deployment-errors
const advised: Readonly<Record<string, string>> = {
  "ConflictError: A vault with the same name already exists in deleted state. You need to either recover or purge existing key vault.":
    "docs/deploy.md#a-deleted-vault",
  "(VaultAlreadyExists) The vault name 'kv-octo' is already in use.": "az keyvault list-deleted",
  "(StorageAccountAlreadyTaken) The storage account named stocto is already taken.":
    "another workload",
  "(SubscriptionIsOverQuotaForSku) Operation cannot be completed without additional quota. Status code: 429":
    "docs/deploy.md#another-region",
  "(InvalidResourceGroupLocation) The Resource group already exists in location 'westeurope'.":
    "docs/deploy.md#another-region",
  "(LocationNotAvailableForResourceType) Service Unavailable in moonbase.":
    "docs/deploy.md#another-region",
  "(MissingSubscriptionRegistration) The subscription is not registered to use namespace 'x'.":
    "az provider register",
  "(RequestDisallowedByPolicy) Resource 'x' was disallowed by policy. Status code: 403":
    "A policy of your company",
  '{"code": "AadWebhookResourceNotOwnedByCaller"}': "docs/parameters.md#who-is-paged",
  "(Forbidden) Client address is not authorized and caller is not a trusted service.":
    "docs/network.md",
};

it("after some lasting errors, retry prints advice and does not repeat az", () => {
  const expected = Object.entries(advised).map(([error, words]) => [
    error,
    expect.stringContaining(words) as string,
  ]);
  expect(tryWith("retry", Object.keys(advised))).toEqual(Object.fromEntries(expected));
});

it("the scripts call az's commands only through retry and retry_refused", () => {
  const scripts = globSync("scripts/*.sh").map((file) =>
    // Most companies have no Front Door, so deploy-infra.sh looks for one without retry.
    // An operator may lack the right to read the log, so seed-secrets.sh asks for it once.
    readFileSync(file, "utf8").replace(
      /^ *#.*|.*FRONT_RESOURCE_GROUP.*|^log_id\(\) \{[^]*?^\}/gm,
      "",
    ),
  );
  const callers = scripts.flatMap((text) =>
    [
      ...text.matchAll(
        /(retry(?:_refused)? )?\baz (?:deployment|functionapp|keyvault|monitor|provider|resource)/g,
      ),
    ].map(([, caller]) => caller),
  );
  expect(new Set(callers)).toEqual(new Set(["retry ", "retry_refused "]));
});

it.each([
  [0, 2, "(Forbidden) Caller is not authorized to perform action on resource."],
  [1, 1, unavailable],
])(
  "seed-secrets.sh exits with %i after %i attempts if az fails once with: %s",
  (status, tries, error) => {
    const answers = [{ call: "az keyvault secret set *", fails: 1, error }];
    const run = runScript("seed-secrets.sh", ["kv", "hash-key"], { answers });
    expect([
      run.status,
      run.calls.filter((call) => call.includes("set")).length,
      run.leftovers,
    ]).toEqual([status, tries, []]);
    expect(run.calls.some((call) => call.includes("list-versions"))).toBe(status === 0);
    expect(run.file?.content).toMatch(/^[\da-f]{64}$/);
  },
);

describe("az's output", () => {
  // Names, tags and errors in Azure may contain commands for a pipeline or a terminal.
  const odd = "##vso[task.setvariable variable=x]y\\r\\n::error::z\\n\\033[2J\\0302\\0233J end";
  const plain = "# #vso[task.setvariable variable=x]y\n: :error::z\n[2JJ end";

  it.each([
    ["preview-infra.sh", ["examples/dev"], "az deployment group what-if *"],
    ["deploy-code.sh", ["package.json"], "az functionapp *", `${odd} Bad Gateway`],
  ])(
    "%s removes commands for terminals and pipelines from az's output, and still recognizes errors",
    (script, args, call, error = "") => {
      const answers = [{ call, ...(error === "" ? { says: odd } : { fails: 1, error }) }];
      const { status, output } = runScript(script, args, { env, answers });
      expect([status, output]).toEqual([0, expect.stringContaining(plain)]);
      expect(output).not.toMatch(/##vso|^::|\u001b/m);
    },
  );

  it("printable removes the same characters as tools/terminal.ts, without starting Node", () => {
    const text = [
      "##vso[a]b\n##[error]no\n::error::z\n  ::set-output name=x::y",
      // Commands after spaces that are not ASCII, and commands that contain control characters.
      "\u00a0::add-mask::x\n\u3000\u2003::add-mask::y\n\u0007::add-mask::x\n#\u0001#vso[x]",
      "\u001b[2J\u001b]0;title\u0007 \u009b1m\u0080\u009f \u007f",
      "a\u202eb\u2066c\u2028d\u2069e\u200ef\u061c",
      "╭─ Zürich, 日本 😀 ─╮\n│\tcode :: ## │\n→ accepted · ::1 · 31 ms\n",
    ].join("\n");
    const printed = (input: string | Buffer) => {
      const command = "source scripts/retry.bash; node() { exit 9; }; printable";
      return spawnSync("bash", ["-c", command], { input, encoding: "utf8" }).stdout;
    };
    expect(printed(text)).toBe(printableInTools(text));
    // Here, removing one character joins the bytes of another, which must be removed too.
    expect(printed(Buffer.from([0xe2, 0xe2, 0x80, 0xaa, 0x80, 0xaa, 0x0a]))).toBe("\n");
  });
});
