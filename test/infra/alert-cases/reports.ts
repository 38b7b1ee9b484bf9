// Cases of the alerts on 8x8's receipts and replies, and on Okta's events.
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

/** Events of accepted codes, and of receipts for the first of them. */
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
      "8x8's last receipt came yesterday": events(sent(0, 5), receipt({ minutes: dayMinutes })),
      "8x8's receipts have had a wrong secret since yesterday": events(
        sent(0, 5),
        receipt({ minutes: dayMinutes }),
        times(9, () => unauthenticatedReport("otp-receipt")),
      ),
      "SMS get receipts, but calls have got none since yesterday": events(
        sent(50, 0),
        times(5, (i) => accepted(`call-${i}`, { minutes: 60, channel: "Voice call" })),
        receipt({ channel: "voice", state: "completed", minutes: dayMinutes }),
      ),
    },
    quiet: {
      "8x8 has never sent a receipt for a call": events(
        sent(50, 0),
        times(50, (i) => accepted(`call-${i}`, { minutes: 60, channel: "Voice call" })),
      ),
      "all receipts have a wrong secret": events(
        sent(0, 50),
        times(9, () => unauthenticatedReport("otp-receipt")),
      ),
      "exactly half of the codes have receipts": events(sent(3, 3), sent(3, 0).slice(3, 6)),
      "only four codes are older than 15 minutes": events(sent(0, 4), receipt()),
      "all codes without a receipt are too recent, too old or rejected": events(
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
      "three of five SMS to Singapore did not arrive, but all SMS to the US did": events(
        times(50, () => receipt({ number: us, minutes: 20 })),
        times(2, () => receipt({ number: sg, minutes: 20 })),
        ...["undelivered", "rejected", "sent"].map((state, i) =>
          receipt({ number: sgNumber(i), state, minutes: 20 }),
        ),
      ),
      "three SMS to a calling code of several countries did not arrive": events(
        times(3, (i) =>
          receipt({ number: `+4477009001${10 + i}`, state: "undelivered", minutes: 20 }),
        ),
      ),
    },
    quiet: {
      "half of the SMS to Singapore arrived, and all SMS to Britain": events(
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
      "older SMS to only one number in each country did not arrive": events(
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
      "8x8's receipt has error 99": events(receipt({ state: "rejected", errorCode: 99 })),
      "8x8's reply has code 99": events(
        hook({ outcome: "rejected", reason: "rejected-by-provider", code: "99" }),
      ),
    },
    quiet: {
      "a phone operator rejects an SMS": events(receipt({ state: "undelivered", errorCode: 15 })),
    },
  },
  "no-credit": {
    fires: {
      "8x8's receipt says that the account has no credit": events(
        receipt({ state: "undelivered", errorCode: 42, reason: "no-credit", minutes: 14 }),
      ),
      "8x8's reply says that the account has no credit": events(
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
      "8x8's replies refuse the sender of three codes to one country": events(
        times(3, () => refusedSender()),
      ),
      "8x8's receipts refuse the sender of three codes to one country": events(
        times(3, () => receipt({ number: sg, state: "undelivered", errorCode: 19, reason })),
      ),
      "8x8's replies and receipts together refuse the sender of three codes": events(
        refusedSender({ minutes: 59 }),
        receipt({ number: sg, state: "undelivered", errorCode: 19, reason, minutes: 30 }),
        receipt({ number: sg, channel: "voice", state: "error", errorCode: -2008, reason }),
      ),
      "8x8 refuses the sender of three codes to a calling code of several countries": events(
        times(3, () => refusedSender({ number: "+447700900110" })),
      ),
    },
    quiet: {
      "8x8 refuses the sender of at most two codes to each country": events(
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
      "Okta itself sent three of 59 codes": events(
        times(56, () => accepted("an-id")),
        times(3, () => fallback()),
        // These codes do not count, because 8x8 rejected them.
        times(5, () => hook({ outcome: "rejected", reason: "invalid-number" })),
      ),
      "Okta itself sent three codes, and no request reached the app": events(
        times(3, () => fallback()),
      ),
    },
    quiet: {
      "Okta itself sent two of 59 codes, and reported each three times": events(
        times(57, () => accepted("an-id", { user: "00uone0000000000001" })),
        times(2, () => times(3, (i) => fallback({ oktaEventId: `${i}` }))).flat(),
      ),
      "Okta itself sent half of the codes, all to one user": events(
        times(9, () => fallback({ user: "00uone0000000000001" })),
        times(9, () => accepted("an-id")),
      ),
    },
  },
  "events-silent": {
    fires: {
      "Okta has reported no used code for four hours": events(
        times(11, () => accepted("an-id", { minutes: 61 })),
        outcome({ minutes: 240 }),
      ),
      "all of Okta's events have a wrong secret": events(
        times(11, () => accepted("an-id", { minutes: 61 })),
        times(9, () => unauthenticatedReport("otp-outcome")),
      ),
      "Okta reports failed hooks and its own codes, but no used code": events(
        times(11, () => accepted("an-id", { minutes: 239 })),
        hookFailed(),
        fallback(),
      ),
    },
    quiet: {
      "Okta's events are not set up": events(times(50, () => accepted("an-id", { minutes: 61 }))),
      "Okta reported one code as used": events(
        times(50, () => accepted("an-id", { minutes: 61 })),
        outcome({ minutes: 239 }),
      ),
      "only ten accepted codes were sent one to four hours ago": events(
        times(10, () => accepted("an-id", { minutes: 61 })),
        times(50, () => accepted("an-id", { minutes: 60 })),
        times(50, () => accepted("an-id", { minutes: 240 })),
        times(50, () => hook({ outcome: "unavailable", reason: "unreachable" }, { minutes: 61 })),
        outcome({ minutes: dayMinutes }),
      ),
    },
  },
};
