/** @jest-environment <rootDir>/test/infra/kusto-environment.ts */
// Tests the query whose result an operator passes to npm run guard:suggest.
import { readExport, readPrices } from "../../tools/guard/suggest/exported-codes.ts";
import { runQuery } from "./kql-run.ts";
import { parseQuery } from "./kql.ts";
import type { Row } from "./kql-run.ts";
import { now, times } from "./samples/clock.ts";
import { anotherEvent, hook, unauthenticatedSum } from "./samples/hooks.ts";
import { gb, refused, unauthenticated, us } from "./samples/outcomes.ts";
import { outcome, receipt } from "./samples/reports.ts";
import { readProjectFile } from "./snapshot.ts";

const query = readProjectFile("infra/queries/export/guard-events.kql");
const code = (i: number) =>
  hook(
    { outcome: "accepted", id: `message-${i}` },
    { eventId: `event-${i}`, number: gb, user: "00uone0000000000001", minutes: 50 - i, guard: {} },
  );

/** The query's result as `az monitor app-insights query` prints it. */
function printed(...customEvents: readonly Row[]): string {
  const rows = runQuery(query, { customEvents }, now);
  const { columns } = parseQuery(query);
  return JSON.stringify({
    tables: [
      {
        columns: columns.map((name) => ({ name })),
        rows: rows.map((row) => columns.map((name) => row[name] ?? null)),
      },
    ],
  });
}

it("the export has every code that the phone policy allowed, and whether it was used", () => {
  const unjudged = [
    unauthenticated(),
    unauthenticatedSum(9),
    refused({ number: us }),
    receipt(),
    anotherEvent(code(9)),
  ];
  const stopped = refused(
    { eventId: "event-3", number: gb, minutes: 40, guard: { reason: "number-limit" } },
    "number-limit",
  );
  const used = outcome({ providerId: "message-2", eventId: "event-2", minutes: 30 });
  const codes = readExport(printed(...unjudged, used, ...times(3, code), stopped));
  expect(codes.map((one) => one.used !== undefined)).toEqual([false, false, true, false]);
  expect(codes[0]).toMatchObject({
    range: "+44770090",
    country: "+44",
    kind: "enrollment",
    channel: "sms",
  });
});

it("the export contains no phone number and no user id", () => {
  const text = printed(
    code(0),
    outcome({ user: "00uone0000000000001", eventId: "event-0", providerId: "message-0" }),
  );
  expect(text).toContain("event-0");
  expect(text).not.toContain("00uone0000000000001");
  expect(text).not.toContain(gb.slice(1));
});

it("the export has the last price that 8x8 reported for each country", () => {
  const singapore = "+6581234567";
  const priced = (price: number, minutes: number, number = singapore) =>
    receipt({ price, currency: "EUR", minutes, number });
  const text = printed(priced(0.05, 9), priced(0.04, 50), priced(0.01, 20, us), receipt(), code(0));
  expect([...readPrices(text)].sort()).toEqual([
    ["SG", { amount: 0.05, currency: "EUR" }],
    ["US", { amount: 0.01, currency: "EUR" }],
  ]);
  expect(readExport(text)).toHaveLength(1);
});
