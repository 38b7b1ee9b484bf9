import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildApp } from "../worker/built.ts";

test("try-start.ts fails if the request is not accepted", () => {
  buildApp();
  const folder = mkdtempSync(join(tmpdir(), "try-start-"));
  // This npm runs `npm start` as it is, and `npm run hook` always fails.
  const start = `exec "${process.execPath}" tools/local/main.ts "$@"`;
  const npm = `#!/bin/sh\n[ "$1" = start ] || exit 1\nshift 2\n${start}\n`;
  writeFileSync(join(folder, "npm"), npm, { mode: 0o755 });
  const env = { ...process.env, PATH: `${folder}:${process.env["PATH"] ?? ""}` };
  const script = ["scripts/try-start.ts"];
  const { status, stdout } = spawnSync(process.execPath, script, { env, encoding: "utf8" });
  rmSync(folder, { recursive: true });
  expect([status, stdout]).toEqual([
    1,
    expect.stringMatching(/\nThe request was not accepted\.\n$/),
  ]);
});
