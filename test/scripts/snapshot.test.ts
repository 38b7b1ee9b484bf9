import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { environments } from "../infra/snapshot.ts";
import { runScript } from "./run-script.ts";

const pair = environments.flatMap((name) => [`infra/main.${name}`, `infra/bootstrap/main.${name}`]);

function compilerIn(folder: string, name: string): string {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "bicep"), `#!/bin/sh\necho "${name} $1 $2"\n`, { mode: 0o755 });
  return folder;
}

it.each([
  ["the pinned compiler, whatever is on PATH", { BICEP: "" }, "pinned"],
  ["the compiler that BICEP names, before all others", { BICEP: "named/bicep" }, "named"],
])("snapshots are written with %s", (_, { BICEP }, used) => {
  const home = mkdtempSync(join(tmpdir(), "compilers-"));
  try {
    compilerIn(join(home, ".azure/bin"), "pinned");
    compilerIn(join(home, "named"), "named");
    const onPath = compilerIn(join(home, "path"), "on-path");
    const env = { HOME: home, PATH: `${onPath}:${process.env["PATH"] ?? ""}`, BICEP: BICEP && join(home, BICEP) };
    const { status, output } = runScript("snapshot.sh", [], { env });
    expect([status, output]).toEqual([0, pair.map((file) => `${used} snapshot ${file}.bicepparam\n`).join("")]);
  } finally {
    rmSync(home, { recursive: true });
  }
});
