import fc from "fast-check";
import { isMalformedReceipt, parseReceipt } from "../../src/8x8/parse-receipt.ts";
import type { MalformedReceipt, Receipt } from "../../src/8x8/receipt.ts";
import { isSenderChanged } from "../../src/8x8/sender.ts";
import { createOtpReceiptEvent, createUnreadReportEvent } from "../../src/telemetry/report-events.ts";
import { call, code, sms } from "./sample-receipts.ts";

const number = "+4915123456789";
const sentence = "The operator says no to Wilhelmine";

/** The paths that the two shapes know: no other may be reported. */
const known = new Set(
  `payload payload.umid payload.clientMessageId payload.source payload.destination payload.smsCount payload.price payload.price.total
  payload.price.currency payload.status payload.status.state payload.status.detail payload.status.timestamp
  payload.status.errorCode payload.sessionid payload.sessionstatus payload.endtime payload.lastaction payload.errordetails
  payload.errordetails.errorcode payload.details payload.details.calla payload.details.calla.destination
  payload.details.calla.connectedtimestamp`.split(/\s+/),
);

function eventOf(parsed: Receipt | MalformedReceipt) {
  if (isMalformedReceipt(parsed)) return createUnreadReportEvent("otp-receipt", { outcome: "malformed", ...parsed });
  const { usedSender, ...told } = parsed;
  const senderChanged = isSenderChanged(usedSender, told.phoneNumber, new Map([["*", "Acme"]]));
  return createOtpReceiptEvent(told, { phoneHashKey: "a-key", senderChanged });
}

function judge(body: string): void {
  const parsed = parseReceipt(body);
  if (parsed === "inbound-message") return;
  const { properties } = eventOf(parsed);
  const { phoneHash, wrongPaths, oddPaths, ...reported } = properties;
  for (const path of `${wrongPaths ?? ""} ${oddPaths ?? ""}`.split(" ").filter(Boolean)) expect(known).toContain(path);
  if (phoneHash !== undefined) expect(phoneHash).toMatch(/^[\w-]{43}$/);
  const printed = JSON.stringify(reported);
  for (const hidden of [number.slice(1), number.slice(3), code, sentence, "Wilhelmine"])
    expect(printed).not.toContain(hidden);
}

const seeded = { seed: 20261125, numRuns: 1_000 };

test("arbitrary text is a receipt or malformed, and never throws", () => {
  fc.assert(fc.property(fc.string({ unit: "binary" }), judge), seeded);
});

test("arbitrary JSON is a receipt or malformed, and never throws", () => {
  fc.assert(fc.property(fc.json({ maxDepth: 4 }), judge), seeded);
});

// All that could be in any field, the number, the code and 8x8's sentences among it.
const value = fc.oneof(
  fc.constantFrom<unknown>(
    number,
    number.slice(1),
    Number(number),
    code,
    Number(code),
    sentence,
    `${sentence} ${number}`,
  ),
  fc.constantFrom<unknown>(
    `sms-${number.slice(1)}-1`,
    `${number}Z`,
    "sent",
    "COMPLETED",
    "__proto__",
    15,
    -2004,
    undefined,
  ),
  fc.jsonValue({ maxDepth: 2 }),
  fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
);
const fields = (...names: string[]) =>
  fc.record(Object.fromEntries(names.map((name) => [name, value])), { requiredKeys: [] });
const anything = fc.oneof(value, fields("total", "perSms", "currency"));

test("a receipt with anything in any of its fields reports nothing of number, code and sentences, and never throws", () => {
  const payload = fields(
    "umid",
    "clientMessageId",
    "destination",
    "source",
    "subAccountId",
    "smsCount",
    "outboundContent",
  );
  const status = fields("state", "detail", "timestamp", "errorCode", "errorMessage");
  fc.assert(
    fc.property(payload, status, anything, (changes, given, price) => {
      judge(JSON.stringify(sms("undelivered", { ...changes, price }, given)));
      judge(JSON.stringify(sms("queued", { destination: number, ...changes }, { errorMessage: sentence })));
    }),
    seeded,
  );
});

test("a session's summary with anything in any of its fields reports as little", () => {
  const payload = fields("sessionId", "sessionStatus", "startTime", "endTime", "lastAction", "errorDetails", "details");
  const leg = fields("destination", "source", "connectedTimestamp", "callStatus", "SourceRefId");
  fc.assert(
    fc.property(payload, leg, fields("errorMsg", "errorCode"), (changes, given, errorDetails) => {
      judge(JSON.stringify(call("ERROR", changes)));
      judge(JSON.stringify(call("ERROR", { errorDetails, details: { callA: { destination: number, ...given } } })));
    }),
    seeded,
  );
});

test("a receipt that was cut or spoilt somewhere is a receipt or malformed", () => {
  for (const body of [sms("undelivered"), call("ERROR")].map((sample) => JSON.stringify(sample)))
    fc.assert(
      fc.property(fc.nat(body.length), fc.nat(20), fc.string({ maxLength: 5 }), (at, length, instead) => {
        judge(body.slice(0, at) + instead + body.slice(at + length));
      }),
      seeded,
    );
});

test.each(["1", " ", "a", "[", '{"a":', "é"])("64 KB of %j are judged at once", (piece) => {
  const long = piece.repeat(65_536 / piece.length);
  const deep = `{"namespace":"VOICE","eventType":"SESSION_SUMMARY","payload":${"[".repeat(30_000)}${"]".repeat(30_000)}}`;
  const filled = [sms("sent", { clientMessageId: long, destination: long }), call(long)];
  const bodies = [long, deep, ...filled.map((body) => JSON.stringify(body))];
  for (const body of bodies) {
    const times = [1, 2, 3].map(() => {
      const start = performance.now();
      judge(body);
      return performance.now() - start;
    });
    // The best of three: the machine may be busy with something else.
    expect(Math.min(...times)).toBeLessThan(50);
  }
});
