import { anchorsOf, read } from "../documents/markdown.ts";
import { alerts, minutesOf, name, severity } from "./alerts.ts";
import { all, at, bootstrap, main, one, type Resource, text } from "./snapshot.ts";

const found = alerts(main.prod).filter((alert) => name(alert) !== "failure-anomalies");
const idOf = (type: string) => one(main.prod, type).id;
const named = (rules: readonly Resource[]) => rules.map((rule) => [name(rule), rule] as const);
const onLogs = all(main.prod, "Microsoft.Insights/scheduledQueryRules");

it.each(named(found))("%s has a severity, a first step and a runbook of its own", (alert, rule) => {
  expect([1, 2, 3]).toContain(severity(rule));
  const [first = "", runbook] = text(rule, "properties.description").split(" Runbook: ");
  expect(first.length).toBeGreaterThan(40);
  expect(runbook).toMatch(new RegExp(`^https://.*/docs/runbooks\\.md#runbook-${alert}$`));
});

it("every alert has one runbook, and every runbook has an alert", () => {
  const runbooks = anchorsOf("docs/runbooks.md").filter((anchor) => anchor.startsWith("runbook-"));
  // No example has the alert `service-health`, so `variants.programs.test.ts` compiles it.
  const wanted = [...new Set([...found.map(name), "service-health"])];
  expect(runbooks.toSorted()).toEqual(wanted.map((it) => `runbook-${it}`).sort());
});

it.each(named(onLogs))(
  "%s queries the right resource, in a window that includes late rows",
  (alert, rule) => {
    const read = ["vault-failing", "secret-read", "daily-cap"].includes(alert)
      ? "Microsoft.OperationalInsights/workspaces"
      : "Microsoft.Insights/components";
    const [window = NaN, pace, looksBack = window] = [
      "windowSize",
      "evaluationFrequency",
      "overrideQueryTimeRange",
    ].map((key) => minutesOf(at(rule, `properties.${key}`)));
    expect(severity(rule) === 1 ? [5] : [15, 60]).toContain(pace);
    // If the window is longer than the pace, the next run sees rows that arrive late.
    expect(window).toBeGreaterThan(pace ?? NaN);
    // Azure lets a log alert look back two days at most.
    expect(looksBack).toBeGreaterThanOrEqual(window);
    expect(looksBack).toBeLessThanOrEqual(2 * 1440);
    expect(rule).toMatchObject({ properties: { scopes: [idOf(read)] } });
  },
);

it("the command in operate.md deletes all alerts of the app and nothing else", () => {
  const [, query = "", kept = ""] =
    /^## Fewer alerts$[^]*?--query "([^"]*)" \|\n  grep -v '([^']*)'/m.exec(
      read("docs/operate.md"),
    ) ?? [];
  const deleted = [...query.matchAll(/starts_with\(name, '([^']+)'\)/g)];
  const isDeleted = ({ name: its }: Resource) =>
    deleted.some(([, prefix = ""]) => its.startsWith(prefix)) && !`/${its}`.includes(kept);
  const isAlert = ({ type }: Resource) =>
    /(?:QueryRules|metricAlerts|activityLogAlerts|actionGroups|webtests|AlertRules)$/.test(type);
  expect(main.prod.predictedResources.filter(isDeleted)).toEqual(
    main.prod.predictedResources.filter(isAlert),
  );
  // The bootstrap's alerts may be in the same resource group.
  expect(bootstrap.prod.predictedResources.some(isAlert)).toBe(true);
  expect(bootstrap.prod.predictedResources.filter(isDeleted)).toEqual([]);
});
