import { spawnSync } from "node:child_process";
import { globSync } from "node:fs";
import { join } from "node:path";
import { runScript } from "./run-script.ts";

const root = join(__dirname, "../..");
const scripts = globSync("*.sh", { cwd: join(root, "scripts") });
const group = { RESOURCE_GROUP: "rg-example" };
const takenName = "That name is taken: front is the Front Door's, and local is the laptop's.";

const noExample = "There is no such example. Begin with one by its name or with --like: dev dr prod small.";

describe.each(scripts)("%s", (script) => {
  const usage = new RegExp(`^Usage: .*\\bscripts/${script}\\b.*$`, "m");

  it.each(["--help", "-h"])("says with %s what it is for and how it is used, and does nothing", (option) => {
    const { status, output, calls } = runScript(script, [option]);
    expect([status, calls]).toEqual([0, []]);
    expect(output).toMatch(/^[A-Z][^#]+$/);
    expect(output).toMatch(usage);
  });

  it("refuses an option that it does not have, and one argument too many", () => {
    const [line = ""] = usage.exec(runScript(script, ["--help"]).output) ?? [];
    const allowed = line.match(/<\w+>|\[\w+\]/g)?.length ?? 0;
    for (const args of [["--force"], Array<string>(allowed + 1).fill("dev")]) {
      const { status, output, calls } = runScript(script, args, { env: group });
      expect([status, calls]).toEqual([64, []]);
      expect(output).toMatch(/^There (is no such option|are too many arguments)\.\nUsage: /);
      expect(output).toMatch(usage);
    }
  });
});

it.each([
  ["bootstrap.sh", [], {}, "environment is missing."],
  ["bootstrap.sh", ["nowhere"], {}, "There is no infra/environments/nowhere/bootstrap.bicepparam."],
  ["check-environment.sh", [], {}, "environment is missing."],
  ["check-environment.sh", ["nowhere"], { STAGE: "live" }, "STAGE is test, production or standby."],
  ["check-environment.sh", ["nowhere"], {}, "There is no infra/environments/nowhere/main.bicepparam."],
  ["deploy-code.sh", [], {}, "RESOURCE_GROUP is missing."],
  ["deploy-code.sh", ["no.zip"], group, "There is no no.zip: npm run package makes okta-8x8-telephony.zip."],
  ["deploy-infra.sh", [], group, "environment is missing."],
  ["deploy-infra.sh", ["dev"], {}, "RESOURCE_GROUP is missing."],
  ["deploy-infra.sh", ["nowhere"], group, "There is no infra/environments/nowhere/main.bicepparam."],
  ["preview-infra.sh", [], group, "environment is missing."],
  ["preview-infra.sh", ["dev"], { RESOURCE_GROUP: "" }, "RESOURCE_GROUP is missing."],
  ["preview-infra.sh", ["nowhere"], group, "There is no infra/environments/nowhere/main.bicepparam."],
  ["environments.sh", ["none"], {}, "No pipeline deploys that environment: it has no pipeline.json."],
  ["build-version.sh", [], {}, "version is missing."],
  ["build-version.sh", ["v0.0.0-none"], {}, "That is no tag or commit of this branch."],
  ["receipts.sh", [], {}, "action is missing."],
  ["receipts.sh", ["set"], {}, "vault is missing."],
  ["receipts.sh", ["send", "kv-example"], {}, "The action is set, show or remove."],
  ["receipts.sh", ["show"], {}, "EIGHT_BY_EIGHT_ACCOUNT is missing."],
  ["seed-secrets.sh", [], {}, "vault is missing."],
  ["seed-secrets.sh", ["kv-example"], {}, "kind is missing."],
  [
    "seed-secrets.sh",
    ["kv-example", "password"],
    {},
    "The kind is hook-secret, 8x8-key, hash-key, event-secret or receipt-secret.",
  ],
  ["setup.sh", [], {}, "environment is missing."],
  ["setup.sh", ["none", "--no-pipelines"], {}, noExample],
  ["setup.sh", ["acme", "--like", "none"], {}, noExample],
  ["setup.sh", ["dev", "--like"], {}, noExample],
  ["setup.sh", ["examples/dev"], {}, "An environment's name is two to five small letters and digits."],
  ["setup.sh", ["front", "--like", "dev"], {}, takenName],
  ["setup.sh", ["local", "--like", "dev"], {}, takenName],
  ["smoke.sh", [], {}, "RESOURCE_GROUP is missing."],
])("%s %j with %j: %s", (script, args, env, message) => {
  const { status, output, calls } = runScript(script, args, { env });
  expect([status, output.split("\n")[0], calls]).toEqual([64, message, []]);
  expect(output).toMatch(new RegExp(`\nUsage: .*scripts/${script}`));
});

it("shows nothing of a secret that was typed as an argument", () => {
  for (const args of [
    ["kv", "s3cret"],
    ["kv", "hook-secret", "s3cret"],
    ["kv", "-s3cret"],
  ])
    expect(runScript("seed-secrets.sh", args).output).not.toContain("s3cret");
});

test.each(["scripts/build.ts", "scripts/package.ts", "lab/mutate.ts", "lab/mutate-infra.ts", "lab/test-long.ts"])(
  "%s refuses what it does not have, with its usage, and does nothing",
  (script) => {
    // Where there is nothing to build or to pack.
    const run = spawnSync(process.execPath, [join(root, script), "--everything"], { cwd: __dirname, encoding: "utf8" });
    expect([run.status, run.stderr]).toEqual([64, expect.stringMatching(/^There is no such option.*\nnpm run /)]);
  },
);
