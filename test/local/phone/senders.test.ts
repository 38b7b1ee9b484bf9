import { loadSettings } from "../../../src/settings/settings.ts";
import type { MessageItem } from "../../../local/phone/protocol.ts";
import { senderWords } from "../../../local/phone/page/words.ts";
import { laptop } from "../../settings/sample-settings.ts";
import { startDesk, type Desk } from "./desk.ts";

const sender = { EIGHT_BY_EIGHT_SMS_SENDERS: '{"SG":"ACME","*":"Acme"}' };
let desk: Desk;
beforeAll(async () => {
  desk = await startDesk([], sender);
});
afterAll(() => desk.stop());

async function messageTo(phoneNumber: string): Promise<MessageItem> {
  const { n } = (await desk.post("/sandbox/hooks", { channel: "sms", phoneNumber })).json() as { n: number };
  const { message = 0 } = await desk.hook(n, (hook) => hook.message);
  return desk.message(message, ({ receipt }) => receipt && receipt.state !== "sent");
}

test("a message has its country's sender, and the app's own warning where that is doubtful", async () => {
  const [us] = loadSettings({ ...laptop, ...sender }).doubts.filter(({ country }) => country === "US");
  const doubt = `${us?.name} ${us?.doubt}.`;
  expect(await messageTo("+12025550161")).toMatchObject({ from: "Acme", doubt });
  const singapore = await messageTo("+6591234567");
  expect([singapore.from, singapore.doubt]).toEqual(["ACME", undefined]);
});

test("a sender that was changed or refused afterwards stands under the message", async () => {
  await desk.post("/sandbox/fault", { fault: "sender-changed", source: "Other", times: 1 });
  const changed = await messageTo("+6591234567");
  expect([changed.from, changed.receipt?.from, senderWords(changed)]).toEqual([
    "ACME",
    "Other",
    "from Other, not ACME",
  ]);
  await desk.post("/sandbox/fault", { fault: "sender-undelivered", times: 1 });
  expect((await messageTo("+6591234567")).receipt).toMatchObject({ state: "undelivered", errorCode: 19 });
});
