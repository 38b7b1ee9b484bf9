import type { PhoneNumber } from "../../src/rules/phone-number.ts";
import { phoneProperties } from "../../src/telemetry/event.ts";
import { samplePhoneNumber } from "../rules/sample-code-request.ts";

function hashBy(phoneHashKey: string, phoneNumber: PhoneNumber) {
  return phoneProperties(phoneNumber, phoneHashKey).phoneHash;
}

function hashOf(written: string) {
  return hashBy("a key", samplePhoneNumber(written));
}

test("two spellings of an Argentine number have the same hash, and another number has another hash", () => {
  expect(hashOf("+5491123456789")).toMatch(/^[\w-]{43}$/);
  expect(hashOf("+541123456789")).toBe(hashOf("+5491123456789"));
  expect(hashOf("+5491123456780")).not.toBe(hashOf("+5491123456789"));
});

test("a number's hash changes with the key", () => {
  const number = samplePhoneNumber();
  const hashes = ["a key", "the next key", "a key"].map((key) => hashBy(key, number));
  expect(hashes[1]).not.toBe(hashes[0]);
  expect(hashes[2]).toBe(hashes[0]);
});
