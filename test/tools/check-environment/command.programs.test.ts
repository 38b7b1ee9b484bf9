import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findCompiler } from "../../infra/bicep.ts";
import { hasCompiler } from "../../infra/compiler.ts";
import { root } from "../../infra/snapshot.ts";
import { findingsIn, problemsIn, templates, write } from "./company.ts";

jest.setTimeout(180_000);

// Without the Bicep compiler, this suite is skipped and compiler.programs.test.ts fails.
(!hasCompiler ? describe.skip : describe)("the environment check", () => {
  it("the check reports each compiler error with its line and column", async () => {
    expect(
      await problemsIn(write("wrong", "prod", { main: "param standby = 'no'\nparam nope = 1" })),
    ).toEqual([
      expect.stringMatching(/main\.bicepparam\(\d+,17\) BCP033: Expected a value of type "bool"/),
      expect.stringMatching(/main\.bicepparam\(\d+,1\) BCP259: The parameter "nope"/),
    ]);
  });

  it("the check reports a setting that the app had in an earlier version", async () => {
    const main =
      "param hookSettings = { EIGHT_BY_EIGHT_SMS_SUBACCOUNT: 'acme', GUARD_COUNTRY_BUDGET: '{}' }";
    expect(await problemsIn(write("gone", "dev", { main }))).toEqual([
      expect.stringContaining("The setting GUARD_COUNTRY_BUDGET is gone. Remove it."),
    ]);
  });

  it("the check reports a secret in hookSettings, and does not print it", async () => {
    const main =
      "param hookSettings = { EIGHT_BY_EIGHT_SMS_SUBACCOUNT: 'acme', EIGHT_BY_EIGHT_API_KEY: 's3cret' }";
    const [first, ...more] = await problemsIn(write("secret", "dev", { main }));
    expect(first).toMatch(
      /EIGHT_BY_EIGHT_API_KEY is a secret, which only the vault may have\. Remove/,
    );
    expect(JSON.stringify([first, more])).not.toContain("s3cret");
  });

  it("the check warns about an environment with a bootstrap and without a pipeline.json", async () => {
    const folder = write("no-stage", "prod");
    const words: unknown = expect.stringMatching(/^Without a stage, the rules for /);
    const warned = expect.objectContaining({ kind: "warning", words }) as unknown;
    expect(await findingsIn(folder)).not.toContainEqual(warned);
    rmSync(join(folder, "pipeline.json"));
    expect(await findingsIn(folder)).toContainEqual(warned);
    expect(await findingsIn(folder, "production")).not.toContainEqual(warned);
  });

  it("the check reports an allowed country without limits once, with the line to add", async () => {
    const main = `param hookSettings = { EIGHT_BY_EIGHT_SMS_SUBACCOUNT: 'acme', GUARD_MODE: 'enforce'
  PHONE_POLICY_ALLOWED_COUNTRIES: 'GB,DE', GUARD_COUNTRY_LIMITS: '{"GB":{},"*":{"calls":9}}' }`;
    expect(await problemsIn(write("countries", "dev", { main }))).toEqual([
      expect.stringMatching(/^main\.bicepparam: Set limits .*Add "DE":\{"enrollments":60,.*\}/),
    ]);
  });

  it("the check reports malformed JSON files, and a forbidden function in front.bicepparam", async () => {
    const front = `using '${templates(join(tmpdir(), "company/forms/prod"))}/front.bicep'
param hostName = 'otp.acme.test'
param originHostNames = ['prod.acme.test', 'dr.acme.test']
param runbookUrl = loadTextContent('/etc/hostname')
`;
    const files = {
      "accepted.json": [],
      "okta.json": {},
      "pipeline.json": '{ "stage": "live" }',
      "front.bicepparam": front,
    };
    expect(await problemsIn(write("forms", "prod", { files }))).toEqual([
      'pipeline.json does not have the format {"stage": "test", "production" or "standby"}.',
      expect.stringMatching(/^okta\.json does not have the format .* org: /),
      'accepted.json does not have the format {"<rule>": "<reason>"}.',
      "front.bicepparam has loadTextContent, which reads from outside the file. Write the value into the file.",
    ]);
  });

  it("the check reports a stand-by whose settings differ from production's, and a test environment with production's org", async () => {
    const okta = {
      org: "https://acme.okta.com",
      clientId: "0oa1",
      hook: {
        name: "8x8",
        url: "https://otp.acme.test/api/okta/telephony",
        auth: "secret",
        header: "authorization",
      },
    };
    const files = { "okta.json": okta };
    write("beside", "prod", {
      main: "param hookSettings = { EIGHT_BY_EIGHT_SMS_SUBACCOUNT: 'acme_otp' }",
      files,
    });
    const dr = write("beside", "dr", { files });
    const dev = write("beside", "dev", { files });
    expect(await problemsIn(dr)).toEqual([expect.stringMatching(/^standby-sends-alike: /)]);
    expect(await problemsIn(dev)).toEqual([expect.stringMatching(/^own-org: /)]);
    expect(await problemsIn(dev, undefined, { CI: "true" })).toContainEqual(
      expect.stringMatching(/^TRUSTED_HOSTS is not set\. .* the hook at otp\.acme\.test\. /),
    );
  });

  it("in a pipeline, the check refuses an issuer and an origin that TRUSTED_HOSTS does not list", async () => {
    const bootstrap =
      "param gitHub = { owner: 'acme', ownerId: 1, name: 'otp', id: 2, subject: 'ids', issuer: 'https://evil.example' }";
    const folder = write("hosts", "prod", { bootstrap });
    const front = `using '${templates(folder)}/front.bicep'
param hostName = 'otp.acme.test'
param originHostNames = ['prod.acme.test', 'evil.acme.test']
param runbookUrl = 'https://acme.test/docs/outage.md'
`;
    writeFileSync(join(folder, "front.bicepparam"), front);
    const env = { CI: "true", TRUSTED_HOSTS: "prod.acme.test" };
    expect(await problemsIn(folder, undefined, env)).toEqual([
      expect.stringMatching(
        /^TRUSTED_HOSTS does not list every host\..* origin 2 of the front at evil\.acme\.test, the issuer of the deployer at evil\.example, the issuer of the previewer at evil\.example\. /,
      ),
    ]);
    const trusted = { ...env, TRUSTED_HOSTS: "prod.acme.test,evil.acme.test,evil.example" };
    expect(await problemsIn(folder, undefined, trusted)).toEqual([]);
  });

  it("the check refuses zones in the bootstrap's region if this region has none", async () => {
    const bootstrap = "param location = 'westus'";
    expect(await problemsIn(write("zones", "prod", { bootstrap }))).toEqual([
      expect.stringMatching(/^main\.bicepparam: Set zoneRedundant to false/),
    ]);
  });

  it("to check a stand-by, the check does not compile a production file that reads another file", async () => {
    write("reader", "prod", {
      main: "param hookSettings = { EIGHT_BY_EIGHT_SMS_SUBACCOUNT: loadTextContent('../../bicepconfig.json') }",
    });
    expect(await problemsIn(write("reader", "dr"))).toEqual([]);
  });

  it("scripts/check-environment.sh uses the compiler in AZURE_CONFIG_DIR", () => {
    const project = mkdtempSync(join(tmpdir(), "company-"));
    const values = join(project, "environments/small");
    cpSync(join(root, "infra/environments/examples/small"), values, { recursive: true });
    const file = join(values, "main.bicepparam");
    const own = readFileSync(file, "utf8").replace("../../..", templates(values));
    writeFileSync(file, own);
    mkdirSync(join(project, "az/bin"), { recursive: true });
    const used = join(project, "used");
    const script = `#!/bin/sh\ntouch '${used}'\nexec '${findCompiler()}' "$@"\n`;
    writeFileSync(join(project, "az/bin/bicep"), script, { mode: 0o755 });
    writeFileSync(
      join(values, "accepted.json"),
      '{ "two-warm-instances": "Seconds do not matter here." }',
    );
    const { PATH, HOME, NODE_COMPILE_CACHE } = process.env;
    const { status, stdout } = spawnSync(join(root, "scripts/check-environment.sh"), ["small"], {
      cwd: project,
      encoding: "utf8",
      env: {
        PATH,
        HOME,
        NODE_COMPILE_CACHE,
        AZURE_CONFIG_DIR: join(project, "az"),
        STAGE: "production",
      },
    });
    const wasUsed = existsSync(used);
    rmSync(project, { recursive: true });
    expect([status, wasUsed]).toEqual([1, true]);
    expect(stdout).toMatch(
      /^problem {3}main\.bicepparam: Set hookSettings\.EIGHT_BY_EIGHT_SMS_SUBACCOUNT to .*\.$/m,
    );
    expect(stdout).toMatch(
      /^accepted {2}two-warm-instances: Seconds do not matter here\.\n.*: 2 problems\.\n$/m,
    );
  });
});
