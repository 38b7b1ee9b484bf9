import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { eventBatch, hookFailed, sentByOkta } from "../../../tools/sandbox/okta.ts";
import { hookSecret, startApp, type App } from "../../app.ts";
import { addHook } from "./applying.ts";
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
    expect(planned.output).toMatch(/telephony hook: create[^]*\nNeeds the hook secret\.\n$/);
    expect(written()).toEqual([]);

    const applied = await okta.okta("apply --env test --yes", secretIsPiped);
    expect([applied.exitCode, applied.output]).toEqual([
      0,
      expect.stringMatching(
        /Done: telephony hook: create[^]*Okta reached the hook, .*refused, expired-code.*newest hook secret/,
      ),
    ]);
    expect(okta.org.hooks.active()).toMatchObject({
      name: "8x8",
      channel: { config: { uri: okta.wanted.hook.url } },
    });

    const changes = () => written().filter(({ call }) => !call.endsWith("/execute"));
    const before = changes().length;
    expect(await okta.okta("plan --env test")).toMatchObject({ exitCode: 0 });
    expect(await okta.okta("apply --env test --yes")).toMatchObject({ exitCode: 0 });
    expect(await okta.okta("verify --env test")).toMatchObject({ exitCode: 0 });
    expect(changes()).toHaveLength(before);
    expect(app.eightByEight.messages).toEqual([]);
    for (const { output } of [planned, applied])
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
        /Done: telephony hook[^]*active but does not work: .*A 401 means that the secret is wrong.*--give-secrets/,
      ),
    ]);
    // Okta never returns the secret, so a plan finds no difference, but apply verifies.
    expect(await okta.okta("plan --env test")).toMatchObject({ exitCode: 0 });
    expect(await okta.okta("apply --env test --yes", secretIsPiped)).toMatchObject({ exitCode: 1 });
    expect(await okta.okta("apply --env test --yes --give-secrets", secretIsPiped)).toMatchObject({
      exitCode: 0,
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

test("apply and verify suggest to rotate if someone let our hook name another host", async () => {
  await okta.okta("apply --env test --yes", secretIsPiped);
  const config = okta.org.hooks.active()?.channel.config;
  const suggested =
    /Okta's hook named evil\.test, which may have the hook secret\. .*run: npm run okta -- rotate --env test --vault/;
  Object.assign(config ?? {}, { uri: "https://evil.test/api/okta/telephony" });
  expect((await okta.okta("verify --env test")).output).toMatch(suggested);
  const { exitCode, output } = await okta.okta("apply --env test --yes", secretIsPiped);
  expect([exitCode, output]).toEqual([0, expect.stringMatching(suggested)]);
  expect((await okta.okta("verify --env test")).output).not.toMatch(suggested);
});

test("apply beside somebody else's hook leaves telephony hooks alone, exits with 2 and names activate", async () => {
  addHook(okta.org, "Twilio", "ACTIVE");
  const ours = addHook(okta.org, "8x8", "INACTIVE", { uri: okta.wanted.hook.url });
  const before = structuredClone(okta.org.hooks.all());
  const { exitCode, output } = await okta.okta("apply --env test --yes", secretIsPiped);
  expect([exitCode, okta.org.hooks.all()]).toEqual([2, before]);
  expect(output).toMatch(/run: npm run okta -- activate --env test\n$/);
  expect(output).not.toContain(ours);
});

describe("npm run okta -- audit", () => {
  beforeEach(async () => {
    await okta.okta("apply --env test --yes", secretIsPiped);
  });
  /** Dates events before now, because the audit's time range ends when the audit starts. */
  const log = (hoursAgo: number, ...events: readonly object[]) => {
    const published = new Date(Date.now() - hoursAgo * 3_600_000 - 1_000).toISOString();
    const { data } = eventBatch(events) as { data: { events: object[] } };
    okta.org.log.add(...data.events.map((event) => ({ ...event, published })));
  };
  const sends = (count: number) => Array.from({ length: count }, () => sentByOkta("sms", false));
  const failed = (reason: string) =>
    hookFailed({
      debugData: { errorMessage: undefined },
      event: { outcome: { result: "FAILURE", reason } },
    });
  const audit = () => okta.okta("audit --env test");

  test("exits with 0 if the org has no difference and no failed sends", async () => {
    log(0, ...sends(50));
    const { exitCode, output } = await audit();
    expect(output).toMatch(/Codes +50, 0 % of them not delivered by the hook/);
    expect([exitCode, output.includes("!")]).toEqual([0, false]);
  });

  test("exits with 2 if more than 1 % failed, names the causes, and prints no name or number", async () => {
    log(0, ...sends(48), sentByOkta("voice", true), sentByOkta("sms", true));
    const reasons = ["HTTP 401 from +12025550123", "Read timed out", "Jane Doe did it"];
    log(0, ...reasons.map(failed));
    const { exitCode, output } = await audit();
    expect([exitCode, output]).toEqual([
      2,
      expect.stringMatching(
        /! The hook did not deliver 6 % of 50 codes since \S+, over 1 %: HTTP 401 \(1\), no answer in 3 s \(1\), a cause that only Okta's System Log names \(1\)\n$/,
      ),
    ]);
    expect(output).not.toMatch(/12025550123|Jane/);
  });

  test("judges nothing below 50 codes, and finds the 50th in the last day", async () => {
    log(0, ...Array.from({ length: 40 }, () => failed("HTTP 503")));
    expect(await audit()).toMatchObject({
      exitCode: 0,
      output: expect.stringContaining("40, too few to judge") as string,
    });
    log(20, ...Array.from({ length: 30 }, () => failed("HTTP 503")));
    log(25, ...Array.from({ length: 30 }, () => failed("HTTP 503")));
    expect(await audit()).toMatchObject({
      exitCode: 2,
      output: expect.stringContaining("100 % of 70 codes") as string,
    });
  });

  test("judges the last 2 hours alone if they have 50 codes", async () => {
    log(3, ...Array.from({ length: 60 }, () => failed("HTTP 503")));
    log(1, ...sends(50));
    expect(await audit()).toMatchObject({
      exitCode: 0,
      output: expect.stringMatching(/Not delivered +none/) as string,
    });
  });

  test("does not count the requests of verify, rotate and previews, which no person waits for", async () => {
    log(0, ...sends(50));
    okta.want({ hook: { ...okta.wanted.hook, name: "8x8 (2)" } });
    await okta.okta("apply --env test --yes --unproved", { input: "not-the-hook-secret" });
    for (let verifications = 0; verifications < 5; verifications += 1)
      await okta.okta("verify --env test");
    okta.want({});
    await okta.okta("apply --env test --yes", secretIsPiped);
    expect(await audit()).toMatchObject({
      exitCode: 0,
      output: expect.stringMatching(/Not delivered +none/) as string,
    });
  });

  test("exits with 2 and prints each difference of the hooks and the provider", async () => {
    const [hook] = okta.org.hooks.all();
    if (hook !== undefined) hook.status = "INACTIVE";
    okta.want({
      hook: { ...okta.wanted.hook, url: "https://elsewhere.test/api/okta/telephony" },
      events: { name: "8x8 outcomes", url: "https://elsewhere.test/", filter: false },
    });
    okta.org.admin.telephonyProviders = [{ id: "oct1", enabled: true, providerName: "TWILIO" }];
    const env = { OKTA_API_TOKEN: apiToken, TRUSTED_HOSTS: "elsewhere.test" };
    const { exitCode, output } = await okta.okta("audit --env test", { env });
    expect(exitCode).toBe(2);
    for (const found of [
      'telephony hook "8x8"',
      "→ https://elsewhere.test/api/okta/telephony",
      "A custom telephony provider is on",
      "event hook: create and activate",
    ])
      expect(output).toContain(found);
  });
});
