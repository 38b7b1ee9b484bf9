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
  await run("apply --yes");
});
afterEach(() => okta.stop());

const run = (args: string, input = hookSecret, env: Record<string, string> = {}) =>
  okta.okta(`${args} --env test`, { input, env: { OKTA_API_TOKEN: apiToken, ...env } });
/** Logs events that happened at least a second ago. The audit ignores events after its start. */
const log = (hoursAgo: number, ...events: readonly object[]) => {
  const published = new Date(Date.now() - hoursAgo * 3_600_000 - 1_000).toISOString();
  const { data } = eventBatch(events) as { data: { events: object[] } };
  okta.org.log.add(...data.events.map((event) => ({ ...event, published })));
};
const sends = (count: number, eventType = "system.sms.send_factor_verify_message") =>
  Array.from({ length: count }, () => sentByOkta("sms", false, { event: { eventType } }));
const failed = (reason: string) =>
  hookFailed({
    debugData: { errorMessage: undefined },
    event: { outcome: { result: "FAILURE", reason } },
  });
const fail = (count: number) => Array.from({ length: count }, () => failed("HTTP 503"));

async function expectAudit(exitCode: number, ...lines: readonly RegExp[]) {
  const audited = await run("audit");
  for (const line of lines) expect(audited.output).toMatch(line);
  expect(audited.exitCode).toBe(exitCode);
  return audited.output;
}

test("audit exits with 0 if the org has no difference and no failed sends", async () => {
  log(0, ...sends(50));
  const output = await expectAudit(0, /^Codes +50, 0 % of them not delivered by the hook$/m);
  expect(output).not.toContain("!");
});

test("audit exits with 2 if more than 1 % of sends failed, and names causes but no person or number", async () => {
  log(0, ...sends(98), sentByOkta("voice", true), sentByOkta("sms", true));
  const reasons = [
    "HTTP 401 from +12025550123",
    "Read timed out",
    "PKIX path building failed",
    "Connection refused",
    "OAuth token was not issued",
    "Wilhelmine Drosselbart",
  ];
  log(0, ...reasons.map(failed));
  const causes =
    "HTTP 401 \\(1\\), no answer in 3 s \\(1\\), TLS \\(1\\), no connection \\(1\\), no access token \\(1\\), another cause in Okta's System Log \\(1\\)";
  const output = await expectAudit(
    2,
    new RegExp(
      `! The hook did not deliver 6 % of 100 codes since \\S+\\. The limit is 1 %\\. Causes: ${causes}$`,
      "m",
    ),
  );
  expect(output).not.toMatch(/12025550123|Wilhelmine/);
});

test("audit needs 50 codes to judge, and looks for them in the last 24 hours", async () => {
  log(0, ...fail(40));
  await expectAudit(0, /40, too few to judge/);
  log(20, ...fail(30));
  log(25, ...fail(30));
  await expectAudit(2, /100 % of 70 codes/);
});

test("audit judges only the last 2 hours if they have 50 codes", async () => {
  log(3, ...fail(60));
  log(1, ...sends(50));
  await expectAudit(0, /^Not delivered +none$/m);
});

test("audit counts codes for every purpose, but not links for Okta Verify", async () => {
  for (const purpose of [
    "factor_verify_message",
    "password_reset_message",
    "account_unlock_message",
  ])
    log(0, ...sends(1, `system.sms.send_${purpose}`));
  log(0, ...sends(1, "system.voice.send_mfa_challenge_call"));
  log(0, ...sends(9, "system.sms.send_okta_push_verify_message"));
  await expectAudit(0, /^Codes +4,/m);
});

test("audit does not count requests of the command verify", async () => {
  log(0, ...sends(50));
  okta.want({ hook: { ...okta.wanted.hook, name: "8x8 (2)" } });
  await run("apply --yes --unproved", "not-the-hook-secret");
  for (let verifications = 0; verifications < 5; verifications += 1) await run("verify");
  okta.want({});
  await run("apply --yes");
  await expectAudit(0, /^Not delivered +none$/m);
});

test("audit exits with 2 and prints each difference between the org and okta.json", async () => {
  const [hook] = okta.org.hooks.all();
  if (hook !== undefined) hook.status = "INACTIVE";
  okta.want({
    hook: { ...okta.wanted.hook, url: "https://func.test/api/okta/telephony" },
    events: { name: "8x8 outcomes", url: "https://func.test/", filter: false },
  });
  okta.org.admin.telephonyProviders = [{ id: "oct1", enabled: true, providerName: "TWILIO" }];
  await expectAudit(
    2,
    /! .*telephony hook "8x8" .*→ https:\/\/func\.test\/api\/okta\/telephony/,
    /! .*A custom telephony provider is on/,
    /! .*event hook: create and activate/,
  );
});
