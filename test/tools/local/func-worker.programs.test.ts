import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

const { Values } = JSON.parse(readFileSync("local.settings.json.example", "utf8")) as {
  readonly Values: { readonly languageWorkers__node__arguments: string };
};

const event = {
  name: "otp-delivery",
  properties: { outcome: "accepted", durationMs: 3 },
  attempts: [],
};
const publishes = `require("node:diagnostics_channel").channel("okta-8x8-telephony:event").publish(${JSON.stringify(event)})`;

/**
 * Runs Node with the arguments that local.settings.json.example gives to func's worker, and
 * publishes one event of the app.
 */
function runWorker(...args: readonly string[]) {
  const given = [
    ...args,
    ...Values.languageWorkers__node__arguments.split(" "),
    "--eval",
    publishes,
  ];
  const { status, stdout, stderr } = spawnSync(process.execPath, given, { encoding: "utf8" });
  return { status, stdout, stderr };
}

test("the worker of local.settings.json.example prints the app's events", () => {
  const { status, stdout } = runWorker();
  expect([status, stdout]).toEqual([0, expect.stringMatching(/^\S+ → accepted · 3 ms\n$/)]);
});

test("the worker of local.settings.json.example asks for a newer Node if Node cannot load TypeScript", () => {
  expect(runWorker("--no-experimental-strip-types")).toEqual({
    status: 0,
    stdout: "",
    stderr: `Warning: Node ${process.version} cannot print the app's events. Use Node 22.18 or newer.\n`,
  });
});
