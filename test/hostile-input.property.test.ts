import fc from "fast-check";
import {
  authenticatedBy,
  enrolledBy,
  eventBatch,
  hookBody,
  hookFailed,
  sentByOkta,
} from "../tools/sandbox/okta.ts";
import { parseReceipt } from "../src/8x8/receipt.ts";
import { outcomeOf } from "../src/8x8/reply.ts";
import { parsePhoneNumber } from "../src/rules/phone-number.ts";
import { RawPhoneNumber } from "../src/privacy/redacted.ts";
import { parseTelephonyRequest } from "../src/okta/telephony-request.ts";
import { call, sms } from "./8x8/sample-receipts.ts";
import queued from "./fixtures/8x8/sms-200.json" with { type: "json" };
import created from "./fixtures/8x8/voice-200.json" with { type: "json" };
import { readBatch } from "./okta/reading-events.ts";

const path = /^(?:body|[A-Za-z]+(?:\.[A-Za-z]+)*)$/;

/** Functions that read external data, each with valid samples. */
const readers: [string, readonly object[], (text: string) => void][] = [
  [
    "a request",
    [hookBody()],
    (text) => {
      const parsed = parseTelephonyRequest(text, { hash: String });
      if (!parsed.ok) {
        for (const cause of parsed.causes) expect(cause.path).toMatch(path);
        return;
      }
      expect(parsed.codeRequest.code.expose()).toMatch(/^\d{4,10}$/);
      // An impossible time would make toISOString throw.
      parsed.codeRequest.expiresAt?.toISOString();
    },
  ],
  [
    "Okta's events",
    [
      eventBatch([
        authenticatedBy("sms"),
        enrolledBy("voice"),
        sentByOkta("sms", true),
        hookFailed(),
      ]),
    ],
    (text) => {
      const batch = readBatch(text);
      if (typeof batch === "object") for (const { at } of batch.events) at.toISOString();
    },
  ],
  [
    "8x8's receipts",
    [sms("undelivered"), call("ERROR")],
    (text) => {
      const parsed = parseReceipt(text);
      const paths = parsed.ok ? parsed.receipt?.oddPaths : parsed.invalidPaths;
      for (const reported of paths ?? []) expect(reported).toMatch(path);
      if (parsed.ok) parsed.receipt?.statusAt?.toISOString();
    },
  ],
  [
    "8x8's replies",
    [queued, created],
    (text) => {
      const json = ((): unknown => {
        try {
          return JSON.parse(text);
        } catch {
          return undefined;
        }
      })();
      const reply = {
        kind: "answered",
        retryAfter: undefined,
        body: json,
        cut: undefined,
      } as const;
      for (const outcome of [
        outcomeOf({ ...reply, status: 200 }, "sms"),
        outcomeOf({ ...reply, status: 400 }, "sms"),
        outcomeOf({ ...reply, status: 200 }, "voice"),
      ])
        expect(outcome.id ?? "").toMatch(/^[\da-f-]*$/i);
    },
  ],
  [
    "a number",
    [],
    (text) => {
      const parsed = parsePhoneNumber(new RawPhoneNumber(text), "US");
      if (parsed.ok) expect(parsed.phoneNumber.expose()).toMatch(/^\+[1-9]\d{6,14}$/);
    },
  ],
];

// A fixed seed makes a failure repeatable.
const seeded = { seed: 20261125, numRuns: 100 };

describe.each(readers)("the reader of %s", (_, samples, read) => {
  test("the reader does not throw for arbitrary text or JSON", () => {
    fc.assert(fc.property(fc.string({ unit: "binary" }), read), seeded);
    fc.assert(fc.property(fc.json({ maxDepth: 4 }), read), seeded);
    fc.assert(
      fc.property(fc.stringMatching(/^[+ ]{0,2}[\d ()-]{5,16}(?:;ext=\d)?$/), read),
      seeded,
    );
  });

  test("the reader does not throw for a sample that was cut or changed", () => {
    for (const sample of samples.map((sample) => JSON.stringify(sample))) {
      const cut = fc.tuple(fc.nat(sample.length), fc.nat(20), fc.string({ maxLength: 5 }));
      fc.assert(
        fc.property(cut, ([at, length, instead]) => {
          read(sample.slice(0, at) + instead + sample.slice(at + length));
        }),
        seeded,
      );
      const values = [...sample.matchAll(/(?<=":)(?:"[^"]*"|[\d.]+|\{|\[)/g)];
      const replacement = fc.tuple(
        fc.nat(values.length - 1),
        fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.date().map(String)),
      );
      fc.assert(
        fc.property(replacement, ([field, value]) => {
          const { 0: written = "", index = 0 } = values[field] ?? {};
          read(
            sample.slice(0, index) + JSON.stringify(value) + sample.slice(index + written.length),
          );
        }),
        seeded,
      );
    }
  });

  test.each(["1", " ", "+1 ", "x", "[", '{"a":', "é", "+1202555012 ext ", "~"])(
    "the reader needs less than 0.5 s for 64 KB of %j",
    (piece) => {
      const long = piece.repeat(65_536 / piece.length);
      const filled = samples.flatMap((sample) => {
        const text = JSON.stringify(sample);
        return [...text.matchAll(/(?<=":)"[^"]*"/g)].map(({ 0: written, index }) => {
          return text.slice(0, index) + JSON.stringify(long) + text.slice(index + written.length);
        });
      });
      for (const text of [long, ...filled]) {
        const before = process.cpuUsage();
        read(text);
        const { user } = process.cpuUsage(before);
        // Linear time is a few milliseconds. Quadratic time would be seconds.
        expect(user / 1_000).toBeLessThan(500);
      }
    },
  );
});
