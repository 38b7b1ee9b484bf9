import { createItems } from "../../../../tools/local/phone/items.ts";
import { createTraffic } from "../../../../tools/local/phone/traffic.ts";
import { sms, umid } from "../../../8x8/sample-receipts.ts";

const request = { method: "POST", path: "/", headers: {}, body: {} };
const message = {
  channel: "sms",
  destination: "+12025550123",
  text: "Your code is 48213",
  source: "8x8",
  at: new Date("2026-11-20T10:00:00Z"),
} as const;

test("a message stays delivered when an earlier receipt arrives late", () => {
  const items = createItems();
  const traffic = createTraffic(
    items,
    () => undefined,
    () => undefined,
  );
  const state = () => items.get("message", 1)?.receipt?.state;
  traffic.received(message, request);
  traffic.answered(request, { status: 200, body: { umid } });
  const states = ["sent", "delivered", "sent"].map((word) => {
    traffic.receipt(sms(word));
    return state();
  });
  expect(states).toEqual(["sent", "delivered", "delivered"]);
});
