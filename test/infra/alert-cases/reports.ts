// Alerts on what 8x8 and Okta report of codes.
import type { AlertCases } from "../alert-cases.ts";
import type { Row } from "../kql-run.ts";
import { times } from "../samples/clock.ts";
import { hook, type Hook } from "../samples/hooks.ts";
import { events, sg, us } from "../samples/outcomes.ts";
import { fallback, hookFailed, outcome, receipt, strangersReport } from "../samples/reports.ts";

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
      "more than half of the codes have none": events(sent(2, 3)),
      "they stopped yesterday": events(sent(0, 5), receipt({ minutes: dayMinutes })),
      "8x8 has an old secret since yesterday": events(
        sent(0, 5),
        receipt({ minutes: dayMinutes }),
        times(9, () => strangersReport("otp-receipt")),
      ),
      "calls have none, and messages hide it": events(
        sent(50, 0),
        times(5, (i) => accepted(`call-${i}`, { minutes: 60, channel: "Voice call" })),
        receipt({ channel: "voice", state: "completed", minutes: dayMinutes }),
      ),
    },
    quiet: {
      "those of calls are not set up": events(
        sent(50, 0),
        times(50, (i) => accepted(`call-${i}`, { minutes: 60, channel: "Voice call" })),
      ),
      "a stranger found the route": events(
        sent(0, 50),
        times(9, () => strangersReport("otp-receipt")),
      ),
      "half of the codes have one, each of them two": events(sent(3, 3), sent(3, 0).slice(3, 6)),
      "there were four codes": events(sent(0, 4), receipt()),
      "they are on their way, it is over, or 8x8 took none": events(
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
      "three of five do not arrive in Singapore, and America hides it": events(
        times(50, () => receipt({ number: us, minutes: 20 })),
        times(2, () => receipt({ number: sg, minutes: 20 })),
        ...["undelivered", "rejected", "sent"].map((state, i) =>
          receipt({ number: sgNumber(i), state, minutes: 20 }),
        ),
      ),
      "all that is known is a calling code": events(
        times(3, (i) =>
          receipt({ number: `+4477009001${10 + i}`, state: "undelivered", minutes: 20 }),
        ),
      ),
    },
    quiet: {
      "half of them arrive in Singapore, and in Britain all, whichever was reported first": events(
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
      "one person's phone is off, one more in each of two countries, and else they are on their way or calls":
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
      "a receipt says so": events(receipt({ state: "rejected", errorCode: 99 })),
      "an answer says so": events(
        hook({ outcome: "rejected", reason: "rejected-by-provider", code: "99" }),
      ),
    },
    quiet: { "an operator blocks": events(receipt({ state: "undelivered", errorCode: 15 })) },
  },
  "no-credit": {
    fires: {
      "8x8 says so in a receipt": events(
        receipt({ state: "undelivered", errorCode: 42, reason: "no-credit", minutes: 14 }),
      ),
      "it says so at once": events(hook({ outcome: "rejected", reason: "no-credit" })),
    },
    quiet: {
      "an SMS is undelivered for another reason": events(
        receipt({ state: "undelivered", errorCode: 15 }),
        receipt({ state: "undelivered", errorCode: 19, reason }),
      ),
    },
  },
  "sender-refused": {
    fires: {
      "8x8 refuses it for Singapore, at once": events(times(3, () => refusedSender())),
      "it does so in receipts": events(
        times(3, () => receipt({ number: sg, state: "undelivered", errorCode: 19, reason })),
      ),
      "it does either, within an hour": events(
        refusedSender({ minutes: 59 }),
        receipt({ number: sg, state: "undelivered", errorCode: 19, reason, minutes: 30 }),
        receipt({ number: sg, channel: "voice", state: "error", errorCode: -2008, reason }),
      ),
      "all that is known is a calling code": events(
        times(3, () => refusedSender({ number: "+447700900110" })),
      ),
    },
    quiet: {
      "two codes end so in Singapore and America, where one is reported again and again, one in Germany, and else numbers are refused":
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
      "it sent three of 59 codes": events(
        times(56, () => accepted("an-id")),
        times(3, () => fallback()),
        // Nobody got those from us.
        times(5, () => hook({ outcome: "rejected", reason: "invalid-number" })),
      ),
      "no hook reaches us": events(times(3, () => fallback())),
    },
    quiet: {
      "it sent three of 60, and reported each twice": events(
        times(57, () => accepted("an-id", { user: "00uone0000000000001" })),
        times(2, () => times(3, (i) => fallback({ oktaEventId: `${i}` }))).flat(),
      ),
      "half of them, for one person": events(
        times(9, () => fallback({ user: "00uone0000000000001" })),
        times(9, () => accepted("an-id")),
      ),
    },
  },
  "events-silent": {
    fires: {
      "nothing was used for hours": events(
        times(11, () => accepted("an-id", { minutes: 61 })),
        outcome({ minutes: 240 }),
      ),
      "Okta has an old secret": events(
        times(11, () => accepted("an-id", { minutes: 61 })),
        times(9, () => strangersReport("otp-outcome")),
      ),
      "Okta reports its own failures only": events(
        times(11, () => accepted("an-id", { minutes: 239 })),
        hookFailed(),
        fallback(),
      ),
    },
    quiet: {
      "events are not set up": events(times(50, () => accepted("an-id", { minutes: 61 }))),
      "one was used": events(
        times(50, () => accepted("an-id", { minutes: 61 })),
        outcome({ minutes: 239 }),
      ),
      "ten codes had time to be used: others have just gone out or long ago, or 8x8 took none":
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
