import { isSenderChanged, parseReceipt, type Receipt } from "../../src/8x8/receipt.ts";
import { UsedSender } from "../../src/privacy/redacted.ts";
import { samplePhoneNumber } from "../rules/sample-code-request.ts";
import { call, eventId, sessionId, sms, umid } from "./sample-receipts.ts";

/** Error codes from -1 to 100, and a number that could be a one-time code. */
const codes = [...Array.from({ length: 102 }, (_, code) => code - 1), 48213];
const parse = (body: unknown) => parseReceipt(JSON.stringify(body));

function receipt(body: unknown): Receipt {
  const parsed = parse(body);
  if (!parsed.ok || parsed.receipt === undefined)
    throw new Error(`No receipt: ${JSON.stringify(parsed)}`);
  return parsed.receipt;
}

describe("an SMS receipt", () => {
  test("parseReceipt reads every field of an SMS receipt", () => {
    const { phoneNumber, usedSender, ...read } = receipt(sms("delivered"));
    expect(phoneNumber?.countries).toEqual(["US"]);
    expect(usedSender?.expose()).toBe("8x8");
    expect(read).toEqual({
      channel: "sms",
      providerId: umid,
      eventId,
      state: "delivered",
      detail: "delivered_to_recipient",
      errorCode: undefined,
      parts: 1,
      price: 0.0125,
      currency: "USD",
      statusAt: new Date("2026-11-20T10:00:01.250Z"),
      oddPaths: [],
    });
  });

  test("parseReceipt reads the parts of a long SMS", () => {
    expect(receipt(sms("sent", { smsCount: 10 }))).toMatchObject({ parts: 10, oddPaths: [] });
  });

  test("parseReceipt accepts each SMS state that 8x8 documents", () => {
    const states = ["queued", "sent", "undelivered", "rejected", "failed", "read", "ok", "error"];
    expect(states.map((state) => receipt(sms(state)).state)).toEqual(states);
  });

  test("parseReceipt drops undocumented SMS error codes, and gives a reason for the codes 19 and 42", () => {
    const read = codes.map((errorCode) => receipt(sms("undelivered", {}, { errorCode })));
    expect(read.flatMap(({ errorCode }) => errorCode ?? [])).toEqual(
      codes.filter((code) => (code >= 0 && code <= 61 && code !== 6) || code === 99),
    );
    expect(read.flatMap(({ errorCode, reason }) => (reason ? [[errorCode, reason]] : []))).toEqual([
      [19, "invalid-sender"],
      [42, "no-credit"],
    ]);
  });

  test("parseReceipt accepts an SMS receipt if optional fields are missing or null", () => {
    const without = {
      price: undefined,
      clientMessageId: undefined,
      smsCount: undefined,
      destination: undefined,
    };
    const none = {
      eventId: undefined,
      price: undefined,
      currency: undefined,
      parts: undefined,
      oddPaths: [],
    };
    expect(
      receipt(sms("sent", without, { detail: undefined, timestamp: undefined })),
    ).toMatchObject(none);
    const nulls = { price: null, clientMessageId: null, smsCount: null, destination: null };
    expect(
      receipt(sms("sent", nulls, { detail: null, timestamp: null, errorCode: null })),
    ).toMatchObject(none);
  });

  test.each(["2026-11-20T10:00:01.2503089Z", "2026-11-20T12:00:01.25+02:00"])(
    "parseReceipt reads the timestamp %s of an SMS receipt",
    (timestamp) => {
      expect(receipt(sms("sent", {}, { timestamp })).statusAt?.toISOString()).toMatch(
        /^2026-11-20T10:00:01\.(000|250)Z$/,
      );
    },
  );

  test("parseReceipt returns no usedSender if `source` is missing, too long or not a string", () => {
    for (const source of [undefined, null])
      expect(receipt(sms("sent", { source }))).toMatchObject({
        usedSender: undefined,
        oddPaths: [],
      });
    for (const source of [5, ["8x8"], "x".repeat(33)])
      expect(receipt(sms("sent", { source }))).toMatchObject({
        usedSender: undefined,
        oddPaths: ["payload.source"],
      });
  });

  test("parseReceipt reads the phone number of an SMS receipt with or without +", () => {
    for (const destination of ["+4915123456789", "4915123456789"])
      expect(receipt(sms("sent", { destination })).phoneNumber?.countries).toEqual(["DE"]);
  });
});

describe("a session summary of a call", () => {
  test("parseReceipt reads every field of an answered call, and statusAt is the time of the answer", () => {
    const body = call("COMPLETED");
    const { CallA } = body.payload["details"] as { CallA: object };
    body.payload["details"] = { CallA: { ...CallA, connectedTimestamp: "2026-11-20T10:00:09Z" } };
    const { phoneNumber, ...read } = receipt(body);
    expect(phoneNumber?.countries).toEqual(["US"]);
    expect(read).toEqual({
      channel: "voice",
      providerId: sessionId,
      state: "completed",
      detail: "hangup",
      errorCode: undefined,
      statusAt: new Date("2026-11-20T10:00:09Z"),
      oddPaths: [],
    });
  });

  test.each([
    ["NO_ANSWER", "no_answer"],
    ["NO ANSWER", "no_answer"],
    ["BUSY", "busy"],
    ["CANCELED", "canceled"],
    ["CANCELLED", "canceled"],
    ["FAILED", "failed"],
    ["COMPLETED_UNSUBSCRIBED", "completed_unsubscribed"],
    ["COMPLETED UNSUB ERROR", "completed_unsub_error"],
  ])(
    "parseReceipt reads a call's status %s as the state %s, and statusAt is the call's end time",
    (sessionStatus, state) => {
      const body = call(sessionStatus, { endTime: "2026-11-20T10:00:30Z" });
      expect(receipt(body)).toMatchObject({
        state,
        detail: "make_call",
        statusAt: new Date("2026-11-20T10:00:30Z"),
      });
    },
  );

  test("parseReceipt drops undocumented call error codes, and gives a reason for the code -2008", () => {
    const errors = [...Array.from({ length: 20 }, (_, code) => -2000 - code), -9999, -1000, 48213];
    const read = errors.filter(
      (errorCode) => receipt(call("ERROR", {}, errorCode)).errorCode === errorCode,
    );
    expect(read).toEqual([
      -2001, -2002, -2003, -2004, -2005, -2006, -2007, -2008, -2009, -2010, -9999,
    ]);
    // Only -2008 ("Source not whitelisted") says what to fix.
    expect(
      read.filter((code) => receipt(call("ERROR", {}, code)).reason === "invalid-sender"),
    ).toEqual([-2008]);
  });

  test("parseReceipt accepts a session summary whose property names are in capitals", () => {
    const text = JSON.stringify(call("COMPLETED"));
    const shouted = text.replaceAll(
      /"(details|destination|sessionStatus|sessionId|CallA)":/g,
      (name) => name.toUpperCase(),
    );
    expect(shouted).toContain('"CALLA"');
    expect(parseReceipt(shouted)).toEqual(parseReceipt(text));
  });
});

describe("an unexpected value", () => {
  test.each([
    ["payload.clientMessageId", { clientMessageId: "sms-4915123456789-1" }, {}],
    ["payload.destination", { destination: "+1202" }, {}],
    ["payload.smsCount", { smsCount: 48213 }, {}],
    ["payload.price.total", { price: { total: 4915123456789, currency: "USD" } }, {}],
    ["payload.price.currency", { price: { total: 1, currency: "dollars" } }, {}],
    ["payload.price", { price: "free" }, {}],
    ["payload.status.detail", {}, { detail: "sent to +4915123456789" }],
    ["payload.status.errorCode", {}, { errorCode: 48213 }],
    ["payload.status.timestamp", {}, { timestamp: "yesterday" }],
  ])(
    "parseReceipt drops an unexpected value of %s and reports the path: %j %j",
    (path, changes, status) => {
      expect(receipt(sms("delivered", changes, status))).toMatchObject({
        state: "delivered",
        providerId: umid,
        oddPaths: [path],
      });
    },
  );
});

test.each([
  ["an SMS", sms("lost"), umid, "payload.status.state"],
  ["a call", call("SLEPT"), sessionId, "payload.sessionstatus"],
])(
  "parseReceipt reads an undocumented state of %s as unknown, and drops the state's text",
  (_, body, providerId, path) => {
    const read = receipt(body);
    expect(read).toMatchObject({ state: "unknown", providerId, oddPaths: [path] });
    expect(JSON.stringify(read)).not.toMatch(/lost|slept/i);
  },
);

describe("an unreadable receipt", () => {
  test.each<[string, unknown, string, string[]]>([
    ["an unknown event type", { ...sms(), eventType: "link_clicked" }, "unknown-event-type", []],
    ["an unknown namespace", { ...sms(), namespace: "FAX" }, "unknown-event-type", []],
    ["a call's progress event", { ...call(), eventType: "CALL_STATUS" }, "unknown-event-type", []],
    ["a body that is an array", [], "unknown-event-type", []],
    ["a body that is null", null, "unknown-event-type", []],
    ["a body without a payload", { ...sms(), payload: undefined }, "wrong-shape", ["payload"]],
    ["an SMS without an id", sms("sent", { umid: undefined }), "wrong-shape", ["payload.umid"]],
    [
      "an id that is not a UUID",
      sms("sent", { umid: "+4915123456789" }),
      "wrong-shape",
      ["payload.umid"],
    ],
    ["an SMS without a status", sms("sent", { status: null }), "wrong-shape", ["payload.status"]],
    ["a call without an id", call("BUSY", { sessionId: 1 }), "wrong-shape", ["payload.sessionid"]],
  ])(
    "parseReceipt returns the reason and the wrong paths of %s",
    (_, body, reason, invalidPaths) => {
      expect(parse(body)).toMatchObject({ ok: false, reason, invalidPaths });
    },
  );

  test("parseReceipt refuses a session summary with 10,000 nested objects", () => {
    const deep = `${'{"a":'.repeat(10_000)}1${"}".repeat(10_000)}`;
    const body = `{"namespace":"VOICE","eventType":"SESSION_SUMMARY","payload":${deep}}`;
    expect(parseReceipt(body)).toMatchObject({
      reason: "wrong-shape",
      invalidPaths: ["payload.sessionid"],
    });
  });
});

describe("a changed sender", () => {
  const senders = new Map([
    ["US", "+18335550100"],
    ["SG", undefined],
    ["*", "Acme"],
  ]);

  test.each([
    ["false if the sender is set for the number's country", "Acme", "+4915112345678", false],
    ["true if the sender is not set for any country", "INFO", "+4915112345678", true],
    ["true if the sender is set only for another country", "Acme", "+12025550123", true],
    [
      "false if only the leading + of the country's sender is missing",
      "18335550100",
      "+12025550123",
      false,
    ],
    ["undefined if 8x8 chooses the country's sender", "INFO", "+6591234567", undefined],
    ["undefined if the receipt has no sender", undefined, "+12025550123", undefined],
    ["undefined if the receipt has no number", "INFO", undefined, undefined],
  ])("isSenderChanged is %s (%s to %s)", (_, used, to, changed) => {
    const sender = used === undefined ? undefined : new UsedSender(used);
    expect(
      isSenderChanged(sender, to === undefined ? undefined : samplePhoneNumber(to), senders),
    ).toBe(changed);
  });
});
