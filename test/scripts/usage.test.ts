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

  it("says with --help what it is for and how it is used, and does nothing", () => {
    expect([help.status, help.calls, usage]).toEqual([0, [], expect.stringMatching(/\S/)]);
    expect(help.output).toMatch(/^[A-Z][^#]+$/);
    expect(help.output.split("\n").filter((line) => line.length > 100)).toEqual([]);
  });

  it.each<[string, string[], string | RegExp]>([
    ["an option that it does not have", ["--force"], "There is no such option."],
    [
      "one argument too many",
      [...places, "more"].map(() => "dev"),
      "There are too many arguments.",
    ],
    ...(usage.includes("<")
      ? [["less than it needs", [], / is missing\.$/] as [string, string[], RegExp]]
      : []),
  ])("refuses %s", (_, args, words) => {
    const { status, output, calls } = runScript(script, args, { env: group });
    const [said, ...more] = output.trimEnd().split("\n");
    expect([status, calls, said, more]).toEqual([64, [], expect.stringMatching(words), [usage]]);
  });
});

const noExample =
  "There is no such example. Begin with one by its name or with --like: dev dr prod small.";
const takenName = "That name is taken: front is the Front Door's, and local is the laptop's.";

it.each([
  ["check-environment.sh", ["nowhere"], { STAGE: "live" }, "STAGE is test, production or standby."],
  [
    "deploy-code.sh",
    ["no.zip"],
    group,
    "There is no no.zip: npm run package makes okta-8x8-telephony.zip.",
  ],
  ["deploy-code.sh", [], { RESOURCE_GROUP: "" }, "RESOURCE_GROUP is missing."],
  [
    "deploy-infra.sh",
    ["nowhere"],
    group,
    "There is no infra/environments/nowhere/main.bicepparam.",
  ],
  [
    "environments.sh",
    ["none"],
    {},
    "No pipeline deploys that environment: it has no pipeline.json.",
  ],
  ["setup.sh", ["acme", "--like", "none"], {}, noExample],
  ["setup.sh", ["dev", "--like"], {}, noExample],
  [
    "setup.sh",
    ["examples/dev"],
    {},
    "An environment's name is two to five lower-case letters and digits, starting with a letter, such as prod.",
  ],
  ["setup.sh", ["front", "--like", "dev"], {}, takenName],
])("%s %j with %j: %s", (script, args, env, message) => {
  const { status, output, calls } = runScript(script, args, { env });
  expect([status, output.split("\n")[0], calls]).toEqual([64, message, []]);
});

it("shows nothing of a secret that was typed as an argument", () => {
  for (const args of [
    ["kv", "s3cret"],
    ["kv", "hook-secret", "s3cret"],
    ["kv", "-s3cret"],
  ])
    expect(runScript("seed-secrets.sh", args).output).not.toContain("s3cret");
});
