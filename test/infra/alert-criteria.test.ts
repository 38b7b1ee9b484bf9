import { name, severity } from "./alerts.ts";
import { all, at, environments, list, main, one } from "./snapshot.ts";

// severity, operator, threshold, window, frequency, and how far back the query looks where that is further
const logAlerts = {
  "codes-failing": [1, "GreaterThan", 5, "PT15M", "PT5M"],
  "country-failing": [1, "GreaterThan", 50, "PT15M", "PT5M"],
  "no-code-accepted": [1, "GreaterThan", 2, "PT15M", "PT5M"],
  malformed: [1, "GreaterThan", 2, "PT1H", "PT5M"],
  "okta-fallback": [1, "GreaterThan", 5, "PT30M", "PT5M"],
  "delivery-falling": [2, "GreaterThan", 50, "PT1H", "PT15M"],
  "receipts-missing": [2, "GreaterThan", 50, "PT2H", "PT15M", "P2D"],
  "omni-shield": [2, "GreaterThan", 0, "PT1H", "PT15M"],
  "events-silent": [2, "GreaterThan", 10, "PT4H", "PT15M", "P2D"],
  "hook-slow": [2, "GreaterThan", 80, "PT15M", "PT5M"],
  "okta-gave-up": [1, "GreaterThan", 2, "PT15M", "PT5M"],
  unconfirmed: [2, "GreaterThan", 2, "PT15M", "PT5M"],
  unauthenticated: [2, "GreaterThan", 20, "PT15M", "PT5M"],
  "refused-spike": [2, "GreaterThan", 20, "PT15M", "PT5M"],
  "one-number": [3, "GreaterThan", 10, "PT1H", "PT5M"],
  "guard-refuses": [2, "GreaterThan", 2, "PT1H", "PT15M"],
  "feed-dead": [2, "GreaterThan", 40, "PT1H", "PT15M", "P2D"],
  "key-rejected": [1, "GreaterThan", 0, "PT15M", "PT5M"],
  "vault-unreachable": [1, "GreaterThan", 0, "PT15M", "PT5M"],
  "vault-denied": [2, "GreaterThan", 5, "PT15M", "PT5M"],
  "secret-read": [2, "GreaterThan", 0, "PT15M", "PT5M"],
  "internal-error": [2, "GreaterThan", 0, "PT15M", "PT5M"],
  exceptions: [2, "GreaterThan", 3, "PT30M", "PT5M"],
  "telemetry-silent": [2, "GreaterThan", 20, "PT1H", "PT15M"],
  "daily-cap": [2, "GreaterThan", 80, "P1D", "PT1H"],
  "no-traffic": [3, "LessThan", 1, "P1D", "PT1H"],
  "secret-expiry": [2, "LessThan", 30, "PT2H", "PT1H"],
};
// The same, with the metric and how it is added up.
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

describe.each(environments)("alerts (%s)", (environment) => {
  it("on logs fire when they should", () => {
    const rules = all(main[environment], "Microsoft.Insights/scheduledQueryRules").map((alert) => {
      const criterion = at(alert, "properties.criteria.allOf.0");
      const looksBack = at(alert, "properties.overrideQueryTimeRange");
      const timing = [at(alert, "properties.windowSize"), at(alert, "properties.evaluationFrequency")];
      if (typeof looksBack === "string") timing.push(looksBack);
      expect(at(criterion, "failingPeriods")).toEqual({ numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 });
      return [
        name(alert),
        [severity(alert), at(criterion, "operator"), at(criterion, "threshold"), ...timing],
      ] as const;
    });
    expect(Object.fromEntries(rules)).toEqual(logAlerts);
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
