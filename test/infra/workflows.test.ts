import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { readProjectFile, root } from "./snapshot.ts";
import { lintWorkflow } from "./workflow-lint.ts";

const folder = ".github/workflows";
const files = readdirSync(join(root, folder)).map((file) => `${folder}/${file}`);
const readWorkflow = (path: string) => (existsSync(join(root, path)) ? readProjectFile(path) : undefined);
const pipeline = readProjectFile(`${folder}/pipeline.yml`);

it.each(files)("%s is what GitHub accepts and a reviewer signs", (file) => {
  expect(lintWorkflow(readProjectFile(file), readWorkflow)).toEqual([]);
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
    ["an unknown key", /^permissions: \{\}/m, "permisions: {}", "the workflow knows no permisions"],
    ["an unknown event", "pull_request:\n", "pull_requests:\n", "there is no event pull_requests"],
    ["a job that is not there", "needs: dev", "needs: test", "job prod: needs test, which is no job"],
    [
      "jobs that wait for each other",
      "needs: build\n    permissions",
      "needs: prod\n    permissions",
      "job dev: needs itself",
    ],
    [
      "an action that is not pinned",
      /checkout@\w+/,
      "checkout@v7",
      "job build: step 1: actions/checkout is not pinned by its commit",
    ],
    [
      "an input that an action has not",
      "if-no-files-found:",
      "if-none-found:",
      "job build: step 4: actions/upload-artifact knows no if-none-found",
    ],
    [
      "a step that does nothing",
      "- run: scripts/build.sh",
      "- name: build",
      "job build: step 3: has to have either uses or run",
    ],
    [
      "a member that does not exist",
      "${{ matrix.environment }}\n    env",
      "${{ matrix.env }}\n    env",
      "job preview: matrix.env does not exist",
    ],
    [
      "a context that is not there yet",
      "if: github.event_name == 'push'",
      "if: env.RELEASE == 'yes'",
      "job dev: env does not exist here",
    ],
    [
      "a function that does not exist",
      "github.event_name == 'push'",
      "isPush()",
      "job dev: there is no function isPush",
    ],
    [
      "half an expression",
      "github.event_name == 'push'",
      "github.event_name ==",
      "job dev: not whole: github.event_name ==",
    ],
    [
      "text that strangers write",
      "preview-infra.sh ${{ matrix.environment }}",
      "preview-infra.sh ${{ github.head_ref }}",
      "job preview: step 4: anybody can write into ${{ github.head_ref }}",
    ],
    ["a permission that does not exist", "contents: read", "contents: all", "it asks for contents: all"],
    [
      "a call without its input",
      "with:\n      environment: dev",
      "with:\n      name: dev",
      "job dev: ./.github/workflows/deploy.yml needs the input environment",
    ],
    [
      "a call without a permission",
      /id-token: write\n {4}uses/,
      "actions: read\n    uses",
      "job dev: ./.github/workflows/deploy.yml needs the permission id-token",
    ],
    [
      "a runner that changes",
      "runs-on: ubuntu-24.04",
      "runs-on: ubuntu-latest",
      "job build: runs on ubuntu-latest, which changes without notice",
    ],
    ["a key that is there twice", "name: pipeline", "name: pipeline\nname: again", "Map keys must be unique"],
  ])("%s", (_, before, after, problem) => {
    const broken = pipeline.replace(before, after);
    expect(broken).not.toBe(pipeline);
    expect(lintWorkflow(broken, readWorkflow).join("\n")).toContain(problem);
  });
});

it("dependencies of npm and of the workflows are updated by themselves", () => {
  const { updates } = parse(readProjectFile(".github/dependabot.yml")) as {
    updates: readonly Record<string, unknown>[];
  };
  expect(updates.map((update) => update["package-ecosystem"])).toEqual(["npm", "github-actions"]);
});
