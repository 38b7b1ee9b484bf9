import { createStore } from "../../../../tools/local/phone/store.ts";
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

test("the phone page keeps the newest 300 messages and deletes older ones", () => {
  const { messages } = createStore();
  for (let count = 0; count < 301; count++)
    messages.add({ at: "2026-11-20T10:00:00Z", channel: "sms", to: "+12025550123", text: "code" });
  expect(messages.all()).toHaveLength(300);
  expect([messages.get(1), messages.get(301)?.n]).toEqual([undefined, 301]);
});

test("a message stays delivered when an earlier receipt arrives late", () => {
  const store = createStore();
  const traffic = createTraffic(store);
  traffic.received(message, request);
  traffic.answered(request, { status: 200, body: { umid } });
  const states = ["sent", "delivered", "sent"].map((word) => {
    traffic.receipt(sms(word));
    return store.messages.get(1)?.receipt?.state;
  });
  expect(states).toEqual(["sent", "delivered", "delivered"]);
});

test("the page lists requests of the telephony hook, and no calls of other functions", () => {
  const store = createStore();
  const traffic = createTraffic(store);
  for (const name of ["health", "telephony-hook", "okta-events"])
    traffic.report({ kind: "request", call: 1, function: name, headers: {}, body: "{}" });
  expect(store.hooks.all()).toHaveLength(1);
});

test.each([
  [3_000, "successful"],
  [3_001, "none"],
])("the page shows for an answer after %i ms that Okta gets %s", (ms, okta) => {
  const store = createStore();
  const traffic = createTraffic(store);
  traffic.report({
    kind: "request",
    call: 1,
    function: "telephony-hook",
    headers: {},
    body: "{}",
  });
  traffic.answer(1, { status: 200, body: "{}", ms }, "successful");
  expect(store.hooks.get(1)).toMatchObject({ okta });
});
