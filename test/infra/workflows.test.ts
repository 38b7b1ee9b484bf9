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
  [
    "an input that an action has not",
    "if-no-files-found:",
    "if-none-found:",
    "Invalid action input 'if-none-found'",
  ],
  [
    "a member that does not exist",
    "${{ matrix.environment }}\n    env",
    "${{ matrix.env }}\n    env",
    "invalid: env",
  ],
])("GitHub's own reader finds %s", async (_, before, after, problem) => {
  const broken = pipeline.replace(before, after);
  expect(broken).not.toBe(pipeline);
  expect((await lintWorkflow(broken)).join("\n")).toContain(problem);
});

it("dependencies of npm and of the workflows are updated by themselves, a week after their release", () => {
  const { updates } = parse(readProjectFile(".github/dependabot.yml")) as {
    readonly updates: readonly unknown[];
  };
  const each = {
    directory: "/",
    schedule: { interval: "weekly" },
    cooldown: { "default-days": 7 },
  };
  expect(updates).toEqual([
    // What Azure does not run is not for Dependabot to propose.
    expect.objectContaining({
      "package-ecosystem": "npm",
      ...each,
      ignore: expect.anything() as unknown,
    }),
    { "package-ecosystem": "github-actions", ...each },
  ]);
});
