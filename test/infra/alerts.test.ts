// Tests what each alert watches, how often it runs and what its texts contain. alert-cases.test.ts
// tests when log alerts fire.
import { anchorsOf } from "../documents/markdown.ts";
import { alerts, minutesOf, name, severity } from "./alerts.ts";
import { all, at, list, main, one, type Resource, text, withAlerts } from "./snapshot.ts";

// Window and frequency in minutes. Severity 1 has 15 and 5 by default. Other severities have a
// window of at most an hour and run every 5 or 15 minutes.
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

/** File and anchor of an alert's runbook. */
function runbookOf(alert: Resource): string {
  return text(alert, "properties.description").split("/").at(-1) ?? "";
}

describe.each(withAlerts)("alerts (%s)", (environment) => {
  const snapshot = main[environment];
  const found = alerts(snapshot);
  const idOf = (type: string) => one(snapshot, type).id;

  it("every alert has a unique name", () => {
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
    "%s queries the right resource, fires on the first match and closes by itself",
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
      expect(wanted ? [wanted[0]] : [15, 30, 60]).toContain(window);
      expect(wanted ? [wanted[1]] : [5, 15]).toContain(pace);
      // Azure looks back two days at most.
      const back = looksBack ?? window;
      expect(back).toBeGreaterThanOrEqual(window ?? NaN);
      expect(back).toBeLessThanOrEqual(2 * 1440);
      const failingPeriods = { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 };
      expect(rule["properties"]).toMatchObject({
        enabled: true,
        scopes: [idOf(read)],
        // At the first deployment, the table that the query reads may not exist.
        autoMitigate: true,
        skipQueryValidation: true,
        criteria: { allOf: [{ failingPeriods }] },
      });
    },
  );

  it("every metric alert watches the right resource, and can be created before its metric has data", () => {
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
      // The alert fires if the availability test fails from two locations.
      criteria: { webTestId: test, componentId: insights, failedLocationCount: 2 },
    });
  });

  it("every activity log alert fires on one operation, and only if it succeeded", () => {
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
      // A new federated credential may let someone sign in as the app and read its secrets.
      "app-federated": `operationName ${identities}/federatedIdentityCredentials/write`,
      "diagnostics-changed": "operationName Microsoft.Insights/diagnosticSettings/write",
      "diagnostics-deleted": "operationName Microsoft.Insights/diagnosticSettings/delete",
    });
  });

  it("failure-anomalies is enabled and watches Application Insights", () => {
    const rule = one(snapshot, "microsoft.alertsManagement/smartDetectorAlertRules");
    expect(rule["properties"]).toMatchObject({
      state: "Enabled",
      detector: { id: "FailureAnomaliesDetector" },
      scope: [idOf("Microsoft.Insights/components")],
    });
  });
});

it("every alert links to a runbook, and every runbook has an alert", () => {
  const runbooks = ["runbooks.md", "runbooks-abuse.md"].flatMap((file) =>
    anchorsOf(`docs/${file}`)
      .filter((anchor) => anchor.startsWith("runbook-"))
      .map((anchor) => `${file}#${anchor}`),
  );
  const linked = withAlerts.flatMap((it) => alerts(main[it])).map(runbookOf);
  // No example has the alert service-health. variants.programs.test.ts compiles it.
  expect([...new Set([...linked, "runbooks.md#runbook-service-health"])].sort()).toEqual(
    runbooks.sort(),
  );
});
