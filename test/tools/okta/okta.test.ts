import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
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

const run = (args: string, secret = hookSecret) =>
  okta.okta(`${args} --env test`, { input: `hook=${secret}` });
const written = () => okta.org.calls.filter(({ call }) => /^(?:POST|PUT) (?!\/oauth2)/.test(call));

describe("the command okta, for an org without a hook", () => {
  test("apply creates the hook, plan then finds no difference, and no secret is printed", async () => {
    const planned = await run("plan");
    expect([planned.exitCode, written()]).toEqual([2, []]);
    expect(planned.output).toMatch(/telephony hook: create[^]*\nNeeds the hook secret\.\n$/);

    const applied = await run("apply --yes");
    expect([applied.exitCode, applied.output]).toEqual([
      0,
      expect.stringMatching(
        /Done: telephony hook: create[^]*Okta reached the hook, .*refused, expired-code.*newest hook secret/,
      ),
    ]);
    const changes = () => written().filter(({ call }) => !call.endsWith("/execute"));
    const before = changes().length;
    for (const command of ["plan", "apply --yes", "verify"])
      expect(await run(command, "")).toMatchObject({ exitCode: 0 });
    expect(changes()).toHaveLength(before);
    expect(app.eightByEight.messages).toEqual([]);
    for (const hidden of [hookSecret, apiToken, "2025550123"])
      expect(planned.output + applied.output).not.toContain(hidden);
  });

  test("apply needs --unproved to give Okta a secret that the app rejects", async () => {
    const wrong = "a-secret-of-another-app";
    const { exitCode, output } = await run("apply --yes", wrong);
    expect([exitCode, written()]).toEqual([1, []]);
    expect(output).toContain("Nothing was changed");
    expect(output).not.toContain(wrong);
    const unproved = await run("apply --yes --unproved", wrong);
    expect([unproved.exitCode, unproved.output]).toEqual([
      1,
      expect.stringMatching(
        /Done: telephony hook[^]*active but does not work: .*A 401 means that the secret is wrong.*--give-secrets/,
      ),
    ]);
    // Okta never returns the secret, so a plan finds no difference.
    expect(await run("plan")).toMatchObject({ exitCode: 0 });
    expect(await run("apply --yes")).toMatchObject({ exitCode: 1 });
    expect(await run("apply --yes --give-secrets")).toMatchObject({ exitCode: 0 });
  });

  test("apply changes nothing without --yes if there is no terminal", async () => {
    expect(await run("apply")).toMatchObject({ exitCode: 1 });
    expect(written()).toEqual([]);
  });

  test("plan reports an administrator's token that Okta rejects", async () => {
    const env = { OKTA_API_TOKEN: "unknown-token" };
    expect(await okta.okta("plan --env test", { env })).toMatchObject({
      exitCode: 1,
      output: expect.stringContaining("HTTP 401, E0000011") as string,
    });
  });
});

test("apply verifies a second time, because an app that is starting can answer too late", async () => {
  await run("apply --yes");
  okta.org.fail("POST", "/execute", "400");
  const tries = () => okta.org.calls.filter(({ call }) => call.endsWith("/execute")).length;
  const before = tries();
  expect(await run("apply --yes")).toMatchObject({ exitCode: 0 });
  expect(tries() - before).toBe(2);
});

test("the command okta does not pass the administrator's token on to az", async () => {
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

test("apply and verify suggest a rotation if our hook in Okta has another host", async () => {
  await run("apply --yes");
  const config = okta.org.hooks.active()?.channel.config;
  const suggested =
    /Okta may have sent the hook secret to evil\.test\. .*run: npx --no okta-8x8-telephony okta rotate --env test --vault/;
  Object.assign(config ?? {}, { uri: "https://evil.test/api/okta/telephony" });
  expect((await run("verify")).output).toMatch(suggested);
  const { exitCode, output } = await run("apply --yes");
  expect([exitCode, output]).toEqual([0, expect.stringMatching(suggested)]);
  expect((await run("verify")).output).not.toMatch(suggested);
});
