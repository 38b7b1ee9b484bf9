/** @jest-environment <rootDir>/test/infra/kusto-environment.ts */
// Evaluates every log alert as Azure does: runs its query on the telemetry of its window, then
// applies measure, operator and threshold.
import { reasons as rowOf, type GuardReason, type ReasonRow } from "../../src/delivery/reasons.ts";
import type { GivenResult } from "../okta/hook-result.ts";
import { reasons } from "../reasons.ts";
import { casesOf } from "./alert-cases.ts";
import { minutesOf, name } from "./alerts.ts";
import { runQuery, type Tables } from "./kql-run.ts";
import type { Row } from "./kql-run.ts";
import { minutesAgo, now, times } from "./samples/clock.ts";
import { anotherEvent, hook } from "./samples/hooks.ts";
import { all, at, main, one, type Resource, text, withAlerts } from "./snapshot.ts";

const allRows: Readonly<Record<string, ReasonRow>> = rowOf;

/** They fire if no hook has an event, so the cases in which they fire have other events in them. */
const aboutSilence = ["no-traffic", "telemetry-silent"];

/** Results by query and telemetry, because most rules are the same in every environment. */
const found = new Map<string, boolean>();

function fires(rule: Resource, tables: Tables): boolean {
  const criterion = at(rule, "properties.criteria.allOf.0");
  const minutes =
    minutesOf(at(rule, "properties.overrideQueryTimeRange") ?? at(rule, "properties.windowSize")) ??
    0;
  const key = JSON.stringify([criterion, minutes, tables]);
  const result = found.get(key) ?? judge(criterion, minutes, tables);
  found.set(key, result);
  return result;
}

function judge(criterion: unknown, minutes: number, tables: Tables): boolean {
  const inWindow = ({ timestamp, TimeGenerated = timestamp }: Row) =>
    (TimeGenerated as Date) > minutesAgo(minutes);
  const seen = Object.entries(tables).map(
    ([table, rows]) => [table, rows.filter(inWindow)] as const,
  );
  const rows = runQuery(text(criterion, "query"), Object.fromEntries(seen), now);
  const value = measured(rows, criterion);
  if (value === undefined) return false;
  const threshold = Number(at(criterion, "threshold"));
  const operator = at(criterion, "operator");
  if (operator === "GreaterThan") return value > threshold;
  if (operator === "LessThan") return value < threshold;
  throw new Error(`This test does not know the operator ${String(operator)}.`);
}

/** Undefined if no row has a value: then a rule does not fire, whatever its operator. */
function measured(rows: readonly Row[], criterion: unknown): number | undefined {
  const aggregation = at(criterion, "timeAggregation");
  if (aggregation === "Count") return rows.length;
  const values = rows
    .map((row) => row[text(criterion, "metricMeasureColumn")])
    .filter((it) => typeof it === "number");
  if (values.length === 0) return undefined;
  if (aggregation === "Maximum") return Math.max(...values);
  if (aggregation === "Minimum") return Math.min(...values);
  throw new Error(`This test does not know the aggregation ${String(aggregation)}.`);
}

describe.each(withAlerts)("log alerts (%s)", (environment) => {
  const rules = all(main[environment], "Microsoft.Insights/scheduledQueryRules");
  const workspace = one(main[environment], "Microsoft.OperationalInsights/workspaces");
  const capGb = Number(at(workspace, "properties.workspaceCapping.dailyQuotaGb"));
  const [appIdentity = ""] = Object.keys(
    at(one(main[environment], "Microsoft.Web/sites"), "identity.userAssignedIdentities") as object,
  );
  const vault = one(main[environment], "Microsoft.KeyVault/vaults").id;
  const alertCases = casesOf((percent) => capGb * 10 * percent, { vault, appIdentity });

  it("all have cases in which they fire and cases in which they stay quiet", () => {
    expect(Object.keys(alertCases).sort()).toEqual(rules.map(name).sort());
    for (const cases of Object.values(alertCases))
      expect([Object.keys(cases.fires).length, Object.keys(cases.quiet).length]).not.toContain(0);
  });

  describe.each(rules.map((rule) => [name(rule), rule] as const))("%s", (alert, rule) => {
    const cases = alertCases[alert] ?? { fires: {}, quiet: {} };

    it.each(Object.entries(cases.fires))("fires when %s", (_, tables) => {
      expect(fires(rule, tables)).toBe(true);
    });

    it.each(Object.entries(cases.quiet))("is quiet when %s", (_, tables) => {
      expect(fires(rule, tables)).toBe(false);
    });
  });

  const onEvents = rules.flatMap((rule) =>
    aboutSilence.includes(name(rule))
      ? []
      : Object.entries(alertCases[name(rule)]?.fires ?? {})
          .filter(([, { customEvents = [] }]) => customEvents.length > 0)
          .map(([title, tables]) => [name(rule), title, rule, tables] as const),
  );

  it.each(onEvents)("%s is quiet if the events have another name: %s", (_, __, rule, tables) => {
    const customEvents = tables["customEvents"]?.map(anotherEvent) ?? [];
    expect(fires(rule, { ...tables, customEvents })).toBe(false);
  });
});

describe("the alerts on logs (prod)", () => {
  // Settings and people's own numbers cause these refusals, which are no reason to page anyone.
  const withoutAlert = [
    "number-with-extension",
    "national-number-without-default-country",
    "expired-code",
    "voice-off",
  ];
  const rules = all(main.prod, "Microsoft.Insights/scheduledQueryRules").filter(
    (rule) => !aboutSilence.includes(name(rule)),
  );
  const given = Object.entries(reasons).flatMap(([outcome, names]) =>
    names.map((reason) => ({ outcome, reason })),
  );

  it.each(given)(
    "notice requests that are $outcome for $reason, or leave it out on purpose",
    (it) => {
      const reason = it.reason as GuardReason;
      const guard = allRows[reason]?.by === "guard" ? { guard: { reason } } : {};
      const customEvents = times(100, (index) =>
        hook(it as GivenResult, { number: `+44770090${String(1000 + index)}`, ...guard }),
      );
      const fired = rules.filter((rule) => fires(rule, { customEvents })).map(name);
      expect(fired.length > 0).toBe(!withoutAlert.includes(reason));
    },
  );
});
