/** @jest-environment <rootDir>/test/infra/kusto-environment.ts */
import { reasons as rowOf, type GuardReason, type ReasonRow } from "../../src/rules/reasons.ts";
import type { GivenResult } from "../okta/hook-result.ts";
import { reasons } from "../reasons.ts";
import { casesOf } from "./alert-cases.ts";
import { minutesOf, name } from "./alerts.ts";
import { runQuery, type Tables } from "./kql-run.ts";
import type { Row } from "./kql-run.ts";
import { minutesAgo, now, times } from "./samples/clock.ts";
import { anotherEvent, hook } from "./samples/hooks.ts";
import { all, at, list, main, one, type Resource, text } from "./snapshot.ts";

const allRows: Readonly<Record<string, ReasonRow>> = rowOf;

/** These alerts fire if events are missing. Tests with renamed events leave these alerts out. */
const aboutSilence = ["no-traffic", "telemetry-silent"];

/** Evaluates a rule as Azure does. Azure sends one message for each row of the result. */
function messages(rule: Resource, tables: Tables): readonly Row[] {
  const criterion = at(rule, "properties.criteria.allOf.0");
  const minutes = minutesOf(
    at(rule, "properties.overrideQueryTimeRange") ?? at(rule, "properties.windowSize"),
  );
  const inWindow = ({ timestamp, TimeGenerated = timestamp }: Row) =>
    (TimeGenerated as Date) > minutesAgo(minutes ?? 0);
  const seen = Object.entries(tables).map(
    ([table, rows]) => [table, rows.filter(inWindow)] as const,
  );
  const shown = list(criterion, "dimensions").map((it) => text(it, "name"));
  return runQuery(text(criterion, "query"), Object.fromEntries(seen), now).map((row) =>
    Object.fromEntries(shown.map((column) => [column, row[column] ?? null])),
  );
}

// The stand-by has the same rules, as examples.programs.test.ts checks.
const rules = all(main.prod, "Microsoft.Insights/scheduledQueryRules");
const workspace = one(main.prod, "Microsoft.OperationalInsights/workspaces");
const capGb = Number(at(workspace, "properties.workspaceCapping.dailyQuotaGb"));
const [appIdentity = ""] = Object.keys(
  at(one(main.prod, "Microsoft.Web/sites"), "identity.userAssignedIdentities") as object,
);
const vault = one(main.prod, "Microsoft.KeyVault/vaults").id;
const alertCases = casesOf((percent) => capGb * 10 * percent, { vault, appIdentity });

it("every log alert has cases in which it fires and cases in which it stays quiet", () => {
  expect(Object.keys(alertCases).sort()).toEqual(rules.map(name).sort());
  for (const cases of Object.values(alertCases))
    expect([Object.keys(cases.fires).length, Object.keys(cases.quiet).length]).not.toContain(0);
});

describe.each(rules.map((rule) => [name(rule), rule] as const))("%s", (alert, rule) => {
  const cases = alertCases[alert] ?? { fires: {}, quiet: {} };

  it.each(Object.entries(cases.fires))(
    `${alert} fires and names the cause if %s`,
    (_, { tables, messages: expected }) => {
      const sent = messages(rule, tables);
      expect(sent).toHaveLength(expected.length);
      expect(sent).toEqual(expect.arrayContaining([...expected]));
    },
  );

  it.each(Object.entries(cases.quiet))(`${alert} stays quiet if %s`, (_, tables) => {
    expect(messages(rule, tables)).toEqual([]);
  });
});

const others = rules.filter((rule) => !aboutSilence.includes(name(rule)));

it.each(others.map((rule) => [name(rule), rule] as const))(
  "%s ignores events with another name",
  (alert, rule) => {
    for (const { tables } of Object.values(alertCases[alert]?.fires ?? {})) {
      const customEvents = tables["customEvents"]?.map(anotherEvent) ?? [];
      expect(messages(rule, { customEvents })).toEqual([]);
    }
  },
);

describe("log alerts together", () => {
  // Settings or a user's own phone number cause these refusals, so no alert has to report them.
  const withoutAlert = [
    "number-with-extension",
    "national-number-without-default-country",
    "expired-code",
    "voice-off",
  ];
  const given = Object.entries(reasons).flatMap(([outcome, names]) =>
    names.map((reason) => ({ outcome, reason })),
  );

  const isExpected = ({ reason }: { readonly reason: string }) => !withoutAlert.includes(reason);

  function firedFor(result: (typeof given)[number]): readonly string[] {
    const reason = result.reason as GuardReason;
    const guard = allRows[reason]?.by === "guard" ? { guard: { reason } } : {};
    const customEvents = times(50, (index) =>
      hook(result as GivenResult, {
        number: `+44770090${String(1000 + index)}`,
        minutes: index / 3,
        ...guard,
      }),
    );
    return others.filter((rule) => messages(rule, { customEvents }).length > 0).map(name);
  }

  it.each(given.filter(isExpected))(
    "at least one alert fires for 50 requests that are $outcome because of $reason",
    (result) => {
      expect(firedFor(result)).not.toEqual([]);
    },
  );

  it.each(given.filter((result) => !isExpected(result)))(
    "no alert fires for 50 requests that are $outcome because of $reason",
    (result) => {
      expect(firedFor(result)).toEqual([]);
    },
  );
});
