/** @jest-environment <rootDir>/test/infra/kusto-environment.ts */
import { runQuery } from "./kql-run.ts";
import type { Row } from "./kql-run.ts";
import { minutesAgo, now, times } from "./samples/clock.ts";
import { anotherEvent, hook } from "./samples/hooks.ts";
import { gb, refused, sg, us } from "./samples/outcomes.ts";
import { outcome, unauthenticatedReport } from "./samples/reports.ts";
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

const customEvents: readonly Row[] = [
  ...times(3, (i) => stopped(i)),
  ...[against("one", 70), against("two"), sent("three"), sent("four")],
  ...["one", "one", "three"].map(used),
  // The guard would refuse none of these codes, so the query must leave out their events.
  refused({ number: us }),
  accepted("five", { number: us, guard: {} }),
  accepted("six", { number: gb }),
  outcome(),
  unauthenticatedReport("otp-outcome"),
];

it("the query 'guard' shows codes that the guard refused or would refuse, by limit, country and range", () => {
  const query = readProjectFile("infra/queries/workbook/guard.kql");
  // The query must ignore events with other names.
  expect(runQuery(query, { customEvents: customEvents.map(anotherEvent) }, now)).toEqual([]);
  const rows = runQuery(query, { customEvents }, now).map((row) => Object.values(row));
  // Rule, Country, Range, Codes, Refused, Used, Users, Numbers, First, Last
  expect(rows).toEqual([
    ["user-limit", "US", "+1202555", 3, 3, 0, 1, 3, minutesAgo(10), minutesAgo(10)],
    ["country-unfinished", "SG", "+658123", 2, 0, 1, 2, 1, minutesAgo(70), minutesAgo(20)],
  ]);
});
