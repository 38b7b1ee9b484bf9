/** @jest-environment <rootDir>/test/infra/kusto-environment.ts */
// Tests the workbook's page "Guard" with toll fraud in one number range and people's codes in
// another.
import { runQuery } from "./kql-run.ts";
import type { Row } from "./kql-run.ts";
import { minutesAgo, now, times } from "./samples/clock.ts";
import { anotherEvent, hook } from "./samples/hooks.ts";
import { gb, refused, sg, us } from "./samples/outcomes.ts";
import { outcome, receipt, unauthenticatedReport } from "./samples/reports.ts";
import { readProjectFile } from "./snapshot.ts";

const accepted = (id: string, given: Parameters<typeof hook>[1]) =>
  hook({ outcome: "accepted", id }, given);
const userOf = (id: string) => `00u${id.padStart(17, "0")}`;
const sent = (id: string, minutes = 20) =>
  accepted(id, { number: sg, user: userOf(id), eventId: id, minutes, guard: {} });
/** A code that the guard would have refused, and that was sent in record mode. */
const against = (id: string, minutes = 20) =>
  accepted(id, {
    number: sg,
    user: userOf(id),
    eventId: id,
    minutes,
    guard: { reason: "country-unfinished" },
  });
const stopped = (i: number) =>
  refused(
    {
      number: `+1202555012${i}`,
      user: "00upump000000000001",
      eventId: `stopped-${i}`,
      guard: { reason: "user-limit" },
    },
    "user-limit",
  );
const used = (eventId: string) => outcome({ eventId, providerId: `message ${eventId}` });
const priced = (providerId: string, number: string, price: number, given: object = {}) =>
  receipt({ providerId, number, price, currency: "USD", ...given });

const customEvents: readonly Row[] = [
  ...times(3, (i) => stopped(i)),
  ...[against("one", 70), against("two"), sent("three"), sent("four")],
  ...["one", "one", "three"].map(used),
  // The guard does not object to these codes, so the queries must leave these events out.
  refused({ number: us }),
  accepted("five", { number: us, guard: {} }),
  accepted("six", { number: gb }),
  outcome(),
  unauthenticatedReport("otp-outcome"),
];

function show(name: string, ...more: readonly Row[]): readonly Row[] {
  const query = readProjectFile(`infra/queries/workbook/guard-${name}.kql`);
  const all = [...customEvents, ...more];
  // The query must ignore events with other names.
  expect(runQuery(query, { customEvents: all.map(anotherEvent) }, now)).toEqual([]);
  return runQuery(query, { customEvents: all }, now);
}

it("the query guard-hours shows the guard's objections by limit and hour", () => {
  expect(
    show("hours").map(({ timestamp, ...row }) => ({
      ...row,
      hour: (timestamp as Date).getUTCHours(),
    })),
  ).toEqual([
    { Rule: "country-unfinished", hour: 10, Codes: 1 },
    { Rule: "country-unfinished", hour: 11, Codes: 1 },
    { Rule: "user-limit", hour: 11, Codes: 3 },
  ]);
});

it("the query guard-rules shows objections by limit and country, with users and used codes", () => {
  expect(show("rules")).toEqual([
    {
      Rule: "user-limit",
      Country: "US",
      Codes: 3,
      Refused: 3,
      Used: 0,
      Users: 1,
      Numbers: 3,
      Ranges: 1,
    },
    {
      Rule: "country-unfinished",
      Country: "SG",
      Codes: 2,
      Refused: 0,
      Used: 1,
      Users: 2,
      Numbers: 1,
      Ranges: 1,
    },
  ]);
});

it("the query guard-ranges shows objections by number range, with the first and last time", () => {
  expect(show("ranges")).toEqual([
    {
      Range: "+1202555",
      Country: "US",
      Codes: 3,
      Refused: 3,
      Used: 0,
      Users: 1,
      Numbers: 3,
      First: minutesAgo(10),
      Last: minutesAgo(10),
    },
    {
      Range: "+658123",
      Country: "SG",
      Codes: 2,
      Refused: 0,
      Used: 1,
      Users: 2,
      Numbers: 1,
      First: minutesAgo(70),
      Last: minutesAgo(20),
    },
  ]);
});

describe("ranges to exempt", () => {
  it("the query guard-exemptions lists a range if the guard objected to a code that was used", () => {
    expect(show("exemptions")).toEqual([
      { Range: "+658123", Country: "SG", Against: 2, AgainstAndUsed: 1, Sent: 4, Used: 2 },
    ]);
  });

  it("the query guard-exemptions lists a range with objections if half of its codes were used", () => {
    const usedOf = (id: string) => [accepted(id, { number: us, eventId: id, guard: {} }), used(id)];
    expect(show("exemptions", ...usedOf("seven"))).toContainEqual({
      Range: "+1202555",
      Country: "US",
      Against: 3,
      AgainstAndUsed: 0,
      Sent: 2,
      Used: 1,
    });
    expect(
      show("exemptions", ...usedOf("seven"), accepted("eight", { number: us, guard: {} })),
    ).toHaveLength(1);
  });
});

describe("savings", () => {
  it("the query guard-cost prices refused and unused recorded codes at the country's average", () => {
    expect(
      show(
        "cost",
        against("nine"),
        ...[
          priced("two", sg, 0.9, { state: "sent", minutes: 15 }),
          priced("two", sg, 0.03),
          priced("three", sg, 0.05),
        ],
        ...[
          priced("five", us, 0.02),
          receipt({ providerId: "five", number: us }),
          priced("sent-before", us, 0.04),
        ],
      ),
    ).toEqual([
      { Country: "US", Currency: "USD", Refused: 3, Saved: 0.09, Recorded: 0, WouldSave: 0 },
      { Country: "SG", Currency: "USD", Refused: 0, Saved: 0, Recorded: 2, WouldSave: 0.08 },
    ]);
  });

  it("the query guard-cost shows no savings if 8x8 reported no price", () => {
    expect(
      show("cost").map(({ Country, Saved, WouldSave }) => [Country, Saved, WouldSave]),
    ).toEqual([
      ["US", null, null],
      ["SG", null, null],
    ]);
  });
});
