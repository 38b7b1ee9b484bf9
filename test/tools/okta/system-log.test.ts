import { eventBatch, hookFailed, sentByOkta } from "../../../tools/sandbox/okta.ts";
import type { OktaOrg } from "../../../tools/sandbox/okta/management/org.ts";
import { createApi } from "../../../tools/okta/api.ts";
import { createOrg } from "../../../tools/okta/org.ts";
import { readSystemLog } from "../../../tools/okta/system-log.ts";
import { startOrg } from "./applying.ts";
import { asAdministrator } from "./signed-in.ts";

let org: OktaOrg;
beforeEach(async () => {
  org = await startOrg();
});
const add = (...events: object[]) => {
  org.log.add(...(eventBatch(events) as { data: { events: object[] } }).data.events);
};
const read = () =>
  readSystemLog(
    createOrg(createApi(org.url, asAdministrator)),
    new Date(0),
    new Date(Date.now() + 1_000),
  );

test("readSystemLog() does not count links of Okta Verify as sends", async () => {
  const link = { event: { eventType: "system.sms.send_okta_push_verify_message" } };
  add(sentByOkta("sms", true), ...Array.from({ length: 9 }, () => sentByOkta("sms", false, link)));
  expect(await read()).toMatchObject({ codes: 1, failovers: 1 });
});

test("readSystemLog() counts sends for sign-in, password reset and unlock", async () => {
  for (const type of [
    "send_factor_verify_message",
    "send_password_reset_message",
    "send_account_unlock_message",
  ])
    add(sentByOkta("sms", false, { event: { eventType: `system.sms.${type}` } }));
  for (const type of [
    "send_mfa_challenge_call",
    "send_password_reset_call",
    "send_account_unlock_call",
  ])
    add(sentByOkta("voice", false, { event: { eventType: `system.voice.${type}` } }));
  expect(await read()).toMatchObject({ codes: 6 });
});

test("readSystemLog() names known causes of failures, and prints no other text", async () => {
  const reasons = [
    "Inline hook failed: HTTP 401",
    "Read timed out",
    "PKIX path building failed",
    "Connection refused",
    "OAuth token was not issued",
    "Wilhelmine Drosselbart",
    "+12025550123",
  ];
  const debugData = { errorMessage: undefined };
  for (const reason of reasons)
    add(hookFailed({ debugData, event: { outcome: { result: "FAILURE", reason } } }));
  expect((await read()).reasons).toEqual({
    "HTTP 401": 1,
    "no answer in 3 s": 1,
    TLS: 1,
    "no connection": 1,
    "no access token": 1,
    "a cause that only Okta's System Log names": 2,
  });
});
