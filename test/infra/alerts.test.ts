// Of each alert what it watches, how often, and what it tells whom it wakes. When those on logs
// fire: alert-cases.test.ts.
import { anchorsOf } from "../documents/markdown.ts";
import { alerts, minutesOf, name, severity } from "./alerts.ts";
import { all, at, list, main, one, type Resource, text, withAlerts } from "./snapshot.ts";

// What wakes somebody looks at the last 15 minutes every 5, what does not at an hour at most, each
// 15. Of the others, these two numbers. An alert closes so long after it was mended.
const paces: Readonly<Record<string, readonly [number, number]>> = {
  "okta-fallback": [30, 5],
  malformed: [60, 5],
  "receipts-missing": [120, 15],
  "secret-expiry": [120, 60],
  "events-silent": [240, 15],
  "daily-cap": [1440, 60],
  "no-traffic": [1440, 60],
};
// AlwaysReadyUnits counts MB-milliseconds of warm memory: four fifths of two instances of 2,048 MB
// in a quarter of an hour.
const warmPool = (2 * 2048 * 15 * 60_000 * 4) / 5;

/** Its document, and its anchor there. */
function runbookOf(alert: Resource): string {
  return text(alert, "properties.description").split("/").at(-1) ?? "";
}

describe.each(withAlerts)("alerts (%s)", (environment) => {
  const snapshot = main[environment];
  const found = alerts(snapshot);
  const idOf = (type: string) => one(snapshot, type).id;

  it("are none twice", () => {
    expect(found.map(name)).toEqual([...new Set(found.map(name))]);
  });

  it.each(found.map((alert) => [name(alert), alert] as const))(
    "%s says how bad it is and what to do first",
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
    "%s reads where its events are, fires the first time it is true, and closes by itself",
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
        // Nobody calls the stand-by before a failover.
        enabled: !(environment === "dr" && alert === "no-traffic"),
        scopes: [idOf(read)],
        // Its table may not be there yet.
        autoMitigate: true,
        skipQueryValidation: true,
        criteria: { allOf: [{ failingPeriods }] },
      });
    },
  );

  it("on metrics watch the resource that measures it, before it has measured anything", () => {
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
      // Two of the availability test's places see red.
      criteria: { webTestId: test, componentId: insights, failedLocationCount: 2 },
    });
  });

  it("on what is done in the resource group fire once it has succeeded", () => {
    const operationOf = (rule: Resource) => {
      // Azure takes no anyOf here.
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
      // Whoever may sign in as the app reads what the app may read.
      "app-federated": `operationName ${identities}/federatedIdentityCredentials/write`,
      "diagnostics-changed": "operationName Microsoft.Insights/diagnosticSettings/write",
      "diagnostics-deleted": "operationName Microsoft.Insights/diagnosticSettings/delete",
    });
  });

  it("failure-anomalies takes the place of the rule that Azure would add", () => {
    const rule = one(snapshot, "microsoft.alertsManagement/smartDetectorAlertRules");
    expect(rule["properties"]).toMatchObject({
      state: "Enabled",
      detector: { id: "FailureAnomaliesDetector" },
      scope: [idOf("Microsoft.Insights/components")],
    });
  });
});

it("every alert has its runbook in its document, and every runbook its alerts", () => {
  const runbooks = ["runbooks.md", "runbooks-abuse.md"].flatMap((file) =>
    anchorsOf(`docs/${file}`)
      .filter((anchor) => anchor.startsWith("runbook-"))
      .map((anchor) => `${file}#${anchor}`),
  );
  const linked = withAlerts.flatMap((it) => alerts(main[it])).map(runbookOf);
  // Service health is compiled in variants.test.ts.
  expect([...new Set([...linked, "runbooks.md#runbook-service-health"])].sort()).toEqual(
    runbooks.sort(),
  );
});

it("in development there is no alert, nobody to notify, and nothing is probed", () => {
  const types = ["actionGroups", "webtests"].flatMap((type) =>
    all(main.dev, `Microsoft.Insights/${type}`),
  );
  expect([...alerts(main.dev), ...types]).toEqual([]);
});
