import { globSync } from "node:fs";
import { join } from "node:path";
import { runScript } from "./run-script.ts";

const scripts = globSync("*.sh", { cwd: join(__dirname, "../../scripts") });
const group = { RESOURCE_GROUP: "rg-example" };

describe.each(scripts)("%s", (script) => {
  const help = runScript(script, ["--help"]);
  const [usage = "", ...parts] =
    new RegExp(`^Usage: .*\\bscripts/${script}\\b(.*)$`, "m").exec(help.output) ?? [];
  const places = parts.join().match(/<\w+>|\[\w+\]/g) ?? [];

  it(`${script} --help prints its purpose and usage, and does nothing`, () => {
    expect([help.status, help.calls, usage]).toEqual([0, [], expect.stringMatching(/\S/)]);
    expect(help.output).toMatch(/^[A-Z][^#]+$/);
    expect(help.output.split("\n").filter((line) => line.length > 100)).toEqual([]);
  });

  it.each<[string, string[], string | RegExp]>([
    ["an unknown option", ["--force"], "Unknown option."],
    ["one argument too many", [...places, "more"].map(() => "dev"), "Too many arguments."],
    ...(usage.includes("<")
      ? [["a missing argument", [], / is missing\.$/] as [string, string[], RegExp]]
      : []),
  ])(`${script} refuses %s, and prints its usage`, (_, args, words) => {
    const { status, output, calls } = runScript(script, args, { env: group });
    const [said, ...more] = output.trimEnd().split("\n");
    expect([status, calls, said, more]).toEqual([64, [], expect.stringMatching(words), [usage]]);
  });
});

it.each([
  ["deploy-code.sh", [], "RESOURCE_GROUP is missing."],
  ["setup.sh", ["examples/dev"], "The environment's name must have two to five"],
  ["setup.sh", ["front", "--like", "dev"], "The names front and local are reserved"],
  ["setup.sh", ["acme", "--like", "none"], "That example does not exist."],
])("%s %j is refused before it calls a program", (script, args, message) => {
  const { status, output, calls } = runScript(script, args, { env: { RESOURCE_GROUP: "" } });
  expect([status, calls, output]).toEqual([64, [], expect.stringContaining(message)]);
});

it("seed-secrets.sh does not print a secret that was typed as an argument", () => {
  for (const args of [
    ["kv", "s3cret"],
    ["kv", "hook-secret", "s3cret"],
    ["kv", "-s3cret"],
  ])
    expect(runScript("seed-secrets.sh", args).output).not.toContain("s3cret");
});
