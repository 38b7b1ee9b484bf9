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
    "the request with its event id",
    [late(1, {}), late(2, {})],
    asked({ clientMessageId: "e1" }),
    1,
  ],
  [
    "the newer of two requests with its event id",
    [late(1, { eventId: "e" }), late(2, { eventId: "e" })],
    asked({ clientMessageId: "e" }),
    2,
  ],
  [
    "the pending one of two requests with its event id",
    [late(1, { eventId: "e" }), late(2, { eventId: "e", answered: true })],
    asked({ clientMessageId: "e" }),
    1,
  ],
  [
    "an answered request with its event id",
    [late(1, { answered: true })],
    asked({ clientMessageId: "e1" }),
    1,
  ],
  ["no request with another event id", [late(1, {})], asked({ clientMessageId: "e9" }), undefined],
  [
    "the voice request to its number",
    [late(1, { channel: "voice" }), late(2, {})],
    callTo("+12025550123"),
    1,
  ],
  [
    "the voice request to its number in national format",
    [late(1, { channel: "voice", phoneNumber: "0171 5550123" })],
    callTo("+491715550123"),
    1,
  ],
  [
    "no answered voice request",
    [late(1, { channel: "voice", answered: true })],
    callTo("+12025550123"),
    undefined,
  ],
  [
    "no voice request without a number",
    [late(1, { channel: "voice", phoneNumber: "" })],
    callTo("+12025550123"),
    undefined,
  ],
  ["no request if the body is not JSON", [late(1, {})], asked("{"), undefined],
  [
    "no request if the callflow is malformed",
    [late(1, { channel: "voice" })],
    asked({ callflow: {} }),
    undefined,
  ],
])("hookOfRequest() finds %s", (_, hooks, request, n) => {
  expect(hookOfRequest(hooks, request as Parameters<typeof hookOfRequest>[1])?.n).toBe(n);
});
