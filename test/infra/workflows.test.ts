import { readdirSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { readProjectFile, root } from "./snapshot.ts";
import { lintWorkflow } from "./workflow-lint.ts";

const folder = ".github/workflows";
const files = readdirSync(join(root, folder)).map((file) => `${folder}/${file}`);
const pipeline = readProjectFile(`${folder}/pipeline.yml`);

it.each(files)("%s is what GitHub accepts and a reviewer signs", async (file) => {
  expect(await lintWorkflow(readProjectFile(file))).toEqual([]);
});

it.each(files)("%s says beside each pinned commit which version it is", (file) => {
  for (const line of readProjectFile(file)
    .split("\n")
    .filter((line) => /uses: [^.]/.test(line)))
    expect(line).toMatch(/@[\da-f]{40} # v\d+\.\d+\.\d+$/);
});

it.each(files)("%s holds no secret, and gives every identity by OIDC", (file) => {
  expect(readProjectFile(file)).not.toMatch(/secrets\.|creds:|password/i);
});

describe("the lint finds", () => {
  it.each([
    ["an unknown key", /^permissions: \{\}/m, "permisions: {}", "Unexpected value 'permisions'"],
    ["an unknown event", "pull_request:\n", "pull_requests:\n", "Unexpected value 'pull_requests'"],
    ["a job that is not there", "test, production]", "test, prod]", "Job 'standby' depends on unknown job 'prod'"],
    [
      "jobs that wait for each other",
      "needs: [build, attest]",
      "needs: [build, production]",
      "Job 'test' depends on job 'production' which creates a cycle",
    ],
    [
      "an action that is not pinned",
      /checkout@\w+/,
      "checkout@v7",
      "job build: actions/checkout@v7 is not pinned by its commit",
    ],
    ["an input that an action has not", "if-no-files-found:", "if-none-found:", "Invalid action input 'if-none-found'"],
    [
      "a step that does nothing",
      "- run: npm run test:long",
      "- name: long",
      "Expected one of uses or run to be defined",
    ],
    [
      "a member that does not exist",
      "${{ matrix.environment }}\n    env",
      "${{ matrix.env }}\n    env",
      "Context access might be invalid: env",
    ],
    [
      "a context that is not there yet",
      "github.ref == 'refs/heads/main'",
      "env.RELEASE == 'yes'",
      "Unrecognized named-value: 'env'",
    ],
    [
      "a function that does not exist",
      "github.ref == 'refs/heads/main'",
      "isPush()",
      "Unrecognized function: 'isPush'",
    ],
    ["half an expression", "github.ref == 'refs/heads/main'", "github.ref ==", "Unexpected symbol: '&&'"],
    [
      "text that strangers write",
      'preview-infra.sh "$ENVIRONMENT"',
      "preview-infra.sh ${{ github.head_ref }}",
      "job preview: anybody can write into scripts/preview-infra.sh ${{ github.head_ref }}",
    ],
    ["a permission that does not exist", "contents: read", "contents: all", "Unexpected value 'all'"],
    [
      "a call without its input",
      "with:\n      environment: ${{",
      "with:\n      name: ${{",
      "Input environment is required",
    ],
    [
      "a call without a permission",
      /id-token: write\n {4}strategy:\n {6}max/,
      "actions: read\n    strategy:\n      max",
      "job production: ./.github/workflows/deploy.yml needs the permission id-token",
    ],
    [
      "a runner that changes",
      "runs-on: ubuntu-24.04",
      "runs-on: ubuntu-latest",
      "job build: runs on what changes without notice",
    ],
    [
      "an action that we do not use",
      /actions\/checkout@\w+/,
      "actions/chekout@3d3c42e5aac5ba805825da76410c181273ba90b1",
      "Unable to resolve action",
    ],
    ["a step that is not there", '"$ENVIRONMENT"\n\n', "${{ steps.none.outputs.name }}\n\n", "invalid: none"],
    [
      "a workflow that is not there",
      "./.github/workflows/deploy.yml",
      "./.github/workflows/none.yml",
      "Unable to find reusable workflow",
    ],
    ["every permission", "permissions: {}", "permissions: write-all", "asks for write-all"],
    ["a job without end", "    timeout-minutes: 30\n", "", "job build: does not say timeout-minutes"],
    ["a key that is there twice", "name: pipeline", "name: pipeline\nname: again", "'name' is already defined"],
  ])("%s", async (_, before, after, problem) => {
    const broken = pipeline.replace(before, after);
    expect(broken).not.toBe(pipeline);
    expect((await lintWorkflow(broken)).join("\n")).toContain(problem);
  });
});

it("dependencies of npm and of the workflows are updated by themselves, a week after their release", () => {
  const each = { directory: "/", schedule: { interval: "weekly" }, cooldown: { "default-days": 7 } };
  // What is deprecated and only sorts above, and a Node.js that Azure does not run.
  const ignore = [
    { "dependency-name": "@azure/monitor-opentelemetry-exporter", versions: [">=1.0.0-preview.0 <1.0.0"] },
    { "dependency-name": "node", "update-types": ["version-update:semver-major"] },
    { "dependency-name": "@types/node", "update-types": ["version-update:semver-major"] },
  ];
  const groups = {
    tools: {
      patterns: ["*"],
      "exclude-patterns": ["@azure/*", "@opentelemetry/*", "undici", "libphonenumber-js"],
      "update-types": ["minor", "patch"],
    },
  };
  expect(parse(readProjectFile(".github/dependabot.yml"))).toEqual({
    version: 2,
    updates: [
      { "package-ecosystem": "npm", ...each, ignore, groups },
      { "package-ecosystem": "github-actions", ...each },
    ],
  });
});
