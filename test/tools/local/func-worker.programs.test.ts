import { spawnSync } from "node:child_process";
import { workerArguments } from "../../../tools/functions-host.ts";

test("if Node cannot load TypeScript, func's worker prints a warning and continues", () => {
  const args = ["--no-experimental-strip-types", ...workerArguments.split(" "), "--eval", ""];
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
  expect([status, stderr]).toEqual([
    0,
    `Warning: Node ${process.version} cannot print the app's events. Use Node 22.18 or newer.\n`,
  ]);
});
