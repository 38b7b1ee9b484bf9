import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { eventBatch, hookFailed, sentByOkta } from "../../../tools/sandbox/okta.ts";
import { hookSecret, startApp, type App } from "../../app.ts";
import { startOkta, type Okta } from "./running-okta.ts";
import { apiToken } from "./signed-in.ts";

let app: App;
let okta: Okta;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.stop());
beforeEach(async () => {
  okta = await startOkta(`${app.url}/api/okta/telephony`);
});
afterEach(() => okta.stop());

const secretIsPiped = { input: `${hookSecret}\n` };
const written = () => okta.org.calls.filter(({ call }) => /^(?:POST|PUT) (?!\/oauth2)/.test(call));

describe("npm run okta, for an org without a hook", () => {
  test("plans, applies, finds no difference and verifies without a message or a printed secret", async () => {
    const planned = await okta.okta("plan --env test");
    expect(planned.exitCode).toBe(2);
    expect(planned.output).toMatch(
      /telephony hook: create[^]*phone authenticator: create[^]*switch voice off/,
    );
    expect(written()).toEqual([]);

    const applied = await okta.okta("apply --env test --yes", secretIsPiped);
    expect([applied.exitCode, applied.output]).toEqual([
      0,
      expect.stringContaining("Done: telephony hook: create"),
    ]);
    expect(okta.org.hooks.active()).toMatchObject({
      name: "8x8",
      channel: { config: { uri: okta.wanted.hook.url } },
    });
    expect(okta.org.phone.state()).toEqual({
      name: "Phone",
      status: "ACTIVE",
      allowedFor: "any",
      methods: { sms: "ACTIVE", voice: "INACTIVE" },
    });

    const calls = written().length;
    expect(await okta.okta("plan --env test")).toMatchObject({ exitCode: 0 });
    expect(await okta.okta("apply --env test --yes")).toMatchObject({ exitCode: 0 });
    expect(written()).toHaveLength(calls);

    const verified = await okta.okta("verify --env test");
    expect([verified.exitCode, verified.output]).toEqual([
      0,
      expect.stringContaining("refused, expired-code"),
    ]);
    expect(verified.output).toContain("version 1");
    expect(app.eightByEight.messages).toEqual([]);
    for (const { output } of [planned, applied, verified])
      for (const hidden of [hookSecret, apiToken, "2025550123"])
        expect(output).not.toContain(hidden);
  });

  test("apply needs --unproved to give Okta a secret that the app rejects", async () => {
    const { exitCode, output } = await okta.okta("apply --env test --yes", {
      input: "a-secret-of-another-app",
    });
    expect([exitCode, written()]).toEqual([1, []]);
    expect(output).toContain("Nothing was changed");
    expect(output).not.toContain("a-secret-of-another-app");
    const unproved = await okta.okta("apply --env test --yes --unproved", {
      input: "a-secret-of-another-app",
    });
    expect([unproved.exitCode, unproved.output]).toEqual([
      1,
      expect.stringMatching(
        /Done: phone authenticator[^]*All changes were made, but the hook could not be verified: .*A 401 means that the secret is wrong/,
      ),
    ]);
    expect(await okta.okta("verify --env test")).toMatchObject({
      exitCode: 1,
      output: expect.stringContaining("A 401 means that the secret is wrong") as string,
    });
    // Okta never returns the secret, so a plan finds no difference.
    expect(await okta.okta("apply --env test --yes", secretIsPiped)).toMatchObject({ exitCode: 0 });
    expect(await okta.okta("verify --env test")).toMatchObject({ exitCode: 1 });
    expect(await okta.okta("apply --env test --yes --give-secrets", secretIsPiped)).toMatchObject({
      exitCode: 0,
    });
    expect(await okta.okta("verify --env test")).toMatchObject({ exitCode: 0 });
  });

  test("apply changes the hook but verify fails while the app does not answer (504)", async () => {
    await okta.okta("apply --env test --yes", secretIsPiped);
    okta.want({ hook: { ...okta.wanted.hook, name: "8x8 stand-by" } });
    okta.org.fail("POST", "/execute", "504");
    expect(await okta.okta("apply --env test --yes", secretIsPiped)).toMatchObject({ exitCode: 0 });
    expect(okta.org.hooks.active()?.name).toBe("8x8 stand-by");
    okta.org.fail("POST", "/execute", "504");
    expect(await okta.okta("verify --env test")).toMatchObject({
      exitCode: 1,
      output: expect.stringContaining("did not answer within 3 s") as string,
    });
  });

  test("apply changes nothing without --yes if there is no terminal", async () => {
    expect(await okta.okta("apply --env test", secretIsPiped)).toMatchObject({ exitCode: 1 });
    expect(written()).toEqual([]);
  });

  test("plan signs in with an administrator's token, and reports a token that Okta rejects", async () => {
    expect(await okta.okta("plan --env test", { env: { OKTA_API_TOKEN: apiToken } })).toMatchObject(
      { exitCode: 2 },
    );
    const rejected = await okta.okta("plan --env test", {
      env: { OKTA_API_TOKEN: "unknown-token" },
    });
    expect([rejected.exitCode, rejected.output]).toEqual([
      1,
      expect.stringContaining("HTTP 401, E0000011"),
    ]);
  });
});

test("npm run okta exits with 64 on an unknown option and never quotes the option", async () => {
  const wrong = await okta.okta("plan --env test --s3cret");
  expect([wrong.exitCode, wrong.output.includes("s3cret")]).toEqual([64, false]);
});

test("npm run okta keeps the administrator's token out of the environment of az", async () => {
  const seen = join(okta.folder, "environment");
  writeFileSync(join(okta.folder, "az"), `#!/bin/sh\n/usr/bin/env >"${seen}"\nexit 1\n`, {
    mode: 0o755,
  });
  const env = { PATH: `${okta.folder}:/usr/bin:/bin`, OKTA_API_TOKEN: apiToken };
  expect(await okta.okta("plan --env test --sign-with kv-test/okta-admin", { env })).toMatchObject({
    exitCode: 1,
  });
  expect(readFileSync(seen, "utf8")).toContain(okta.folder);
  expect(readFileSync(seen, "utf8")).not.toContain(apiToken);
});

describe("npm run okta -- audit", () => {
  beforeEach(async () => {
    await okta.okta("apply --env test --yes", secretIsPiped);
  });
  /** Dates events a second ago, because the audit's time range ends when the audit starts. */
  const eventsOf = (batch: object) =>
    (batch as { data: { events: object[] } }).data.events.map((event) => ({
      ...event,
      published: new Date(Date.now() - 1_000).toISOString(),
    }));

  test("exits with 0 if the org has no difference and no failed sends", async () => {
    okta.org.log.add(
      ...eventsOf(eventBatch(Array.from({ length: 50 }, () => sentByOkta("sms", false)))),
    );
    const { exitCode, output } = await okta.okta("audit --env test");
    expect(output).toMatch(/Sends +50, 0 of them denied by Okta/);
    expect([exitCode, output.includes("!")]).toEqual([0, false]);
  });

  test("exits with 2 if failed sends exceed --max-fallback, and prints no name or number", async () => {
    okta.org.log.add(
      ...eventsOf(eventBatch([...Array.from({ length: 9 }, () => sentByOkta("sms", false))])),
    );
    okta.org.log.add(...eventsOf(eventBatch([sentByOkta("voice", true), hookFailed()])));
    const { exitCode, output } = await okta.okta(
      "audit --env test --since 1h --max-fallback 5% --json",
    );
    expect(exitCode).toBe(2);
    expect(JSON.parse(output)).toMatchObject({
      findings: ["the hook did not deliver 10 % of the codes, over 5 %"],
      log: {
        sends: 10,
        failovers: 1,
        failed: 1,
        reasons: { "Inline hook failed": 1 },
        complete: true,
      },
    });
    expect(output).not.toMatch(/2025550123|test\.user|Test User/);
    expect(await okta.okta("audit --env test --max-fallback 10%")).toMatchObject({ exitCode: 0 });
  });

  test("exits with 2 and prints each difference of the hooks, the provider and the policies", async () => {
    const [hook] = okta.org.hooks.all();
    if (hook !== undefined) hook.status = "INACTIVE";
    okta.want({
      hook: { ...okta.wanted.hook, url: "https://elsewhere.test/" },
      phone: { ...okta.wanted.phone, allowedFor: "sso" },
      events: { name: "8x8 outcomes", url: "https://elsewhere.test/", filter: false },
    });
    okta.org.admin.telephonyProviders = [{ id: "oct1", enabled: true, providerName: "TWILIO" }];
    okta.org.admin.enrollmentPolicies = [];
    const { exitCode, output } = await okta.okta("audit --env test");
    expect(exitCode).toBe(2);
    for (const found of [
      ...[
        "not active",
        "differs from okta.json: url",
        "custom telephony provider",
        "no enrollment policy",
      ],
      ...[
        "phone authenticator: change what it is allowed for",
        "event hook: create, and let Okta verify it",
      ],
    ])
      expect(output).toContain(found);
  });
});
