// Alerts on what 8x8 and Okta report about codes.
import type { AlertCases } from "../alert-cases.ts";
import type { Row } from "../kql-run.ts";
import { times } from "../samples/clock.ts";
import { hook, type Hook } from "../samples/hooks.ts";
import { events, sg, us } from "../samples/outcomes.ts";
import {
  fallback,
  hookFailed,
  outcome,
  receipt,
  unauthenticatedReport,
} from "../samples/reports.ts";

const accepted = (id: string, given?: Hook) => hook({ outcome: "accepted", id }, given);
const reason = "invalid-sender";
const refusedSender = (given?: Hook) =>
  hook({ outcome: "rejected", reason, code: "1005" }, { number: sg, ...given });
const sgNumber = (i: number) => `+658123456${i}`;
const dayMinutes = 24 * 60;

/** Codes with a receipt and codes without. */
const sent = (
  reported: number,
  unreported: number,
  given: Hook = { minutes: 60 },
): readonly Row[] => [
  ...times(reported, (i) => accepted(`reported-${i}`, given)),
  ...times(reported, (i) => receipt({ providerId: `reported-${i}`, state: "sent", minutes: 59 })),
  ...times(unreported, (i) => accepted(`unreported-${i}`, given)),
];

export const reportCases: AlertCases = {
  "receipts-missing": {
    fires: {
      "more than half of the codes have no receipt": events(sent(2, 3)),
      "receipts stopped yesterday": events(sent(0, 5), receipt({ minutes: dayMinutes })),
      "receipts have had a wrong secret since yesterday": events(
        sent(0, 5),
        receipt({ minutes: dayMinutes }),
        times(9, () => unauthenticatedReport("otp-receipt")),
      ),
      "calls have no receipts, but SMS do": events(
        sent(50, 0),
        times(5, (i) => accepted(`call-${i}`, { minutes: 60, channel: "Voice call" })),
        receipt({ channel: "voice", state: "completed", minutes: dayMinutes }),
      ),
    },
    quiet: {
      "receipts of calls are not set up": events(
        sent(50, 0),
        times(50, (i) => accepted(`call-${i}`, { minutes: 60, channel: "Voice call" })),
      ),
      "only unauthenticated callers send receipts": events(
        sent(0, 50),
        times(9, () => unauthenticatedReport("otp-receipt")),
      ),
      "half of the codes have two receipts each": events(sent(3, 3), sent(3, 0).slice(3, 6)),
      "only four codes had time for a receipt": events(sent(0, 4), receipt()),
      "codes are too recent, too old or were rejected": events(
        sent(0, 50, { minutes: 15 }),
        sent(0, 50, { minutes: 120 }),
        times(9, () =>
          hook({ outcome: "rejected", reason: "invalid-number", id: "an-id" }, { minutes: 60 }),
        ),
        receipt(),
      ),
    },
  },
  "delivery-falling": {
    fires: {
      "three of five SMS did not arrive in Singapore, but all did in America": events(
        times(50, () => receipt({ number: us, minutes: 20 })),
        times(2, () => receipt({ number: sg, minutes: 20 })),
        ...["undelivered", "rejected", "sent"].map((state, i) =>
          receipt({ number: sgNumber(i), state, minutes: 20 }),
        ),
      ),
      "only a calling code is known": events(
        times(3, (i) =>
          receipt({ number: `+4477009001${10 + i}`, state: "undelivered", minutes: 20 }),
        ),
      ),
    },
    quiet: {
      "half of the SMS arrived in Singapore, and all in Britain, with receipts in any order":
        events(
          times(3, (i) => receipt({ number: sgNumber(i), minutes: 20 })),
          times(3, (i) => receipt({ number: sgNumber(i), state: "undelivered", minutes: 20 })),
          times(9, (i) =>
            receipt({ providerId: `${i}`, number: `+4477009001${10 + i}`, minutes: 20 }),
          ),
          times(9, (i) =>
            receipt({
              providerId: `${i}`,
              number: `+4477009001${10 + i}`,
              state: "sent",
              minutes: 15,
            }),
          ),
        ),
      "one person's SMS did not arrive, and one each in two other countries; the others are recent or calls":
        events(
          times(9, () => receipt({ number: sg, state: "undelivered", minutes: 20 })),
          [us, "+4915112345678"].map((number) =>
            receipt({ number, state: "undelivered", minutes: 20 }),
          ),
          times(9, (i) => receipt({ number: sgNumber(i), state: "sent", minutes: 10 })),
          times(9, (i) =>
            receipt({ number: sgNumber(i), channel: "voice", state: "no_answer", minutes: 20 }),
          ),
        ),
    },
  },
  "omni-shield": {
    fires: {
      "a receipt has error 99": events(receipt({ state: "rejected", errorCode: 99 })),
      "a reply has code 99": events(
        hook({ outcome: "rejected", reason: "rejected-by-provider", code: "99" }),
      ),
    },
    quiet: { "an operator blocks": events(receipt({ state: "undelivered", errorCode: 15 })) },
  },
  "no-credit": {
    fires: {
      "a receipt reports that the account has no credit": events(
        receipt({ state: "undelivered", errorCode: 42, reason: "no-credit", minutes: 14 }),
      ),
      "a reply reports that the account has no credit": events(
        hook({ outcome: "rejected", reason: "no-credit" }),
      ),
    },
    quiet: {
      "an SMS was not delivered for another reason": events(
        receipt({ state: "undelivered", errorCode: 15 }),
        receipt({ state: "undelivered", errorCode: 19, reason }),
      ),
    },
  },
  "sender-refused": {
    fires: {
      "8x8 refuses the sender in replies, in one country": events(times(3, () => refusedSender())),
      "8x8 refuses the sender in receipts": events(
        times(3, () => receipt({ number: sg, state: "undelivered", errorCode: 19, reason })),
      ),
      "8x8 refuses the sender in replies and receipts, within an hour": events(
        refusedSender({ minutes: 59 }),
        receipt({ number: sg, state: "undelivered", errorCode: 19, reason, minutes: 30 }),
        receipt({ number: sg, channel: "voice", state: "error", errorCode: -2008, reason }),
      ),
      "only a calling code is known": events(
        times(3, () => refusedSender({ number: "+447700900110" })),
      ),
    },
    quiet: {
      "each country has at most two refused senders, one of them reported nine times; others are refused for another reason":
        events(
          times(2, () => refusedSender()),
          [us, "+4915112345678"].map((number) => refusedSender({ number })),
          times(9, () =>
            receipt({ providerId: "one", number: us, state: "undelivered", errorCode: 19, reason }),
          ),
          times(9, () => hook({ outcome: "rejected", reason: "invalid-number" }, { number: sg })),
          times(9, () => receipt({ number: sg, state: "undelivered", errorCode: 15 })),
        ),
    },
  },
  "okta-fallback": {
    fires: {
      "Okta sent 3 of 59 codes": events(
        times(56, () => accepted("an-id")),
        times(3, () => fallback()),
        // These people got no code from us.
        times(5, () => hook({ outcome: "rejected", reason: "invalid-number" })),
      ),
      "Okta sent three codes, and no request reached us": events(times(3, () => fallback())),
    },
    quiet: {
      "Okta sent two of 59 codes, and reported each three times": events(
        times(57, () => accepted("an-id", { user: "00uone0000000000001" })),
        times(2, () => times(3, (i) => fallback({ oktaEventId: `${i}` }))).flat(),
      ),
      "Okta sent half of the codes, all to one person": events(
        times(9, () => fallback({ user: "00uone0000000000001" })),
        times(9, () => accepted("an-id")),
      ),
    },
  },
  "events-silent": {
    fires: {
      "no code was used for hours": events(
        times(11, () => accepted("an-id", { minutes: 61 })),
        outcome({ minutes: 240 }),
      ),
      "Okta's events have a wrong secret": events(
        times(11, () => accepted("an-id", { minutes: 61 })),
        times(9, () => unauthenticatedReport("otp-outcome")),
      ),
      "Okta reports only its own failures": events(
        times(11, () => accepted("an-id", { minutes: 239 })),
        hookFailed(),
        fallback(),
      ),
    },
    quiet: {
      "Okta's events are not set up": events(times(50, () => accepted("an-id", { minutes: 61 }))),
      "one code was used": events(
        times(50, () => accepted("an-id", { minutes: 61 })),
        outcome({ minutes: 239 }),
      ),
      "only ten codes had time to be used; others are too recent, too old or were not accepted":
        events(
          times(10, () => accepted("an-id", { minutes: 61 })),
          times(50, () => accepted("an-id", { minutes: 60 })),
          times(50, () => accepted("an-id", { minutes: 240 })),
          times(50, () => hook({ outcome: "unavailable", reason: "unreachable" }, { minutes: 61 })),
          outcome({ minutes: dayMinutes }),
        ),
    },
  },
};
