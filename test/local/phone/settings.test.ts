import type { SettingsAnswer } from "../../../local/phone/protocol.ts";
import { localSettingNames } from "../../../src/settings/secrets.ts";
import { settingNames } from "../../../src/settings/setting-names.ts";
import { openStream, startDesk, type Desk } from "./desk.ts";

const secrets = {
  OKTA_HOOK_SECRET: "hook-secret-7c1f",
  OKTA_EVENT_SECRET: "event-secret-91ab",
  RECEIPT_SECRET: "receipt-secret-3d2e",
  EIGHT_BY_EIGHT_API_KEY: "api-key-55d0",
};
let desk: Desk;
beforeAll(async () => {
  desk = await startDesk([], { ...secrets, PHONE_POLICY_BLOCKED_COUNTRIES: "FR", HOOK_BUDGET_MS: "2000" });
});
afterAll(() => desk.stop());

const settings = async () => (await desk.get("/sandbox/settings")).json() as SettingsAnswer;

test("every setting is shown with its sentence, the secret ones masked, and the app's health", async () => {
  const shown = await settings();
  expect(shown.settings.map(({ name }) => name)).toEqual([...settingNames, ...localSettingNames]);
  expect(shown.settings.filter(({ sentence }) => !/\w{4}/.test(sentence) || /[`|]|\]\(/.test(sentence))).toEqual([]);
  const of = (wanted: string) => shown.settings.find(({ name }) => name === wanted);
  expect(of("PHONE_POLICY_BLOCKED_COUNTRIES")).toMatchObject({ value: "FR", isSet: true });
  expect(of("HOOK_BUDGET_MS")).toMatchObject({
    value: "2000",
    sentence: expect.stringMatching(/^500 to 2700: /) as unknown,
  });
  expect(of("STATE_TABLE_URL")).toMatchObject({ value: "", isSet: false });
  expect(of("GUARD_MODE")).toMatchObject({ value: "record", isSet: false });
  for (const name of Object.keys(secrets)) expect(of(name)?.value).toBe("••••••");
  expect(shown.health).toEqual({ status: "healthy" });
});

test("no secret is in any answer of the page's, whoever sent the hook", async () => {
  const stream = openStream(desk.url);
  const wish = { channel: "sms", phoneNumber: "+12025550161" };
  const answers = [await desk.post("/sandbox/hooks", wish)];
  const hook = await desk.hook(1, ({ answer, event }) => answer && event);
  const headers = { authorization: secrets.OKTA_HOOK_SECRET, "content-type": "application/json" };
  await (await fetch(desk.hookUrl, { method: "POST", headers, body: Buffer.from(hook.request.body) })).text();
  answers.push(await desk.post("/sandbox/hooks/replay", { n: 1 }));
  const { message = 0 } = await desk.hook(3, (item) => item.message);
  answers.push(
    await desk.post("/sandbox/sign-in", { message }),
    await desk.post("/sandbox/sms-pumping", { count: 1, range: "+1202888" }),
  );
  await desk.message(message, ({ receipt, used }) => receipt && used);
  for (const path of [
    "/sandbox/settings",
    "/sandbox/traffic",
    "/sandbox/messages",
    "/sandbox/messages/latest",
    "/sandbox/hooks/2/curl",
  ])
    answers.push(await desk.get(path));
  await stream.item("hook", 3);
  const all = JSON.stringify([answers, stream.events]);
  expect(all).toContain("+12025550161");
  expect(Object.values(secrets).filter((secret) => all.includes(secret))).toEqual([]);
  await stream.close();
});
