import { name, severity } from "./alerts.ts";
import { all, at, list, main, one, text, withAlerts } from "./snapshot.ts";

// How far back they look, so long after it was mended they close; how often; and how far their query goes where that is further.
// All other numbers are held by what alert-cases.test.ts sees fire and be quiet, and how bad each is by its runbook.
const waking =
  "codes-failing country-failing no-code-accepted malformed okta-fallback okta-gave-up key-rejected no-credit vault-unreachable";
const timings: Readonly<Record<string, string>> = {
  "PT15M PT5M": `codes-failing country-failing no-code-accepted hook-slow okta-gave-up unconfirmed unauthenticated refused-spike
    key-rejected no-credit vault-unreachable vault-denied secret-read internal-error`,
  "PT30M PT5M": "okta-fallback exceptions",
  "PT1H PT5M": "malformed one-number",
  "PT1H PT15M": "sender-refused delivery-falling omni-shield guard-refuses country-day telemetry-silent",
  "PT1H PT15M P2D": "feed-dead",
  "PT2H PT15M P2D": "receipts-missing",
  "PT2H PT1H": "secret-expiry",
  "PT4H PT15M P2D": "events-silent",
  "P1D PT1H": "daily-cap no-traffic",
};
// Severity, operator, threshold, window and frequency, with the metric and how it is added up.
const metricAlerts = (warmPool: number) => ({
  "cold-starts": [3, "GreaterThan", 100, "PT1H", "PT5M", "OnDemandFunctionExecutionCount", "Total"],
  "warm-pool": [2, "LessThan", warmPool, "PT15M", "PT5M", "AlwaysReadyUnits", "Total"],
  "vault-degraded": [2, "LessThan", 90, "PT15M", "PT5M", "Availability", "Average"],
});
// Severity and operations; of any kind where none is named.
const activityAlerts = {
  "vault-deleted": [1, "Microsoft.KeyVault/vaults/delete"],
  "roles-changed": [
    2,
    "Microsoft.Authorization/roleAssignments/write",
    "Microsoft.Authorization/roleAssignments/delete",
    // Whoever may sign in as the app reads what the app may read.
    "Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials/write",
  ],
  "diagnostics-changed": [
    2,
    "Microsoft.Insights/diagnosticSettings/write",
    "Microsoft.Insights/diagnosticSettings/delete",
  ],
};

describe.each(withAlerts)("alerts (%s)", (environment) => {
  const onLogs = all(main[environment], "Microsoft.Insights/scheduledQueryRules");

  it("on logs that wake somebody are these", () => {
    expect(onLogs.filter((alert) => severity(alert) <= 1).map(name)).toEqual(waking.split(" "));
  });

  it.each(onLogs.map((alert) => [name(alert), alert] as const))("%s looks so far back, and so often", (name, alert) => {
    const timing = ["windowSize", "evaluationFrequency", "overrideQueryTimeRange"].map((key) =>
      text(alert, `properties.${key}`),
    );
    const said = timings[timing.filter(Boolean).join(" ")] ?? "";
    expect(said.split(/\s+/)).toContain(name);
  });

  it.each(onLogs.map((alert) => [name(alert), alert] as const))("%s fires the first time it is true", (_, alert) => {
    expect(at(alert, "properties.criteria.allOf.0.failingPeriods")).toEqual({
      numberOfEvaluationPeriods: 1,
      minFailingPeriodsToAlert: 1,
    });
  });

  it("on metrics fire when they should, the warm pool's when a fifth of the memory is missing for a quarter of an hour", () => {
    const app = one(main[environment], "Microsoft.Web/sites");
    const scale = at(app, "properties.functionAppConfig.scaleAndConcurrency");
    const memory = Number(at(scale, "alwaysReady.0.instanceCount")) * Number(at(scale, "instanceMemoryMB"));
    const rules = all(main[environment], "Microsoft.Insights/metricAlerts")
      .filter((alert) => name(alert) !== "health-red")
      .map((alert) => {
        const criterion = at(alert, "properties.criteria.allOf.0");
        const timing = [at(alert, "properties.windowSize"), at(alert, "properties.evaluationFrequency")];
        const [operator, threshold, metric, sum] = ["operator", "threshold", "metricName", "timeAggregation"].map(
          (key) => at(criterion, key),
        );
        return [name(alert), [severity(alert), operator, threshold, ...timing, metric, sum]] as const;
      });
    expect(Object.fromEntries(rules)).toEqual(metricAlerts((memory * 900_000 * 4) / 5));
  });

  it("on health fire when two of the availability test's places see red", () => {
    const [alert] = all(main[environment], "Microsoft.Insights/metricAlerts").filter((it) => name(it) === "health-red");
    expect([at(alert, "properties.severity"), at(alert, "properties.windowSize")]).toEqual([1, "PT5M"]);
    expect(at(alert, "properties.criteria")).toEqual({
      "odata.type": "Microsoft.Azure.Monitor.WebtestLocationAvailabilityCriteria",
      webTestId: one(main[environment], "Microsoft.Insights/webtests").id,
      componentId: one(main[environment], "Microsoft.Insights/components").id,
      failedLocationCount: 2,
    });
  });

  it("on what is done in the resource group fire once it has succeeded", () => {
    const group = `/subscriptions/${"0".repeat(8)}-0000-0000-0000-${"0".repeat(12)}/resourceGroups/rg-okta8x8-${environment}`;
    const rules = all(main[environment], "Microsoft.Insights/activityLogAlerts")
      .filter((alert) => name(alert) !== "service-health")
      .map((alert) => {
        const [category, operations, status] = list(alert, "properties.condition.allOf");
        expect([category, status, at(alert, "properties.scopes")]).toEqual([
          { field: "category", equals: "Administrative" },
          { field: "status", equals: "Succeeded" },
          [group],
        ]);
        const all = list(operations, "anyOf").length > 0 ? list(operations, "anyOf") : [operations];
        expect(all.map((operation) => at(operation, "field"))).toEqual(all.map(() => "operationName"));
        return [name(alert), [severity(alert), ...all.map((operation) => at(operation, "equals"))]] as const;
      });
    expect(Object.fromEntries(rules)).toEqual(activityAlerts);
  });
});
