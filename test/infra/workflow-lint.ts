import type { ValidationConfig, validate } from "@actions/languageservice";
import { buildSync } from "esbuild";
import { randomUUID } from "node:crypto";
import { compileFunction } from "node:vm";
import { parse } from "yaml";
import { at, leaves, list, readProjectFile, root, text } from "./snapshot.ts";

/** Inputs of the actions that we use, from their action.yml at the pinned commits' major version. */
const actionInputs: Readonly<Record<string, readonly string[]>> = {
  "actions/checkout": ["ref", "path", "fetch-depth", "persist-credentials"],
  "actions/setup-node": ["node-version", "node-version-file", "cache"],
  "actions/upload-artifact": ["name", "path", "if-no-files-found", "retention-days"],
  "actions/download-artifact": ["name", "path"],
  "actions/attest": ["subject-path", "sbom-path", "predicate-type", "predicate-path"],
  "azure/login": ["client-id", "tenant-id", "subscription-id", "audience"],
  "microsoft/ps-rule": ["inputPath", "modules", "source", "baseline", "option", "outcome", "summary", "version"],
  "bridgecrewio/checkov-action": [
    "directory",
    "framework",
    "config_file",
    "quiet",
    "compact",
    "soft_fail",
    "output_format",
  ],
};

const service = loadService();

/** What GitHub, or a reviewer, would refuse in a workflow; nothing if all is well. */
export async function lintWorkflow(source: string): Promise<string[]> {
  // The service keeps what it has read of a file, by its name.
  const document = { uri: `file:///.github/workflows/${randomUUID()}.yml`, getText: () => source };
  const found = await service.validate(document as Parameters<typeof validate>[0], config);
  const messages = found.map(({ range, message }) => `line ${range.start.line + 1}: ${JSON.stringify(message)}`);
  return messages.length > 0 ? messages : lintJobs(parse(source));
}

/** The package is made of ES modules, which Jest does not load. */
function loadService(): { validate: typeof validate } {
  const [bundle] = buildSync({
    stdin: { contents: 'export { validate } from "@actions/languageservice"', resolveDir: root },
    bundle: true,
    write: false,
    format: "cjs",
    platform: "node",
    logLevel: "error",
  }).outputFiles;
  const module = { exports: {} };
  const load = compileFunction(bundle?.text ?? "", ["module", "require"]) as (...names: unknown[]) => void;
  load(module, require);
  return module.exports as { validate: typeof validate };
}

const config: ValidationConfig = {
  fileProvider: {
    getFileContent: ({ path }) => Promise.resolve({ name: path, content: readProjectFile(path) }),
  },
  actionsMetadataProvider: {
    fetchActionMetadata({ owner, name }) {
      const inputs = actionInputs[`${owner}/${name}`]?.map((input) => [input, { description: "" }] as const);
      return Promise.resolve(inputs && { name, description: "", inputs: Object.fromEntries(inputs) });
    },
  },
};

// Written by whoever opens a pull request: in a script they are a way to run anything.
const untrusted =
  /\$\{\{[^}]*github\.(head_ref|event\.(pull_request\.(title|body|head\.(ref|label))|issue|comment|review|commits))/;

/** What GitHub would take and we do not. */
function lintJobs(workflow: unknown): string[] {
  const granted = [...leaves(workflow)].filter(({ key }) => key === "permissions").map(({ value }) => value);
  const all = granted.filter((permissions) => typeof permissions === "string").map((it) => `asks for ${it}`);
  const jobs = Object.entries(at(workflow, "jobs") ?? {}).flatMap(([name, job]: [string, unknown]) =>
    (at(job, "uses") === undefined ? lintSteps(job) : lintCall(job)).map((problem) => `job ${name}: ${problem}`),
  );
  return [...all, ...jobs];
}

function lintSteps(job: unknown): string[] {
  const steps = list(job, "steps");
  const actions = steps.map((step) => text(step, "uses")).filter(Boolean);
  const scripts = steps.map((step) => text(step, "run"));
  return [
    ...(steps.length > 0 ? [] : ["has no steps"]),
    ...(/-\d/.test(text(job, "runs-on")) ? [] : ["runs on what changes without notice"]),
    ...["timeout-minutes", "permissions"]
      .filter((key) => at(job, key) === undefined)
      .map((key) => `does not say ${key}`),
    ...actions.filter((uses) => !/@[\da-f]{40}$/.test(uses)).map((uses) => `${uses} is not pinned by its commit`),
    ...scripts.filter((script) => untrusted.test(script)).map((script) => `anybody can write into ${script}`),
  ];
}

/** GitHub reports only during a run that a called workflow lacks a permission. */
function lintCall(job: unknown): string[] {
  const called: unknown = parse(readProjectFile(text(job, "uses")));
  const asked = [...leaves(called)].filter(({ key }) => key === "permissions").map(({ value }) => value);
  return asked
    .flatMap((permissions) => Object.entries(permissions ?? {}))
    .filter(([key, value]) => at(job, `permissions.${key}`) !== value)
    .map(([key]) => `${text(job, "uses")} needs the permission ${key}`);
}
