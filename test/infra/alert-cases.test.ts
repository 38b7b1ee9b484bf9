/** @jest-environment <rootDir>/test/infra/kusto-environment.ts */
// Evaluates every log alert as Azure does: the alert's query reads the telemetry of its window, and
// the result is compared with the threshold.
import { reasons as rowOf, type GuardReason, type ReasonRow } from "../../src/rules/reasons.ts";
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

/**
 * These alerts fire if the app sends no event for a request. Some of their cases contain only other
 * events.
 */
const aboutSilence = ["no-traffic", "telemetry-silent"];

/** Cache of results by rule and telemetry, because most rules are the same in every environment. */
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

/**
 * Value to compare with the threshold. If no row has a value, it is undefined and the alert does
 * not fire.
 */
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

  it("every log alert has cases in which it fires and cases in which it stays quiet", () => {
    expect(Object.keys(alertCases).sort()).toEqual(rules.map(name).sort());
    for (const cases of Object.values(alertCases))
      expect([Object.keys(cases.fires).length, Object.keys(cases.quiet).length]).not.toContain(0);
  });

  describe.each(rules.map((rule) => [name(rule), rule] as const))("%s", (alert, rule) => {
    const cases = alertCases[alert] ?? { fires: {}, quiet: {} };

    it.each(Object.entries(cases.fires))(`${alert} fires if %s`, (_, tables) => {
      expect(fires(rule, tables)).toBe(true);
    });

    it.each(Object.entries(cases.quiet))(`${alert} stays quiet if %s`, (_, tables) => {
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

  it.each(onEvents)(
    "the alert %s does not fire if events have another name, in the case: %s",
    (_, __, rule, tables) => {
      const customEvents = tables["customEvents"]?.map(anotherEvent) ?? [];
      expect(fires(rule, { ...tables, customEvents })).toBe(false);
    },
  );
});

describe("log alerts of prod together", () => {
  // Settings or a user's own phone number cause these refusals, so no alert has to report them.
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

  const isExpected = ({ reason }: { readonly reason: string }) => !withoutAlert.includes(reason);

  /** Names of the alerts that fire for 100 requests with this result. */
  function firedFor(result: (typeof given)[number]): readonly string[] {
    const reason = result.reason as GuardReason;
    const guard = allRows[reason]?.by === "guard" ? { guard: { reason } } : {};
    const customEvents = times(100, (index) =>
      hook(result as GivenResult, { number: `+44770090${String(1000 + index)}`, ...guard }),
    );
    return rules.filter((rule) => fires(rule, { customEvents })).map(name);
  }

  it.each(given.filter(isExpected))(
    "at least one alert fires for 100 requests that are $outcome because of $reason",
    (result) => {
      expect(firedFor(result)).not.toEqual([]);
    },
  );

  it.each(given.filter((result) => !isExpected(result)))(
    "no alert fires for 100 requests that are $outcome because of $reason",
    (result) => {
      expect(firedFor(result)).toEqual([]);
    },
  );
});
