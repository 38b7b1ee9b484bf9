import { parseSmsReply } from "../../src/8x8/sms.ts";
import { parseVoiceReply } from "../../src/8x8/voice.ts";
import queued from "../fixtures/8x8/sms-200.json" with { type: "json" };
import rejected from "../fixtures/8x8/sms-200-rejected.json" with { type: "json" };
import badRequest from "../fixtures/8x8/sms-400.json" with { type: "json" };
import created from "../fixtures/8x8/voice-200.json" with { type: "json" };
import notCreated from "../fixtures/8x8/voice-422.json" with { type: "json" };
import { long } from "../long.ts";
import { mutate } from "../mutations.ts";
import { readSmsByHand, readVoiceByHand } from "./read-by-hand.ts";

const values = [
  ...[null, true, 0, 1, -1, 1.5, 1002, -1014, 99_999, 100_000, "1", [], {}, { code: "QUEUED" }],
  ...[
    "QUEUED",
    "REJECTED",
    "queued",
    "CREATED",
    "NOT_CREATED",
    "",
    "6591234567",
    "sms-6591234567-1",
    "a b",
    "text expired",
  ],
  ...["bda3d56d-1424-e711-813c-06ed3428fe67", "x".repeat(65)],
];
const sorted = (parsed: object | undefined) => JSON.stringify(parsed && Object.entries(parsed).sort());

const count = long ? 100_000 : 5_000;

test("mutated replies are read as a reader by hand reads them", () => {
  let understood = 0;
  for (const json of mutate([queued, rejected, badRequest, created, notCreated], values, count, 20_302)) {
    for (const [parsed, expected] of [
      [parseSmsReply(json, 200), readSmsByHand(json, 200)],
      [parseSmsReply(json, 400), readSmsByHand(json, 400)],
      [parseVoiceReply(json), readVoiceByHand(json)],
    ]) {
      if (sorted(parsed) !== sorted(expected)) expect([json, parsed]).toEqual([json, expected]);
      if (parsed !== undefined) understood++;
    }
  }
  expect(understood).toBeGreaterThan(count * 0.2);
});
