import { sessionSummary, smsReceipt } from "../../tools/sandbox/8x8.ts";

const at = new Date("2026-11-20T10:00:00Z");
const destination = "+12025550123";
export const umid = "9e09ac86-bd74-5465-851d-1eb5a5fdbb9a";
export const sessionId = "1f048a84-ea6d-11ee-911b-078f7290bf52";
export const eventId = "uS5871kJThSsU8qlA1LTcg";
export const code = "48213";

interface ReceiptBody {
  payload: Record<string, unknown>;
}

export function sms(state = "delivered", changes: object = {}, status: object = {}): ReceiptBody {
  const message = {
    channel: "sms",
    destination,
    text: `Your code is ${code}`,
    source: "8x8",
    at,
  } as const;
  const body = smsReceipt(
    { ...message, umid, clientMessageId: eventId, subAccount: "acme_sms" },
    state,
  ) as ReceiptBody;
  const given = {
    ...(body.payload["status"] as object),
    timestamp: "2026-11-20T10:00:01.25Z",
    ...status,
  };
  return { ...body, payload: { ...body.payload, status: given, ...changes } };
}

export function call(
  sessionStatus = "COMPLETED",
  changes: object = {},
  errorCode?: number,
): ReceiptBody {
  const sent = {
    channel: "voice",
    destination,
    text: `Your code is ${code}`,
    source: "+6588000000",
    at,
  } as const;
  const spoken = {
    ...sent,
    voiceProfile: "en-GB-Emma",
    repetition: 3,
    sessionId,
    subAccount: "acme_voice",
  };
  const body = sessionSummary(spoken, sessionStatus, errorCode) as ReceiptBody;
  return { ...body, payload: { ...body.payload, ...changes } };
}
