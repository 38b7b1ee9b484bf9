import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readProjectFile, root, type Snapshot } from "../infra/snapshot.ts";

const script = join(root, "scripts/expand-templates.ts");

it("writes a template of each snapshot of a closed example, with the resources as a list", () => {
  const folder = mkdtempSync(join(tmpdir(), "expanded-"));
  try {
    cpSync(join(root, "infra"), join(folder, "infra"), { recursive: true });
    expect(spawnSync(process.execPath, [script], { cwd: folder }).status).toBe(0);
    expect(readdirSync(join(folder, "expanded")).sort()).toEqual([
      "dr-bootstrap.json",
      "dr-main.json",
      "front-front.json",
      "prod-bootstrap.json",
      "prod-main.json",
    ]);
    const { predictedResources } = JSON.parse(
      readProjectFile("infra/environments/examples/prod/main.snapshot.json"),
    ) as Snapshot;
    expect(JSON.parse(readFileSync(join(folder, "expanded/prod-main.json"), "utf8"))).toEqual({
      $schema: "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
      contentVersion: "1.0.0.0",
      resources: predictedResources,
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
});

it.each([
  ["--help", 0],
  ["--everything", 64],
])("given %s shows its usage and writes nothing", (option, status) => {
  const run = spawnSync(process.execPath, [script, option], { cwd: __dirname, encoding: "utf8" });
  expect([run.status, run.stdout + run.stderr]).toEqual([status, expect.stringContaining("expand-templates.ts\n")]);
});
