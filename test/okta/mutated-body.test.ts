import { isMalformed, parseTelephonyRequest } from "../../src/okta/telephony-request.ts";
import example from "../fixtures/okta/openapi-example.json" with { type: "json" };
import sms from "../fixtures/okta/sms-preview.json" with { type: "json" };
import voice from "../fixtures/okta/voice-preview.json" with { type: "json" };
import { long } from "../long.ts";
import { mutate } from "../mutations.ts";
import { readByHand } from "./read-by-hand.ts";

const values = [
  ...[null, true, false, 0, 1, -1, 1.5, 123456, 9007199254740993, 1e21, [], {}, [1], { a: 1 }],
  ...[
    "",
    " ",
    "SMS",
    "sms",
    "Voice Call",
    "phone_call",
    "fax",
    "12345",
    "123",
    "0001234567",
    "12345678901",
    "+1",
    "١٢٣٤",
  ],
  ...["2030-01-01T00:00:00Z", "2030-01-01T00:00:00.5+02:00", "2030-01-01T00:00Z", "2030-02-31T00:00:00Z", "2030-01-01"],
  ...["2030-01-01t00:00:00z", "com.okta.telephony.provider", "__proto__", "x".repeat(5_000)],
];

/** Everything that became known, in plain values. */
function plain(json: unknown): unknown {
  const parsed = parseTelephonyRequest(JSON.stringify(json), { hash: String });
  if (isMalformed(parsed)) return { wrongPaths: parsed.causes.map(({ path }) => path) };
  return exposed(parsed);
}

function exposed(parsed: ReturnType<typeof readByHand>): unknown {
  if ("wrongPaths" in parsed) return parsed;
  const { phoneNumber, code, text, ...rest } = parsed;
  return { ...rest, phoneNumber: phoneNumber.expose(), code: code.expose(), text: text?.expose() };
}

const count = long ? 100_000 : 5_000;

test("mutated bodies are read as a reader by hand reads them, and what is wrong is named by its path alone", () => {
  let read = 0;
  for (const json of mutate([example, sms, voice], values, count, 20_301)) {
    const parsed = plain(json);
    const expected = exposed(readByHand(json));
    // toEqual for each of them would take minutes.
    if (JSON.stringify(parsed) !== JSON.stringify(expected)) expect([json, parsed]).toEqual([json, expected]);
    if (!("wrongPaths" in (parsed as object))) read++;
  }
  expect(read).toBeGreaterThan(count * 0.1);
  expect(read).toBeLessThan(count * 0.9);
});
