import { readdirSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { readProjectFile, root } from "./snapshot.ts";
import { lintWorkflow } from "./workflow-lint.ts";

const folder = ".github/workflows";
const files = readdirSync(join(root, folder)).map((file) => `${folder}/${file}`);
const pipeline = readProjectFile(`${folder}/pipeline.yml`);

// Written by whoever opens a pull request: in a script they are a way to run anything.
const untrusted =
  /\$\{\{[^}]*github\.(head_ref|event\.(pull_request\.(title|body|head\.(ref|label))|issue|comment|review|commits))/;

describe.each(files)("%s", (file) => {
  const source = readProjectFile(file);

  it("is what GitHub accepts", async () => {
    expect(await lintWorkflow(source)).toEqual([]);
  });

  it("says beside each pinned commit which version it is", () => {
    for (const line of source.split("\n").filter((line) => /uses: [^.]/.test(line)))
      expect(line).toMatch(/@[\da-f]{40} # v\d+\.\d+\.\d+$/);
  });

  it("holds no secret, gives every identity by OIDC, and takes no text of a stranger's", () => {
    expect(source).not.toMatch(/secrets\.|creds:|password/i);
    expect(source).not.toMatch(untrusted);
  });
});

it.each([
  ["an unknown key", /^permissions: \{\}/m, "permisions: {}", "Unexpected value 'permisions'"],
  ["an input that an action has not", "if-no-files-found:", "if-none-found:", "Invalid action input 'if-none-found'"],
  ["an action that we do not use", /actions\/checkout@\w+/, "actions/chekout@v7", "Unable to resolve action"],
  ["a member that does not exist", "${{ matrix.environment }}\n    env", "${{ matrix.env }}\n    env", "invalid: env"],
  ["a call without its input", "with:\n      environment: $", "with:\n      name: $", "Input environment is required"],
  [
    "a workflow that is not there",
    "./.github/workflows/deploy.yml",
    "./.github/workflows/none.yml",
    "Unable to find reusable workflow",
  ],
])("GitHub's own reader finds %s", async (_, before, after, problem) => {
  const broken = pipeline.replace(before, after);
  expect(broken).not.toBe(pipeline);
  expect((await lintWorkflow(broken)).join("\n")).toContain(problem);
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
