import { readdirSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { readProjectFile, root } from "./snapshot.ts";
import { lintWorkflow } from "./workflow-lint.ts";

const folder = ".github/workflows";
const files = readdirSync(join(root, folder)).map((file) => `${folder}/${file}`);
const pipeline = readProjectFile(`${folder}/pipeline.yml`);

// The author of a pull request chooses these texts. In a script, they could run commands.
const untrusted =
  /\$\{\{[^}]*github\.(head_ref|event\.(pull_request\.(title|body|head\.(ref|label))|issue|comment|review|commits))/;

describe.each(files)("%s", (file) => {
  const source = readProjectFile(file);

  it("GitHub's own parser accepts the workflow", async () => {
    expect(await lintWorkflow(source)).toEqual([]);
  });

  it("the workflow names the version of each action beside its pinned commit", () => {
    for (const line of source.split("\n").filter((line) => /uses: [^.]/.test(line)))
      expect(line).toMatch(/@[\da-f]{40} # v\d+\.\d+\.\d+$/);
  });

  it("the workflow uses no secret and no text from pull requests", () => {
    expect(source).not.toMatch(/secrets\.|creds:|password/i);
    expect(source).not.toMatch(untrusted);
  });
});

it.each([
  [
    "an input that an action does not have",
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
])("GitHub's own parser reports %s", async (_, before, after, problem) => {
  const broken = pipeline.replace(before, after);
  expect(broken).not.toBe(pipeline);
  expect((await lintWorkflow(broken)).join("\n")).toContain(problem);
});

it("Dependabot updates npm packages and workflow actions a week after their release", () => {
  const { updates } = parse(readProjectFile(".github/dependabot.yml")) as {
    readonly updates: readonly unknown[];
  };
  const each = {
    directory: "/",
    schedule: { interval: "weekly" },
    cooldown: { "default-days": 7 },
  };
  expect(updates).toEqual([
    // Some updates are ignored: .github/dependabot.yml has the reasons.
    expect.objectContaining({
      "package-ecosystem": "npm",
      ...each,
      ignore: expect.anything() as unknown,
    }),
    { "package-ecosystem": "github-actions", ...each },
  ]);
});
