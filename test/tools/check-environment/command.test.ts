// scripts/check-environment.sh, and what it reads of a company's folders, with the real compiler.
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Stage } from "../../../tools/check-environment/environment.ts";
import { check } from "../../../tools/check-environment/files.ts";
import { type Bicep, findCompiler, startBicep } from "../../infra/bicep.ts";
import { hasCompiler } from "../../infra/compiler.ts";
import { type Environment, root } from "../../infra/snapshot.ts";
import { asCompanys, parameterFile, wordsOf } from "./examples.ts";

let project: string;
let bicep: Bicep;

beforeAll(() => {
  project = mkdtempSync(join(tmpdir(), "company-"));
  const infra = join(root, "infra/");
  const isOurs = (path: string) => !/^environments\/(?!examples)/.test(path.slice(infra.length));
  cpSync(infra, join(project, "infra"), { recursive: true, filter: isOurs });
  bicep = startBicep(findCompiler() ?? "", "unset");
});
afterAll(() => {
  bicep.stop();
  rmSync(project, { recursive: true });
});

/** A folder beside the others of a company, with these files beside the parameters. */
async function write(
  place: string,
  example: Environment,
  more: object = {},
  change: (text: string) => string = String,
) {
  const { main, bootstrap, stage } = await asCompanys(example);
  const folder = join(project, "infra", place, example);
  mkdirSync(folder, { recursive: true });
  const files = {
    "main.bicepparam": change(parameterFile("../../main.bicep", main)),
    ...(bootstrap && { "bootstrap.bicepparam": parameterFile("../../bootstrap/main.bicep", bootstrap) }),
    ...(stage && { "pipeline.json": { stage } }),
    ...more,
  };
  for (const [name, content] of Object.entries(files))
    writeFileSync(join(folder, name), typeof content === "string" ? content : JSON.stringify(content));
  return folder;
}

async function problemsIn(folder: string, stage?: Stage): Promise<readonly string[]> {
  const findings = await check(folder, (method, params) => bicep.call(method, params), stage);
  return wordsOf(findings, "problem");
}

// compiler.test.ts says that there is none, or fails.
(!hasCompiler ? describe.skip : describe)("an environment", () => {
  it("is refused with what the compiler says, and where", async () => {
    const wrong = (text: string) => `${text.replace("standby = false", "standby = 'no'")}param nope = 1\n`;
    expect(await problemsIn(await write("wrong", "prod", {}, wrong))).toEqual([
      expect.stringMatching(/wrong\/prod\/main\.bicepparam\(\d+,17\) BCP033: Expected a value of type "bool"/),
      expect.stringMatching(/wrong\/prod\/main\.bicepparam\(\d+,1\) BCP259: The parameter "nope"/),
    ]);
  });

  it("is refused with what the template says against its values, and by the stage that it has without a pipeline", async () => {
    const folder = await write("refused", "small", {}, (text) => text.replace(/(?<=zoneRedundant = )false/, "true"));
    expect(await problemsIn(folder, "production")).toEqual([
      "main.bicepparam: Zones and rolling updates need scale.alwaysReady of at least 2.",
      expect.stringMatching(/^two-warm-instances: /),
    ]);
  });

  it("is refused where a file beside the parameters has another form, or a parameter no value yet", async () => {
    const more = { "accepted.json": [], "okta.json": {}, "pipeline.json": '{ "stage": "live" }' };
    const later = (text: string) => text.replace(/(?<=purgeProtection = )true/, "bool(externalInput('acme', 'x'))");
    expect(await problemsIn(await write("forms", "prod", more, later))).toEqual([
      'pipeline.json is not of the form {"stage": "test", "production" or "standby"}.',
      expect.stringMatching(/^okta\.json has not the form .* org: /),
      'accepted.json is not of the form {"<rule>": "<reason>"}.',
      "main.bicepparam: only a deployment knows purgeProtection. Write the value itself there.",
    ]);
  });

  it("is compared with its neighbors: a stand-by with production, the org of a test with production's", async () => {
    const okta = {
      ...{ org: "https://acme.okta.com", clientId: "0oa1" },
      hook: { name: "8x8", url: "https://otp.acme.test/api/okta/telephony", auth: "secret", header: "authorization" },
      phone: { sms: true, voice: false, allowedFor: "any" },
    };
    const answer = (text: string) => text.replace("ALLOWED_COUNTRIES: 'DE,GB'", "ALLOWED_COUNTRIES: 'DE'");
    await write("beside", "prod", { "okta.json": okta }, answer);
    const dr = await write("beside", "dr", { "okta.json": okta });
    const dev = await write("beside", "dev", { "okta.json": okta });
    expect(await problemsIn(dr)).toEqual([expect.stringMatching(/^standby-sends-alike: /)]);
    expect(await problemsIn(dev)).toEqual([expect.stringMatching(/^own-org: /)]);
  });
});

(!hasCompiler ? describe.skip : describe)("scripts/check-environment.sh", () => {
  function run(name: string, compiler: Record<string, string | undefined> = { BICEP: findCompiler() }) {
    const { status, stdout, stderr } = spawnSync(join(root, "scripts/check-environment.sh"), [name], {
      cwd: project,
      encoding: "utf8",
      env: {
        PATH: process.env["PATH"],
        HOME: process.env["HOME"],
        NODE_COMPILE_CACHE: process.env["NODE_COMPILE_CACHE"],
        ...compiler,
      },
    });
    return { status, output: stdout + stderr };
  }

  it("passes what a company has made of an example, and says what it accepts and why", async () => {
    const accepted = { "accepted.json": { "purge-protection": "It is built anew each week." } };
    await write("environments", "prod", accepted, (text) => text.replace(/(?<=purgeProtection = )true/, "false"));
    expect(run("prod")).toEqual({
      status: 0,
      output: "accepted  purge-protection: It is built anew each week.\ninfra/environments/prod: no problem.\n",
    });
  });

  it("says of an example what to set, with the compiler that az has installed for this task", () => {
    mkdirSync(join(project, "az/bin"), { recursive: true });
    const used = join(project, "used");
    const script = `#!/bin/sh\ntouch '${used}'\nexec '${findCompiler()}' "$@"\n`;
    writeFileSync(join(project, "az/bin/bicep"), script, { mode: 0o755 });
    const { status, output } = run("examples/dev", { AZURE_CONFIG_DIR: join(project, "az") });
    expect(existsSync(used)).toBe(true);
    expect(status).toBe(1);
    expect(output).toMatch(/^problem {3}main\.bicepparam: Set hookSettings\.EIGHT_BY_EIGHT_SMS_SUBACCOUNT to .*\.$/m);
    expect(output).toMatch(/^problem {3}bootstrap\.bicepparam: Set gitHub in .*\.$/m);
    expect(output).toMatch(/: 2 problems\.\n$/);
  });
});
