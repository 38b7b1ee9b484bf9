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
  expect(await read()).toMatchObject({ sends: 1, failovers: 1 });
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
  expect(await read()).toMatchObject({ sends: 6 });
});

test('readSystemLog() reads each of Okta\'s provider properties, and replaces free text by "other"', async () => {
  const none = { smsProvider: undefined, callProvider: undefined };
  add(
    sentByOkta("voice", false, { debugData: { ...none, callProvider: "TWILIO" } }),
    sentByOkta("sms", false, { debugData: { ...none, smsTelephonyProvider: "8x8" } }),
    sentByOkta("voice", false, { debugData: { ...none, callTelephonyProvider: "8x8" } }),
    sentByOkta("sms", false, { debugData: { ...none, smsProvider: "of +12025550123" } }),
    sentByOkta("sms", false),
  );
  expect((await read()).providers).toEqual({ TWILIO: 1, "8x8": 2, other: 1, TELESIGN: 1 });
});

test('readSystemLog() counts known reasons of failures, and replaces other texts by "other"', async () => {
  const reasons = [
    "Inline hook failed",
    "TIMEOUT",
    "for Wilhelmine Drosselbart",
    "Wilhelmine Drosselbart",
    "+12025550123",
    "",
  ];
  add(
    ...reasons.map((reason) => hookFailed({ event: { outcome: { result: "FAILURE", reason } } })),
  );
  expect((await read()).reasons).toEqual({ "Inline hook failed": 1, TIMEOUT: 1, other: 4 });
});
