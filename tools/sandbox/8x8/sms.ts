import { randomUUID } from "node:crypto";
import * as z from "zod";
import { numberPattern, parseJsonBody, type Answer, type Api } from "./api.ts";

// The fields that the app sends, and the code for an invalid value.
// https://developer.8x8.com/connect/docs/send-sms-api-reference and
// https://developer.8x8.com/connect/docs/api-error-codes
const sms = z.strictObject({
  destination: z.string().regex(numberPattern),
  text: z.string().regex(/\S/),
  source: z
    .string()
    .regex(/^([A-Za-z0-9 ]{1,11}|\+?[0-9]{1,16})$/)
    .optional(),
  encoding: z.literal("AUTO").optional(),
  clientMessageId: z.string().max(350).optional(),
  expiry: z.iso.datetime().optional(),
  clientIp: z.union([z.ipv4(), z.ipv6()]).optional(),
  track: z.literal("Outcome").optional(),
});
const codeOfField: Readonly<Record<string, number>> = {
  destination: 1002,
  encoding: 1003,
  text: 1004,
  source: 1005,
  expiry: 1006,
  clientIp: 1012,
  clientMessageId: 3009,
};

const gsm7 =
  /^[@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&'()*+,\-./0-9:;<=>?¡A-ZÄÖÑÜ§¿a-zäöñüà^{}\\[~\]|€]*$/;

/** In a text of several parts, a header leaves fewer characters in each part. */
export function partsOf(text: string): number {
  const [one, ofSeveral] = gsm7.test(text) ? [160, 153] : [70, 67];
  return text.length <= one ? 1 : Math.ceil(text.length / ofSeveral);
}

export function createSmsApi(subAccount: string): Api {
  return {
    channel: "sms",
    operation: "messages",
    subAccount,
    env: (url) => ({ EIGHT_BY_EIGHT_SMS_URL: url, EIGHT_BY_EIGHT_SMS_SUBACCOUNT: subAccount }),
    send(request) {
      if (request.subAccount !== subAccount)
        return error(400, 1001, "The sub-account does not belong to this account");
      const { data, error: invalid } = sms.safeParse(parseJsonBody(request));
      if (data === undefined) {
        const [field = "body"] = invalid.issues[0]?.path ?? [];
        return error(400, codeOfField[String(field)] ?? 1000, `Invalid ${String(field)}`);
      }
      const { text, source, expiry, clientMessageId } = data;
      const destination = data.destination.replace("+", "");
      const at = new Date();
      if (expiry !== undefined && new Date(expiry) <= at)
        return reply("REJECTED", "Expiry time already reached", destination, clientMessageId);
      return {
        ...reply("QUEUED", "Accepted and queued", destination, clientMessageId),
        received: { channel: "sms", destination: `+${destination}`, text, source, at },
      };
    },
    failure: httpError,
    refusal: (status, code = 1000, description = "Invalid MSISDN value") =>
      status === 200 ? reply("REJECTED", description) : error(status, code, description),
  };
}

/** https://developer.8x8.com/connect/reference/send-sms-single */
function reply(
  code: "QUEUED" | "REJECTED",
  description: string,
  destination = "",
  clientMessageId: string | null = null,
): Answer {
  const umid = randomUUID();
  const status = { code, description };
  return { status: 200, body: { umid, clientMessageId, destination, encoding: "AUTO", status } };
}

const codes: Readonly<Record<number, number>> = { 401: 1200, 403: 1201, 404: 1300, 429: 429 };

/** Returns an error of the SMS API. 8x8 also answers this way if a path belongs to no API. */
export function httpError(status: number): Answer {
  return error(status, codes[status] ?? 2000, `HTTP ${status}`);
}

function error(status: number, code: number, message: string): Answer {
  return {
    status,
    body: { code, message, errorId: randomUUID(), timestamp: new Date().toISOString() },
  };
}
