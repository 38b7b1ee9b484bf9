import type { HookItem } from "../../../local/phone/protocol.ts";
import { startDesk, type Desk } from "./desk.ts";

let desk: Desk;
beforeAll(async () => {
  desk = await startDesk([], { EIGHT_BY_EIGHT_FEEDBACK: "send" });
});
afterAll(() => desk.stop());

const send = async (wish: object): Promise<HookItem> => {
  const { n } = (await desk.post("/sandbox/hooks", wish)).json() as { n: number };
  return desk.hook(n, ({ answer, message }) => answer && message);
};

test("who signs in with the code of a message has its receipt and its use under it, and 8x8 hears of it", async () => {
  const hook = await send({ channel: "sms", phoneNumber: "+12025550141" });
  const n = hook.message ?? 0;
  expect((await desk.message(n, ({ receipt }) => receipt?.state === "delivered")).used).toBeUndefined();
  expect((await desk.post("/sandbox/sign-in", { message: n })).json()).toEqual({ status: 204 });
  const { receipt, used = "" } = await desk.message(n, (message) => message.used);
  expect(receipt).toMatchObject({ state: "delivered" });
  expect(Math.abs(Date.now() - Date.parse(used))).toBeLessThan(60_000);
  const { provider } = await desk.hook(hook.n, (item) => item.provider.length === 2 && item.provider[1]?.answer);
  expect(provider[1]).toMatchObject({
    request: { path: expect.stringContaining("/feedback") as unknown },
    answer: { status: 200 },
  });
});

test("a call has its receipt and its use too", async () => {
  const n = (await send({ channel: "voice", phoneNumber: "+12025550142" })).message ?? 0;
  await desk.message(n, ({ receipt }) => receipt?.state === "completed");
  await desk.post("/sandbox/sign-in", { message: n });
  await desk.message(n, ({ used }) => used);
});

test("the receipt that was set for 8x8 stands under the message", async () => {
  await desk.post("/sandbox/receipt", { receipt: "undelivered", errorCode: 15 });
  const n = (await send({ channel: "sms", phoneNumber: "+12025550143" })).message ?? 0;
  expect((await desk.message(n, ({ receipt }) => receipt?.state !== "sent" && receipt)).receipt).toMatchObject({
    state: "undelivered",
    errorCode: 15,
  });
});

test("what became of a message in the end stays, though an earlier receipt comes later", async () => {
  await desk.post("/sandbox/receipt", { receipt: "delivered", reversed: true, delayMs: 400 });
  const n = (await send({ channel: "sms", phoneNumber: "+12025550145" })).message ?? 0;
  const { seq } = await desk.message(n, ({ receipt }) => receipt?.state === "delivered");
  const later = await desk.message(n, (message) => message.seq > seq);
  expect(later.receipt?.state).toBe("delivered");
});

test("nobody signs in with the older of two codes", async () => {
  const older = await send({ channel: "sms", phoneNumber: "+12025550144" });
  await send({ channel: "sms", phoneNumber: "+12025550144" });
  expect((await desk.post("/sandbox/sign-in", { message: older.message })).status).toBe(409);
});
