/** @jest-environment <rootDir>/test/infra/kusto-environment.ts */
// The workbook's page "Guard": toll fraud in one number range, and people's codes in another.
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
/** As in record mode. */
const against = (id: string, minutes = 20) =>
  accepted(id, {
    number: sg,
    user: userOf(id),
    eventId: id,
    minutes,
    guard: { reason: "range-unfinished" },
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
  // Besides the guard's objections: a refusal by our policy, a code without an objection, and one
  // that is not matched to its use.
  refused({ number: us }),
  accepted("five", { number: us, guard: {} }),
  accepted("six", { number: gb }),
  outcome(),
  unauthenticatedReport("otp-outcome"),
];

function show(name: string, ...more: readonly Row[]): readonly Row[] {
  const query = readProjectFile(`infra/queries/workbook/guard-${name}.kql`);
  const all = [...customEvents, ...more];
  // It must ignore other events.
  expect(runQuery(query, { customEvents: all.map(anotherEvent) }, now)).toEqual([]);
  return runQuery(query, { customEvents: all }, now);
}

it("shows objections by limit and hour", () => {
  expect(
    show("hours").map(({ timestamp, ...row }) => ({
      ...row,
      hour: (timestamp as Date).getUTCHours(),
    })),
  ).toEqual([
    { Rule: "range-unfinished", hour: 10, Codes: 1 },
    { Rule: "range-unfinished", hour: 11, Codes: 1 },
    { Rule: "user-limit", hour: 11, Codes: 3 },
  ]);
});

it("shows objections by limit and country, with people, refusals and used codes", () => {
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
      Rule: "range-unfinished",
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

it("shows objections by number range, with the first and last time", () => {
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
  it("are those with objections to used codes", () => {
    expect(show("exemptions")).toEqual([
      { Range: "+658123", Country: "SG", Against: 2, AgainstAndUsed: 1, Sent: 4, Used: 2 },
    ]);
  });

  it("are those with objections if half of the sent codes were used", () => {
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

describe("money", () => {
  it("is the country's average price for each refused code, and for each recorded code that was not used", () => {
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

  it("is empty without prices from 8x8", () => {
    expect(
      show("cost").map(({ Country, Saved, WouldSave }) => [Country, Saved, WouldSave]),
    ).toEqual([
      ["US", null, null],
      ["SG", null, null],
    ]);
  });
});
