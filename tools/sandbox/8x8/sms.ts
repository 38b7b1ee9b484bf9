import { randomUUID } from "node:crypto";
import { isIP } from "node:net";
import { isRecord, numberPattern, parseJsonBody, type Answer, type Api } from "./api.ts";

type Encoding = "GSM7" | "UCS2";
type Check = readonly [code: number, isGood: (value: unknown) => boolean];

const is = (pattern: RegExp) => (value: unknown) =>
  typeof value === "string" && pattern.test(value);
const upTo = (length: number) => (value: unknown) =>
  typeof value === "string" && value.length <= length;
const isTime = (value: unknown): boolean =>
  is(/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/)(value) &&
  !Number.isNaN(Date.parse(String(value)));

// The fields that the app sends, and the code for an invalid value.
// https://developer.8x8.com/connect/docs/send-sms-api-reference and
// https://developer.8x8.com/connect/docs/api-error-codes
const fields: Readonly<Record<string, readonly Check[]>> = {
  destination: [[1002, is(numberPattern)]],
  text: [[1004, is(/\S/)]],
  source: [
    [3011, upTo(16)],
    [1005, is(/^([A-Za-z0-9 ]{1,11}|\+?[0-9]{1,16})$/)],
  ],
  clientMessageId: [[3009, upTo(350)]],
  encoding: [[1003, is(/^(AUTO|GSM7|UCS2)$/)]],
  expiry: [[1006, isTime]],
  clientIp: [[1012, (value) => typeof value === "string" && isIP(value) !== 0]],
  track: [[1000, (value) => value === null || is(/^(None|Outcome)$/)(value)]],
};

const gsm7 =
  /^[@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&'()*+,\-./0-9:;<=>?¡A-ZÄÖÑÜ§¿a-zäöñüà^{}\\[~\]|€]*$/;
const fitting = (text: string): Encoding => (gsm7.test(text) ? "GSM7" : "UCS2");

/**
 * Returns the number of septets or UTF-16 units of a text. GSM-7 writes some characters as an
 * escape and a second character: 3GPP TS 23.038, section 6.2.1.1.
 */
function placesOf(text: string, encoding: Encoding): number {
  const escaped = encoding === "GSM7" ? (text.match(/[€^{}[\]~|\\]/g) ?? []).length : 0;
  return text.length + escaped;
}

/**
 * Returns the number of parts that a text needs. If it needs several, each part has less room,
 * because it has a header.
 */
export function partsOf(text: string): number {
  const encoding = fitting(text);
  const [one, ofSeveral] = encoding === "GSM7" ? [160, 153] : [70, 67];
  const places = placesOf(text, encoding);
  return places <= one ? 1 : Math.ceil(places / ofSeveral);
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
      const body = parseJsonBody(request);
      if (!isRecord(body)) return error(400, 1000, "The body is not a JSON object");
      const unknown = Object.keys(body).find((name) => !Object.hasOwn(fields, name));
      if (unknown !== undefined) return error(400, 1000, `Unknown field: ${unknown}`);
      for (const [name, checks] of Object.entries(fields)) {
        if (!Object.hasOwn(body, name) && name !== "destination" && name !== "text") continue;
        const failed = checks.find(([, isGood]) => !isGood(body[name]));
        if (failed !== undefined) return error(400, failed[0], `Invalid ${name}`);
      }
      // The checks above guarantee these types.
      const sms = body as {
        destination: string;
        text: string;
        source?: string;
        expiry?: string;
        encoding?: Encoding | "AUTO";
      };
      const destination = sms.destination.replace("+", "");
      const encoding =
        sms.encoding !== undefined && sms.encoding !== "AUTO" ? sms.encoding : fitting(sms.text);
      const answer = (code: string, description: string): Answer => ({
        status: 200,
        body: {
          umid: randomUUID(),
          clientMessageId: body["clientMessageId"] ?? null,
          destination,
          encoding,
          status: { code, description },
        },
      });
      const at = new Date();
      if (sms.expiry !== undefined && new Date(sms.expiry) <= at)
        return answer("REJECTED", "Expiry time already reached");
      if (placesOf(sms.text, encoding) > (encoding === "GSM7" ? 1530 : 670))
        return answer("REJECTED", "Text of more than 10 parts");
      const { text, source } = sms;
      return {
        ...answer("QUEUED", "Accepted and queued"),
        received: { channel: "sms", destination: `+${destination}`, text, source, at },
      };
    },
    accepted: (id) => ({ status: 200, body: { umid: id, status: { code: "QUEUED" } } }),
    failure: httpError,
    refusal: (status, code = 1000, description = "Invalid MSISDN value") =>
      status === 200
        ? {
            status,
            body: {
              umid: randomUUID(),
              clientMessageId: null,
              destination: "",
              encoding: "AUTO",
              status: { code: "REJECTED", description },
            },
          }
        : error(status, code, description),
  };
}

const codes: Readonly<Record<number, number>> = {
  401: 1200,
  403: 1201,
  404: 1300,
  429: 429,
};

/** Returns an HTTP error, which is also 8x8's answer for a path that is not one of its APIs. */
export function httpError(status: number): Answer {
  return error(status, codes[status] ?? 2000, `HTTP ${status}`);
}

function error(status: number, code: number, message: string): Answer {
  return {
    status,
    body: { code, message, errorId: randomUUID(), timestamp: new Date().toISOString() },
  };
}
