/** @jest-environment <rootDir>/test/infra/kusto-environment.ts */
import { runQuery } from "./kql-run.ts";
import { now } from "./samples/clock.ts";
import { hook } from "./samples/hooks.ts";
import { outcome } from "./samples/reports.ts";
import { rescued, sg } from "./samples/outcomes.ts";
import { readProjectFile } from "./snapshot.ts";

test("the query 'providers' shows how many codes were used by provider and country, and counts each code once", () => {
  const query = readProjectFile("infra/queries/workbook/providers.kql");
  const by8x8 = (eventId: string) => hook({ outcome: "accepted", id: "x" }, { eventId });
  const customEvents = [
    ...["a", "b", "c"].map(by8x8),
    rescued("unreachable", { eventId: "d" }),
    rescued(undefined, { eventId: "e", number: sg }),
    hook({ outcome: "rejected", reason: "forbidden" }, { eventId: "f" }),
    ...["a", "a", "d", "f"].map((eventId) => outcome({ eventId })),
  ];
  expect(runQuery(query, { customEvents }, now)).toEqual(
    [
      ...[["44", "8x8", 3, 0, 1, 33.3]],
      ...[
        ["44", "second-hook", 1, 1, 1, 100],
        ["SG", "second-hook", 1, 0, 0, 0],
      ],
    ].map(([Country, Provider, Accepted, Rescued, Used, UsedPercent]) => ({
      Country,
      Provider,
      Accepted,
      Rescued,
      Used,
      UsedPercent,
    })),
  );
});
