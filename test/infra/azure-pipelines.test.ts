import { existsSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { readProjectFile, root } from "./snapshot.ts";

describe("Azure Pipelines", () => {
  const text = readProjectFile("azure-pipelines.yml");
  const commands = (yaml: string) => new Set(yaml.match(/scripts\/[\w-]+\.sh|npm [\w ]+/g));

  it("runs the commands that GitHub runs, in the same order", () => {
    const github = [
      ...commands(readProjectFile(".github/workflows/pipeline.yml")),
      ...commands(readProjectFile(".github/workflows/deploy.yml")),
    ];
    expect([...commands(text)]).toEqual([...new Set(github)]);
  });

  it("has every script that it names", () => {
    for (const script of text.match(/scripts\/[\w-]+\.sh/g) ?? []) expect(existsSync(join(root, script))).toBe(true);
  });

  it("uses the project's Node", () => {
    expect(text.match(/version: (\d+)/)?.[1]).toBe(readProjectFile(".nvmrc").trim());
  });

  it("signs in by service connections of one environment each, and deploys behind that environment's approval", () => {
    const { stages } = parse(text) as { stages: readonly Record<string, unknown>[] };
    const deployment = JSON.stringify(stages.at(-1));
    expect(deployment).toContain('"environment":"${{ environment }}"');
    expect(deployment).toContain('"azureSubscription":"deploy-${{ environment }}"');
    expect(JSON.stringify(stages)).toContain('"azureSubscription":"preview-${{ environment }}"');
  });
});
