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

describe("npm run okta, for an org that has nothing yet", () => {
  test("plans, applies, has no difference any more, and verifies without a message", async () => {
    const planned = await okta.okta("plan --env test");
    expect(planned.exitCode).toBe(2);
    expect(planned.output).toMatch(
      /telephony hook: make it[^]*phone authenticator: make it[^]*voice off/,
    );
    expect(written()).toEqual([]);

    const applied = await okta.okta("apply --env test --yes", secretIsPiped);
    expect([applied.exitCode, applied.output]).toEqual([
      0,
      expect.stringContaining("Done: telephony hook: make it"),
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

  test("sends Okta no secret that the hook's URL does not take", async () => {
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
        /Done: phone authenticator[^]*All is done, but the hook is not proved: .*a 401 is a wrong secret/,
      ),
    ]);
    expect(await okta.okta("verify --env test")).toMatchObject({
      exitCode: 1,
      output: expect.stringContaining("a 401 is a wrong secret") as string,
    });
    // No plan can see it.
    expect(await okta.okta("apply --env test --yes", secretIsPiped)).toMatchObject({ exitCode: 0 });
    expect(await okta.okta("verify --env test")).toMatchObject({ exitCode: 1 });
    expect(await okta.okta("apply --env test --yes --give-secrets", secretIsPiped)).toMatchObject({
      exitCode: 0,
    });
    expect(await okta.okta("verify --env test")).toMatchObject({ exitCode: 0 });
  });

  test("a hook whose app is down is changed, as in an outage, with whichever status Okta says it: 504 too", async () => {
    await okta.okta("apply --env test --yes", secretIsPiped);
    okta.want({ hook: { ...okta.wanted.hook, name: "8x8 stand-by" } });
    okta.org.fail("POST", "/execute", "504");
    expect(await okta.okta("apply --env test --yes", secretIsPiped)).toMatchObject({ exitCode: 0 });
    expect(okta.org.hooks.active()?.name).toBe("8x8 stand-by");
    okta.org.fail("POST", "/execute", "504");
    expect(await okta.okta("verify --env test")).toMatchObject({
      exitCode: 1,
      output: expect.stringContaining("did not answer in 3 s") as string,
    });
  });

  test("does nothing where nobody says yes", async () => {
    expect(await okta.okta("apply --env test", secretIsPiped)).toMatchObject({ exitCode: 1 });
    expect(written()).toEqual([]);
  });

  test("signs in with an administrator's token too, for a first try", async () => {
    expect(await okta.okta("plan --env test", { env: { OKTA_API_TOKEN: apiToken } })).toMatchObject(
      { exitCode: 2 },
    );
    const stranger = await okta.okta("plan --env test", { env: { OKTA_API_TOKEN: "of-nobody" } });
    expect([stranger.exitCode, stranger.output]).toEqual([
      1,
      expect.stringContaining("HTTP 401, E0000011"),
    ]);
  });
});

test("wrong usage ends with 64 and repeats nothing", async () => {
  const wrong = await okta.okta("plan --env test --s3cret");
  expect([wrong.exitCode, wrong.output.includes("s3cret")]).toEqual([64, false]);
});

test("an administrator's token is not in the environment of az, which is called for a key in a vault", async () => {
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
  /** Of a second ago: what Okta writes in the moment of the audit is not of its time any more. */
  const eventsOf = (batch: object) =>
    (batch as { data: { events: object[] } }).data.events.map((event) => ({
      ...event,
      published: new Date(Date.now() - 1_000).toISOString(),
    }));

  test("is content with an org that is as wanted and falls back seldom", async () => {
    okta.org.log.add(
      ...eventsOf(eventBatch(Array.from({ length: 50 }, () => sentByOkta("sms", false)))),
    );
    const { exitCode, output } = await okta.okta("audit --env test");
    expect(output).toMatch(/Sends +50, of which Okta denied 0/);
    expect([exitCode, output.includes("!")]).toEqual([0, false]);
  });

  test("ends with 2 over the limit of fallbacks, and prints nobody's name or number", async () => {
    okta.org.log.add(
      ...eventsOf(eventBatch([...Array.from({ length: 9 }, () => sentByOkta("sms", false))])),
    );
    okta.org.log.add(...eventsOf(eventBatch([sentByOkta("voice", true), hookFailed()])));
    const { exitCode, output } = await okta.okta(
      "audit --env test --since 1h --max-fallback 5% --json",
    );
    expect(exitCode).toBe(2);
    expect(JSON.parse(output)).toMatchObject({
      findings: ["fallbacks are 10 %, over 5 %"],
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

  test("finds what somebody changed or switched off, a provider, a missing event hook, and a phone that nobody is offered", async () => {
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
      ...["not active", "was changed: url", "provider of the org's own", "no enrollment policy"],
      ...[
        "phone authenticator: what it is allowed for",
        "event hook: make it and have Okta verify it",
      ],
    ])
      expect(output).toContain(found);
  });
});
