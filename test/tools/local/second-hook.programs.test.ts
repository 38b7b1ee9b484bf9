import type { AppAnswer } from "../../../tools/local/phone/protocol.ts";
import { until } from "../../until.ts";
import { startDesk, type Desk } from "./phone/desk.ts";

// All tests share one npm start, and each test depends on the earlier tests.
let desk: Desk;
beforeAll(async () => {
  desk = await startDesk();
});
afterAll(() => desk.stop());

const sendTo = async (phoneNumber: string): Promise<number> => {
  const { status, text } = await desk.post("/sandbox/hooks", { channel: "sms", phoneNumber });
  expect([status, text]).toEqual([200, expect.stringContaining("n") as unknown]);
  return (JSON.parse(text) as { n: number }).n;
};
const ok = async (path: string, body: object): Promise<void> => {
  expect([(await desk.post(path, body)).text, path]).toEqual(["{}", path]);
};
const app = async () => (await desk.get("/sandbox/app")).json() as AppAnswer;

test("the switch of the second hook restarts the app, and a message names the provider that sent it", async () => {
  await ok("/sandbox/fault", { fault: "500" });
  await ok("/sandbox/second-hook", { on: true });
  await sendTo("+4915123456789");
  expect(await desk.message(1)).toMatchObject({ by: "second-hook" });
  await desk.command.printed(
    /^\S+ → accepted · sms · DE · 8x8 500 · second-hook 200 \(SUCCESSFUL\) · /m,
  );
  await desk.command.printed(/^┌── SMS to \+4915123456789, by the second hook$/m);
});

test("if the second hook fails too, no provider accepts the code, and Okta's own provider can send it", async () => {
  await ok("/sandbox/fault", { of: "second-hook", fault: "failed" });
  const n = await sendTo("+4915123456780");
  const { event, mayBeSent } = await desk.hook(n, (hook) => hook.event);
  expect(event).toMatchObject({ outcome: "unavailable", otherReason: "rejected-by-provider" });
  expect(mayBeSent).toBe(true);
  await ok("/sandbox/fallback", { n });
  await desk.command.printed(/^\S+ ← Okta's own provider: .*sms/m);
});

test("a second hook that is switched off has no fault", async () => {
  await ok("/sandbox/second-hook", { on: false });
  const secondHook = () => desk.stream.now().faults.find(({ of }) => of === "second-hook");
  await until(() => secondHook()?.on === undefined);
  await ok("/sandbox/fault", { fault: "none" });
  const n = await sendTo("+4915123456781");
  const { message = 0 } = await desk.hook(n, (hook) => hook.message);
  expect(await desk.message(message)).not.toHaveProperty("by");
});

test("the page tries a setting after the app's own validators, and returns it as a line", async () => {
  const invalid = await desk.post("/sandbox/settings", { GUARD_MODE: "strict" });
  expect(invalid.text).toContain("Setting GUARD_MODE is not one of: ");
  const unknown = await desk.post("/sandbox/settings", { KEY_VAULT_URL: "https://a.example" });
  expect(unknown.text).toContain("The page cannot change KEY_VAULT_URL.");
  await ok("/sandbox/settings", { PHONE_POLICY_ALLOWED_COUNTRIES: "FR", GUARD_MODE: "enforce" });
  const n = await sendTo("+4915123456782");
  const { event } = await desk.hook(n, (hook) => hook.event);
  expect(event).toMatchObject({ outcome: "refused", reason: "country-not-allowed" });
  expect(await app()).toMatchObject({
    lines: '"PHONE_POLICY_ALLOWED_COUNTRIES": "FR",\n"GUARD_MODE": "enforce"',
    warnings: [expect.stringContaining("Warning: Setting G") as unknown],
  });
});
