import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

it("expand-templates.ts writes a template for each snapshot of a private example", () => {
  const cwd = mkdtempSync(join(tmpdir(), "expanded-"));
  const predictedResources = [{ type: "Microsoft.Web/sites", name: "func" }];
  for (const name of ["small", "prod", "front"]) {
    const folder = join(cwd, "infra/environments/examples", name);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "main.snapshot.json"), JSON.stringify({ predictedResources }));
  }
  const run = (...args: readonly string[]) =>
    spawnSync(process.execPath, [join(__dirname, "../../scripts/expand-templates.ts"), ...args], {
      cwd,
    }).status;
  expect([run("--everything"), readdirSync(cwd)]).toEqual([64, ["infra"]]);
  expect([run(), readdirSync(join(cwd, "expanded")).sort()]).toEqual([
    0,
    ["front-main.json", "prod-main.json"],
  ]);
  expect(JSON.parse(readFileSync(join(cwd, "expanded/prod-main.json"), "utf8"))).toMatchObject({
    $schema: expect.stringContaining("deploymentTemplate.json") as string,
    resources: predictedResources,
  });
  rmSync(cwd, { recursive: true });
});
