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

const noExample =
  "That example does not exist. Use the name of an example, or --like with one of: dev dr prod small.";
const takenName =
  "The names front and local are reserved for the Front Door and your laptop. Choose another name.";

it.each([
  [
    "check-environment.sh",
    ["nowhere"],
    { STAGE: "live" },
    "STAGE must be test, production or standby.",
  ],
  [
    "deploy-code.sh",
    ["no.zip"],
    group,
    "no.zip does not exist. Run npm run package to create okta-8x8-telephony.zip.",
  ],
  ["deploy-code.sh", [], { RESOURCE_GROUP: "" }, "RESOURCE_GROUP is missing."],
  [
    "deploy-infra.sh",
    ["nowhere"],
    group,
    "infra/environments/nowhere/main.bicepparam does not exist. Name an environment that has this file.",
  ],
  [
    "environments.sh",
    ["none"],
    {},
    "That environment has no pipeline.json, so no pipeline deploys it. Name an environment that has a pipeline.json.",
  ],
  ["setup.sh", ["acme", "--like", "none"], {}, noExample],
  ["setup.sh", ["dev", "--like"], {}, noExample],
  [
    "setup.sh",
    ["examples/dev"],
    {},
    "The environment's name must have two to five lower-case letters and digits and start with a letter, such as prod.",
  ],
  ["setup.sh", ["front", "--like", "dev"], {}, takenName],
])("%s %j with the variables %j prints: %s", (script, args, env, message) => {
  const { status, output, calls } = runScript(script, args, { env });
  expect([status, output.split("\n")[0], calls]).toEqual([64, message, []]);
});

it("seed-secrets.sh does not print a secret that was typed as an argument", () => {
  for (const args of [
    ["kv", "s3cret"],
    ["kv", "hook-secret", "s3cret"],
    ["kv", "-s3cret"],
  ])
    expect(runScript("seed-secrets.sh", args).output).not.toContain("s3cret");
});
