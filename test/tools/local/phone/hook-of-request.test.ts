import { hookOfRequest, type LateHook } from "../../../../tools/local/phone/hook-of-request.ts";

const late = (n: number, more: Partial<LateHook>): LateHook => ({
  n,
  eventId: `e${n}`,
  channel: "sms",
  code: "111111",
  phoneNumber: "+12025550123",
  locale: "en-US",
  oktaUserId: "00u1",
  requestType: undefined,
  answered: false,
  ...more,
});
const asked = (body: unknown) => ({
  method: "POST",
  path: "/api/v1/subaccounts/a/messages",
  headers: {},
  body,
});
const callTo = (destination: string) =>
  asked({
    callflow: [
      { action: "makeCall", params: { destination } },
      { action: "say" },
      { action: "hangup" },
    ],
  });

test.each<[string, LateHook[], object, number | undefined]>([
  [
    "an SMS by the id of its event",
    [late(1, {}), late(2, {})],
    asked({ clientMessageId: "e1" }),
    1,
  ],
  [
    "the newest of two that share an id",
    [late(1, { eventId: "e" }), late(2, { eventId: "e" })],
    asked({ clientMessageId: "e" }),
    2,
  ],
  [
    "of two that share an id, the one that waits",
    [late(1, { eventId: "e" }), late(2, { eventId: "e", answered: true })],
    asked({ clientMessageId: "e" }),
    1,
  ],
  [
    "an SMS that is tried after the answer",
    [late(1, { answered: true })],
    asked({ clientMessageId: "e1" }),
    1,
  ],
  ["an SMS of nobody's", [late(1, {})], asked({ clientMessageId: "e9" }), undefined],
  ["a call by its number", [late(1, { channel: "voice" }), late(2, {})], callTo("+12025550123"), 1],
  [
    "a call to a number in national form",
    [late(1, { channel: "voice", phoneNumber: "0171 5550123" })],
    callTo("+491715550123"),
    1,
  ],
  [
    "no hook that was answered",
    [late(1, { channel: "voice", answered: true })],
    callTo("+12025550123"),
    undefined,
  ],
  [
    "no hook without a number",
    [late(1, { channel: "voice", phoneNumber: "" })],
    callTo("+12025550123"),
    undefined,
  ],
  ["nothing by a body that is none", [late(1, {})], asked("{"), undefined],
  [
    "nothing by a callflow that is none",
    [late(1, { channel: "voice" })],
    asked({ callflow: {} }),
    undefined,
  ],
])("what 8x8 is asked is joined to %s", (_, hooks, request, n) => {
  expect(hookOfRequest(hooks, request as Parameters<typeof hookOfRequest>[1])?.n).toBe(n);
});
