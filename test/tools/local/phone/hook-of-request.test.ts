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
  ["its hook by the event's id", [late(1, {}), late(2, {})], asked({ clientMessageId: "e1" }), 1],
  [
    "the newest of two with the same id",
    [late(1, { eventId: "e" }), late(2, { eventId: "e" })],
    asked({ clientMessageId: "e" }),
    2,
  ],
  [
    "the pending one of two with the same id",
    [late(1, { eventId: "e" }), late(2, { eventId: "e", answered: true })],
    asked({ clientMessageId: "e" }),
    1,
  ],
  [
    "a hook that is already answered, if the id is the same",
    [late(1, { answered: true })],
    asked({ clientMessageId: "e1" }),
    1,
  ],
  ["no hook if the id is unknown", [late(1, {})], asked({ clientMessageId: "e9" }), undefined],
  [
    "a voice hook by its number",
    [late(1, { channel: "voice" }), late(2, {})],
    callTo("+12025550123"),
    1,
  ],
  [
    "a voice hook with a number in national format",
    [late(1, { channel: "voice", phoneNumber: "0171 5550123" })],
    callTo("+491715550123"),
    1,
  ],
  [
    "no answered voice hook",
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
  ["no hook if the body is not JSON", [late(1, {})], asked("{"), undefined],
  [
    "no hook if the callflow is malformed",
    [late(1, { channel: "voice" })],
    asked({ callflow: {} }),
    undefined,
  ],
])("a request to 8x8 is matched to %s", (_, hooks, request, n) => {
  expect(hookOfRequest(hooks, request as Parameters<typeof hookOfRequest>[1])?.n).toBe(n);
});
