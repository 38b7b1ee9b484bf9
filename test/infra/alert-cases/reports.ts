import { type AlertCases, firing } from "../alert-cases.ts";
import type { Row } from "../kql-run.ts";
import { times } from "../samples/clock.ts";
import { hook, type Hook } from "../samples/hooks.ts";
import { events, gb, refused, sg, us } from "../samples/outcomes.ts";
import { fallback, hookFailed, outcome, receipt } from "../samples/reports.ts";

const accepted = (id: string, given?: Hook) => hook({ outcome: "accepted", id }, given);
const reason = "invalid-sender";
const refusedSender = (given?: Hook) =>
  hook({ outcome: "rejected", reason, code: "1005" }, { number: sg, ...given });
const sgNumber = (i: number) => `+658123456${i}`;
const gbNumber = (i: number) => `+4477009001${10 + i}`;
const dayMinutes = 24 * 60;

const sent = (
  reported: number,
  unreported: number,
  given: Hook = { minutes: 61 },
): readonly Row[] => [
  ...times(reported, (i) => accepted(`reported-${i}`, given)),
  ...times(reported, (i) => receipt({ providerId: `reported-${i}`, state: "sent", minutes: 60 })),
  ...times(unreported, (i) => accepted(`unreported-${i}`, given)),
];
const calls = (count: number) =>
  times(count, (i) => accepted(`call-${i}`, { minutes: 61, channel: "Voice call" }));

const heard = (eventsOnTime: boolean, count: number, minutes: number): readonly Row[] =>
  times(count, (i) => accepted(`code-${i}`, { minutes, guard: { eventsOnTime } }));

export const reportCases: AlertCases = {
  "delivery-falling": {
    fires: {
      "three of five SMS to Singapore did not arrive, but all SMS to the US did": firing(
        events(
          times(50, () => receipt({ number: us, minutes: 20 })),
          times(2, () => receipt({ number: sg, minutes: 20 })),
          times(2, (i) =>
            receipt({ number: sgNumber(i), state: "undelivered", errorCode: 15, minutes: 20 }),
          ),
          receipt({ number: sgNumber(2), state: "sent", minutes: 20 }),
        ),
        { country: "SG", cause: "error-15" },
      ),
      "SMS to two countries did not arrive for the same reason": firing(
        events(
          [sgNumber, gbNumber].flatMap((number) =>
            times(3, (i) => receipt({ number: number(i), state: "undelivered", minutes: 20 })),
          ),
        ),
        { country: "several", cause: "undelivered" },
      ),
      "8x8's receipt has error 99, which means fraud": firing(
        events(receipt({ number: sg, state: "rejected", errorCode: 99 })),
        { country: "SG", cause: "blocked-as-fraud" },
      ),
      "8x8's reply has code 99, which means fraud": firing(
        events(hook({ outcome: "rejected", reason: "rejected-by-provider", code: "99" })),
        { country: "44", cause: "blocked-as-fraud" },
      ),
      "8x8's replies and receipts together refuse the sender of three codes": firing(
        events(
          refusedSender({ minutes: 59 }),
          receipt({ number: sg, state: "undelivered", errorCode: 19, reason, minutes: 30 }),
          receipt({ number: sg, channel: "voice", state: "error", errorCode: -2008, reason }),
        ),
        { country: "SG", cause: reason },
      ),
      "SMS have receipts, but no call has had a receipt since yesterday": firing(
        events(
          sent(50, 0),
          calls(5),
          receipt({ channel: "voice", state: "completed", minutes: dayMinutes }),
        ),
        { country: "all", cause: "no-receipts-voice" },
      ),
    },
    quiet: {
      "half of the SMS to Singapore and all SMS to Britain arrived": events(
        times(3, (i) => receipt({ number: sgNumber(i), minutes: 20 })),
        times(3, (i) => receipt({ number: sgNumber(i), state: "undelivered", minutes: 20 })),
        times(9, (i) => receipt({ providerId: `${i}`, number: gbNumber(i), minutes: 20 })),
        times(9, (i) =>
          receipt({ providerId: `${i}`, number: gbNumber(i), state: "sent", minutes: 15 }),
        ),
      ),
      "in each country, the SMS that did not arrive were for only one number, too recent or too old":
        events(
          times(9, () => receipt({ number: sg, state: "undelivered", errorCode: 15, minutes: 20 })),
          [us, "+4915112345678"].map((number) =>
            receipt({ number, state: "undelivered", minutes: 20 }),
          ),
          times(9, (i) => receipt({ number: sgNumber(i), state: "sent", minutes: 10 })),
          times(9, (i) => receipt({ number: sgNumber(i), state: "undelivered", minutes: 60 })),
          times(9, (i) =>
            receipt({ number: sgNumber(i), channel: "voice", state: "no_answer", minutes: 20 }),
          ),
          receipt({ number: sg, state: "undelivered", errorCode: 99, minutes: 60 }),
        ),
      "8x8 refuses the sender of at most two codes to each country": events(
        times(2, () => refusedSender()),
        [us, "+4915112345678"].map((number) => refusedSender({ number })),
        times(9, () =>
          receipt({ providerId: "one", number: us, state: "undelivered", errorCode: 19, reason }),
        ),
        times(9, () => hook({ outcome: "rejected", reason: "invalid-number" }, { number: sg })),
        times(9, () => receipt({ number: sg, state: "undelivered", errorCode: 15 })),
      ),
      "8x8 has never sent a receipt for a call": events(sent(50, 0), calls(50)),
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
  "events-silent": {
    fires: {
      "Okta has reported no used code for four hours": firing(
        events(
          times(11, () => accepted("an-id", { minutes: 61 })),
          outcome({ minutes: 240 }),
        ),
        { cause: "no-used-code" },
      ),
      "Okta reports failed hooks and codes that it sent itself, but no used code": firing(
        events(
          times(11, () => accepted("an-id", { minutes: 239 })),
          hookFailed(),
          fallback(),
        ),
        { cause: "no-used-code" },
      ),
      "Okta's events were on time once within two days, but late for the last 41 codes": firing(
        events(heard(true, 1, 2 * dayMinutes - 1), heard(false, 41, 50)),
        { cause: "late" },
      ),
      "Okta's events were on time two hours ago, but not in the last hour": firing(
        events(heard(true, 40, 120), heard(false, 1, 59), outcome()),
        { cause: "late" },
      ),
    },
    quiet: {
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
      "Okta's events were never on time": events(heard(false, 500, 50)),
      "Okta's events were on time once in the last hour": events(
        heard(false, 500, 50),
        heard(true, 1, 59),
      ),
      "only 40 accepted codes are older than 15 minutes and younger than a day": events(
        heard(true, 1, 1.5 * dayMinutes),
        heard(false, 40, 50),
        heard(true, 50, dayMinutes),
        heard(false, 500, 15),
        times(500, () =>
          refused({ minutes: 50, number: gb, guard: { eventsOnTime: false } }, "number-limit"),
        ),
      ),
      "no code was requested in the last hour": events(heard(true, 50, 180), heard(false, 50, 60)),
    },
  },
};
