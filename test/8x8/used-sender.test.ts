import { isSenderChanged } from "../../src/8x8/sms-receipt.ts";
import { UsedSender } from "../../src/delivery/redacted.ts";
import { samplePhoneNumber } from "../delivery/sample-delivery.ts";

const senders = new Map([
  ["US", "+18335550100"],
  ["SG", undefined],
  ["*", "Acme"],
]);
const changed = (used: string | undefined, to: string | undefined) =>
  isSenderChanged(
    used === undefined ? undefined : new UsedSender(used),
    to === undefined ? undefined : samplePhoneNumber(to),
    senders,
  );

test("a sender is changed where it is not what is set for the number's country", () => {
  expect(changed("Acme", "+4915112345678")).toBe(false);
  expect(changed("INFO", "+4915112345678")).toBe(true);
  expect(changed("Acme", "+12025550123")).toBe(true);
});

test("a number is the same with + and without", () => {
  expect(changed("18335550100", "+12025550123")).toBe(false);
});

test("nobody knows where 8x8 chose, or the receipt has no sender or no number", () => {
  expect([changed("INFO", "+6591234567"), changed(undefined, "+12025550123"), changed("INFO", undefined)]).toEqual([
    ...[undefined, undefined, undefined],
  ]);
});
