/** @jest-environment <rootDir>/test/infra/kusto-environment.ts */
import { parameters } from "./kql-schema.ts";
import { runQuery } from "./kql-run.ts";
import type { Row } from "./kql-run.ts";
import { minutesAgo, now, times } from "./samples/clock.ts";
import { anotherEvent, hook, unauthenticatedSum, type Hook } from "./samples/hooks.ts";
import { gb, rescued, sg, us } from "./samples/outcomes.ts";
import {
  fallback,
  hookFailed,
  outcome,
  receipt,
  unauthenticatedReport,
} from "./samples/reports.ts";
import { readProjectFile } from "./snapshot.ts";

const accepted = (id: string, given?: Hook) => hook({ outcome: "accepted", id }, given);
const inSingapore = (id: string) => accepted(id, { minutes: 20, number: sg });
const enrollment = "com.okta.user.telephony.pre-enrollment";

function show(name: string, ...customEvents: readonly Row[]): readonly Row[] {
  const query = readProjectFile(`infra/queries/workbook/${name}.kql`);
  // The query must ignore events with other names. The totals always have one row.
  const none = runQuery(query, { customEvents: [] }, now);
  expect(runQuery(query, { customEvents: customEvents.map(anotherEvent) }, now)).toEqual(none);
  return runQuery(query, { customEvents }, now);
}

describe("delivery", () => {
  const sms = {
    Channel: "sms",
    Refused: 0,
    Failed: 0,
    Unconfirmed: 0,
    Recorded: 0,
    Reported: 0,
    Delivered: 0,
    DeliveredPercent: null,
    p50Seconds: null,
    p95Seconds: null,
    Used: 0,
    UsedOfDeliveredPercent: null,
    SenderChanged: 0,
  };
  const delivered = (providerId: string, statusMinutes: number, number: string) =>
    receipt({ providerId, number, minutes: 1, statusMinutes });

  it("the query 'countries' shows which codes arrived, how fast, and which were used", () => {
    expect(
      show(
        "countries",
        ...["one", "two", "three", "four"].map(inSingapore),
        delivered("one", 19.9, sg),
        receipt({
          providerId: "two",
          number: sg,
          minutes: 1,
          statusMinutes: 19,
          senderChanged: true,
        }),
        receipt({ providerId: "three", number: sg, state: "undelivered", statusMinutes: 19 }),
        // Okta reports "one" as used twice, and "four" although it has no receipt. The app cannot
        // match the event without an ID.
        ...["one", "one", "four"].map((providerId) => outcome({ providerId })),
        outcome(),
        outcome({ providerId: "sent-before" }),
        accepted("five", { minutes: 20, number: us, channel: "Voice call" }),
        receipt({
          providerId: "five",
          number: us,
          channel: "voice",
          state: "completed",
          statusMinutes: 19.8,
        }),
        hook({ outcome: "accepted" }, { number: "+4915112345678" }),
        hook({ outcome: "rejected", reason: "invalid-number", id: "seven" }, { number: us }),
        accepted("six", { minutes: 20, number: us }),
        // 8x8 did not accept "seven", so nothing that is reported about it counts for 8x8.
        ...[delivered("seven", 19, us), outcome({ providerId: "seven" })],
        delivered("sent-before", 19, us),
        unauthenticatedReport("otp-receipt"),
      ),
    ).toEqual([
      {
        ...sms,
        Country: "SG",
        Hooks: 4,
        Accepted: 4,
        Reported: 3,
        Delivered: 2,
        DeliveredPercent: 50,
        p50Seconds: 6,
        p95Seconds: 60,
        Used: 2,
        UsedOfDeliveredPercent: 50,
        SenderChanged: 1,
      },
      { ...sms, Country: "US", Hooks: 2, Failed: 1, Accepted: 1, DeliveredPercent: 0 },
      { ...sms, Country: "DE", Hooks: 1, Accepted: 1, Recorded: 1 },
      {
        ...sms,
        Country: "US",
        Channel: "voice",
        Hooks: 1,
        Accepted: 1,
        Reported: 1,
        Delivered: 1,
        DeliveredPercent: 100,
        p50Seconds: 12,
        p95Seconds: 12,
        UsedOfDeliveredPercent: 0,
      },
    ]);
  });

  it("the query 'countries' uses a code's last receipt, even if receipts repeat or are out of order", () => {
    const reported = (state: string, statusMinutes: number, providerId = "one") =>
      receipt({ providerId, number: sg, state, statusMinutes });
    const [row] = show(
      "countries",
      ...[
        reported("delivered", 19),
        reported("sent", 19.5),
        reported("delivered", 19),
        inSingapore("one"),
      ],
      ...[
        inSingapore("two"),
        reported("sent", 19, "two"),
        reported("delivered", 19, "two"),
        reported("queued", 19, "two"),
      ],
      ...[
        inSingapore("three"),
        reported("delivered", 19.5, "three"),
        reported("undelivered", 19, "three"),
      ],
    );
    expect(row).toMatchObject({ Accepted: 3, Reported: 3, Delivered: 2, p50Seconds: 60 });
  });
});

it("the query 'undelivered' shows codes that did not arrive, by country and error", () => {
  const lost = (given: object) =>
    receipt({ number: sg, state: "undelivered", errorCode: 15, ...given });
  expect(
    show(
      "undelivered",
      lost({ providerId: "one", detail: "rejected_by_operator", minutes: 30 }),
      lost({ providerId: "two", detail: "rejected_by_operator", minutes: 20 }),
      lost({ providerId: "two", state: "sent", errorCode: undefined, minutes: 20 }),
      receipt({ providerId: "three", number: us, state: "sent", minutes: 5 }),
      receipt({ providerId: "four", number: us, channel: "voice", state: "busy", minutes: 4 }),
      receipt({ providerId: "five", number: us, channel: "voice", state: "completed" }),
      receipt({ providerId: "six", number: us, state: "sent", minutes: 8 }),
      receipt({ providerId: "six", number: us, minutes: 8 }),
      unauthenticatedReport("otp-receipt"),
    ).map(({ Last, ...row }) => [
      ...Object.values(row),
      (Last as Date).toISOString().slice(11, 16),
    ]),
    // Country, Channel, State, Detail, Error, Codes, Last
  ).toEqual([
    ["SG", "sms", "undelivered", "rejected_by_operator", "15", 2, "11:40"],
    ["US", "sms", "sent", "", "", 1, "11:55"],
    ["US", "voice", "busy", "", "", 1, "11:56"],
  ]);
});

it("the query 'totals' shows what Okta sent itself, and how much of the error budget is left", () => {
  const twice = [fallback({ oktaEventId: "one" }), fallback({ oktaEventId: "one" })];
  const [row] = show("totals", ...times(1999, () => accepted("an-id")), ...twice, hookFailed());
  expect(row).toMatchObject({
    Hooks: 1999,
    SentByOkta: 1,
    WithoutOktaPercent: 99.95,
    BudgetLeftPercent: 50,
  });
});

it("the query 'cost' sums the last price of each SMS, by country and currency", () => {
  const priced = (providerId: string, number: string, price: number, more: object = {}) =>
    receipt({ providerId, number, price, currency: "USD", ...more });
  expect(
    show(
      "cost",
      priced("one", sg, 0.05, { state: "sent", minutes: 9 }),
      priced("one", sg, 0.04, { minutes: 8, parts: 2 }),
      receipt({ providerId: "one", number: sg, minutes: 7 }),
      priced("two", sg, 0.04),
      priced("three", sg, 0.01, { currency: "EUR" }),
      priced("four", us, 0),
      receipt({ number: us, channel: "voice", state: "completed" }),
    ),
  ).toEqual([
    { Country: "SG", Currency: "USD", Messages: 2, Parts: 3, Cost: 0.08 },
    { Country: "SG", Currency: "EUR", Messages: 1, Parts: 1, Cost: 0.01 },
    { Country: "US", Currency: "USD", Messages: 1, Parts: 1, Cost: 0 },
  ]);
});

describe("search", () => {
  const user = parameters["Search"] ?? "";
  const asked = (id: string, given?: Hook) => accepted(id, { number: sg, user, ...given });
  const events = [
    asked("one", { minutes: 30, durationMs: 400 }),
    receipt({ providerId: "one", number: sg, state: "sent", minutes: 1, statusMinutes: 29 }),
    receipt({
      providerId: "one",
      number: sg,
      detail: "delivered_to_recipient",
      minutes: 2,
      statusMinutes: 28,
    }),
    outcome({ providerId: "one", user, minutes: 27, reportedMinutes: 1, secondsToVerify: 180 }),
    hook({ outcome: "refused", reason: "country-blocked" }, { minutes: 20, number: sg, user }),
    fallback({ user, minutes: 19, country: "SG" }),
    accepted("another", { minutes: 18, user: "00uanother0000000001" }),
    receipt({ providerId: "another", minutes: 18 }),
    outcome({ providerId: "another", user: "00uanother0000000001" }),
    unauthenticatedReport("otp-receipt"),
  ];
  const steps = (rows: readonly Row[]) => rows.map(({ At, Step, Reason }) => [At, Step, Reason]);

  it("the query 'search' shows every step of a user's codes, newest first", () => {
    expect(steps(show("search", ...events))).toEqual([
      [minutesAgo(19), "sent by Okta", ""],
      [minutesAgo(20), "asked, refused", "country-blocked"],
      [minutesAgo(27), "used", ""],
      [minutesAgo(28), "delivered", "delivered_to_recipient"],
      [minutesAgo(29), "sent", ""],
      [minutesAgo(30), "asked, accepted", ""],
    ]);
  });

  it("the query 'search' shows the details of each step", () => {
    const rows = show("search", ...events);
    const request = {
      Request: "reqRgSk8IBBRhuo0YdlEDTmUw",
      Event: "uS5871kJThSsU8qlA1LTcg",
      User: user,
    };
    const none = {
      SignedInBy: "secret",
      SecretVersion: 1,
      WrongPaths: "",
      Reason: "",
      Code: "",
      Provider: "",
      OtherReason: "",
      SecondsToVerify: null,
    };
    expect(rows.at(-1)).toEqual({
      ...none,
      ...request,
      Provider: "8x8",
      At: minutesAgo(30),
      Step: "asked, accepted",
      Channel: "sms",
      Country: "SG",
      Org: "example.okta.com",
      For: enrollment,
      DurationMs: 400,
      Attempts: 0,
      ProviderId: "one",
    });
    expect(rows[2]).toMatchObject({
      Step: "used",
      SecondsToVerify: 180,
      User: user,
      ProviderId: "one",
    });
    const [failed] = show(
      "search",
      asked("one"),
      receipt({
        providerId: "one",
        number: sg,
        state: "undelivered",
        errorCode: 15,
        statusMinutes: 9,
      }),
    );
    expect(failed).toMatchObject({ Step: "undelivered", Code: "15", Country: "SG" });
  });

  it("the query 'search' finds a code by request id or event id, and ignores blanks around the id", () => {
    const query = readProjectFile("infra/queries/workbook/search.kql");
    const found = (typed: string) =>
      steps(
        runQuery(query.replace("{Search}", typed), { customEvents: events.slice(0, 4) }, now),
      ).map(([, it]) => it);
    expect(found("reqRgSk8IBBRhuo0YdlEDTmUw")).toEqual([
      "used",
      "delivered",
      "sent",
      "asked, accepted",
    ]);
    expect(found(" uS5871kJThSsU8qlA1LTcg ")).toEqual([
      "used",
      "delivered",
      "sent",
      "asked, accepted",
    ]);
  });
});

describe("requests", () => {
  const timings = (sendMs: number) => ({ authenticateMs: 1, sendMs });
  const events = [
    accepted("one", { durationMs: 100, timings: timings(90) }),
    accepted("two", { durationMs: 200, timings: timings(190) }),
    hook(
      { outcome: "unconfirmed", reason: "deadline" },
      { durationMs: 2_500, provider: "second-hook", otherReason: "unreachable" },
    ),
    hook({ outcome: "refused", reason: "country-blocked" }, { durationMs: 9_000 }),
    unauthenticatedSum(40),
  ];

  it("the query 'totals' counts summed requests, and takes the percentage of offered codes", () => {
    expect(show("totals", ...events)).toMatchObject([
      { Hooks: 44, Accepted: 2, AcceptedPercent: 66.7, p95Ms: 9_000 },
    ]);
  });

  it("the query 'outcomes' counts each request of a sum", () => {
    const counts = show("outcomes", ...events).map(({ Outcome, Hooks }) => [Outcome, Hooks]);
    expect(Object.fromEntries(counts)).toEqual({
      accepted: 2,
      refused: 1,
      unauthenticated: 40,
      unconfirmed: 1,
    });
  });

  it("the query 'durations' shows how long requests that reached a provider took", () => {
    expect(show("durations", ...events)).toMatchObject([
      { p50: 200, p95: 2_500, p99: 2_500, AuthenticateP95: 1, SendP95: 190 },
    ]);
  });

  it("the query 'reasons' shows why codes were not accepted by either provider, most frequent first", () => {
    expect(show("reasons", ...events)).toMatchObject([
      { Outcome: "unauthenticated", Hooks: 40 },
      { Outcome: "refused", Reason: "country-blocked", OtherReason: "", Hooks: 1 },
      { Provider: "second-hook", Reason: "deadline", OtherReason: "unreachable", Hooks: 1 },
    ]);
  });

  it("the query 'providers' shows accepted, rescued and used codes, and counts each code once", () => {
    const by8x8 = ["a", "b", "c"].map((eventId) => accepted("x", { eventId }));
    const rows = [
      ...[...by8x8, rescued("unreachable", { eventId: "d", number: gb })],
      hook({ outcome: "rejected", reason: "forbidden" }, { eventId: "f" }),
      ...["a", "a", "d", "f"].map((eventId) => outcome({ eventId })),
    ];
    // Country, Provider, Accepted, Rescued, Used, UsedPercent
    expect(show("providers", ...rows).map((row) => Object.values(row))).toEqual([
      ["44", "8x8", 3, 0, 1, 33.3],
      ["44", "second-hook", 1, 1, 1, 100],
    ]);
  });
});
