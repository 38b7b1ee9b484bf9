// What each alert watches, how often, and its texts. alert-cases.test.ts has when log alerts fire.
import { anchorsOf } from "../documents/markdown.ts";
import { alerts, minutesOf, name, severity } from "./alerts.ts";
import { all, at, list, main, one, type Resource, text, withAlerts } from "./snapshot.ts";

// By default, alerts of severity 0 and 1 run every 5 minutes over 15, others every 15 over at most
// an hour. These differ: window and frequency.
const paces: Readonly<Record<string, readonly [number, number]>> = {
  "okta-fallback": [30, 5],
  malformed: [60, 5],
  "receipts-missing": [120, 15],
  "secret-expiry": [120, 60],
  "events-silent": [240, 15],
  "daily-cap": [1440, 60],
  "no-traffic": [1440, 60],
};
// AlwaysReadyUnits counts MB-milliseconds of warm memory: 80 % of two instances of 2,048 MB for 15
// minutes.
const warmPool = (2 * 2048 * 15 * 60_000 * 4) / 5;

/** File and anchor of the runbook. */
function runbookOf(alert: Resource): string {
  return text(alert, "properties.description").split("/").at(-1) ?? "";
}

describe.each(withAlerts)("alerts (%s)", (environment) => {
  const snapshot = main[environment];
  const found = alerts(snapshot);
  const idOf = (type: string) => one(snapshot, type).id;

  it("have unique names", () => {
    expect(found.map(name)).toEqual([...new Set(found.map(name))]);
  });

  it.each(found.map((alert) => [name(alert), alert] as const))(
    "%s has a severity, a first step and a runbook",
    (_, alert) => {
      expect([1, 2, 3]).toContain(severity(alert));
      const [first = "", runbook] = text(alert, "properties.description").split(" Runbook: ");
      expect(first.length).toBeGreaterThan(40);
      expect(runbook).toMatch(/^https:\/\/.*\/docs\/runbooks(-abuse)?\.md#runbook-[a-z-]+$/);
    },
  );

  it.each(
    all(snapshot, "Microsoft.Insights/scheduledQueryRules").map(
      (rule) => [name(rule), rule] as const,
    ),
  )(
    "%s queries the resource with its events, fires on the first match, and closes by itself",
    (alert, rule) => {
      const read = ["vault-denied", "secret-read", "daily-cap"].includes(alert)
        ? "Microsoft.OperationalInsights/workspaces"
        : "Microsoft.Insights/components";
      const [window, pace, looksBack] = [
        "windowSize",
        "evaluationFrequency",
        "overrideQueryTimeRange",
      ].map((key) => minutesOf(at(rule, `properties.${key}`)));
      const wanted = paces[alert] ?? (severity(rule) <= 1 ? [15, 5] : undefined);
      if (wanted !== undefined) expect([window, pace]).toEqual(wanted);
      else
        expect([[15, 30, 60].includes(window ?? NaN), [5, 15].includes(pace ?? NaN)]).toEqual([
          true,
          true,
        ]);
      // Azure looks back two days at most.
      if (looksBack !== undefined)
        expect([looksBack >= (window ?? NaN), looksBack <= 2 * 1440]).toEqual([true, true]);
      const failingPeriods = { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 };
      expect(rule["properties"]).toMatchObject({
        // The stand-by gets no requests before a failover.
        enabled: !(environment === "dr" && alert === "no-traffic"),
        scopes: [idOf(read)],
        // The table may not exist yet.
        autoMitigate: true,
        skipQueryValidation: true,
        criteria: { allOf: [{ failingPeriods }] },
      });
    },
  );

  it("on metrics watch the right resource, even before it has data", () => {
    const rules = all(snapshot, "Microsoft.Insights/metricAlerts");
    for (const rule of rules)
      expect(rule["properties"]).toMatchObject({ enabled: true, autoMitigate: true });
    const [onHealth, ...others] = rules.toSorted(
      (a, b) => Number(name(b) === "health-red") - Number(name(a) === "health-red"),
    );
    const [app, vault] = [idOf("Microsoft.Web/sites"), idOf("Microsoft.KeyVault/vaults")];
    const said = others.map(({ properties }) => {
      const [criterion] = list(properties, "criteria.allOf");
      expect(at(criterion, "skipMetricValidation")).toBe(true);
      const condition = ["metricName", "timeAggregation", "operator", "threshold"].map((key) =>
        at(criterion, key),
      );
      return [...list(properties, "scopes"), at(properties, "windowSize"), condition.join(" ")];
    });
    expect(Object.fromEntries(others.map((rule, i) => [name(rule), said[i]]))).toEqual({
      "cold-starts": [app, "PT1H", "OnDemandFunctionExecutionCount Total GreaterThan 100"],
      "warm-pool": [app, "PT15M", `AlwaysReadyUnits Total LessThan ${warmPool}`],
      "vault-degraded": [vault, "PT15M", "Availability Average LessThan 90"],
    });
    const [test, insights] = [
      idOf("Microsoft.Insights/webtests"),
      idOf("Microsoft.Insights/components"),
    ];
    expect(onHealth?.["properties"]).toMatchObject({
      scopes: [test, insights],
      windowSize: "PT5M",
      evaluationFrequency: "PT1M",
      // Two locations of the availability test fail.
      criteria: { webTestId: test, componentId: insights, failedLocationCount: 2 },
    });
  });

  it("on the activity log fire on operations that succeeded", () => {
    const operationOf = (rule: Resource) => {
      // Azure accepts no anyOf here.
      const [category, which, status, ...more] = list(rule, "properties.condition.allOf");
      expect([category, status, more]).toEqual([
        { field: "category", equals: "Administrative" },
        { field: "status", equals: "Succeeded" },
        [],
      ]);
      return `${text(which, "field")} ${text(which, "equals")}`;
    };
    const rules = all(snapshot, "Microsoft.Insights/activityLogAlerts");
    for (const rule of rules)
      expect(rule["properties"]).toMatchObject({
        enabled: true,
        scopes: [expect.stringMatching(`/resourceGroups/rg-okta8x8-${environment}$`)],
      });
    const identities = "Microsoft.ManagedIdentity/userAssignedIdentities";
    expect(Object.fromEntries(rules.map((rule) => [name(rule), operationOf(rule)]))).toEqual({
      "vault-deleted": "operationName Microsoft.KeyVault/vaults/delete",
      "role-given": "operationName Microsoft.Authorization/roleAssignments/write",
      "role-taken": "operationName Microsoft.Authorization/roleAssignments/delete",
      // Anyone who can sign in as the app can read what it reads.
      "app-federated": `operationName ${identities}/federatedIdentityCredentials/write`,
      "diagnostics-changed": "operationName Microsoft.Insights/diagnosticSettings/write",
      "diagnostics-deleted": "operationName Microsoft.Insights/diagnosticSettings/delete",
    });
  });

  it("failure-anomalies replaces the rule that Azure would add", () => {
    const rule = one(snapshot, "microsoft.alertsManagement/smartDetectorAlertRules");
    expect(rule["properties"]).toMatchObject({
      state: "Enabled",
      detector: { id: "FailureAnomaliesDetector" },
      scope: [idOf("Microsoft.Insights/components")],
    });
  });
});

it("every alert has its runbook, and every runbook has an alert", () => {
  const runbooks = ["runbooks.md", "runbooks-abuse.md"].flatMap((file) =>
    anchorsOf(`docs/${file}`)
      .filter((anchor) => anchor.startsWith("runbook-"))
      .map((anchor) => `${file}#${anchor}`),
  );
  const linked = withAlerts.flatMap((it) => alerts(main[it])).map(runbookOf);
  // variants.test.ts compiles service health.
  expect([...new Set([...linked, "runbooks.md#runbook-service-health"])].sort()).toEqual(
    runbooks.sort(),
  );
});

it("development has no alerts, no action groups and no availability test", () => {
  const types = ["actionGroups", "webtests"].flatMap((type) =>
    all(main.dev, `Microsoft.Insights/${type}`),
  );
  expect([...alerts(main.dev), ...types]).toEqual([]);
});
