import { name, severity } from "./alerts.ts";
import { all, at, environments, main, one } from "./snapshot.ts";

// severity, operator, threshold, window, frequency
const logAlerts = {
  "codes-failing": [1, "GreaterThan", 5, "PT15M", "PT5M"],
  "hook-slow": [2, "GreaterThan", 2000, "PT15M", "PT5M"],
  "okta-gave-up": [1, "GreaterThan", 2, "PT15M", "PT5M"],
  unconfirmed: [2, "GreaterThan", 2, "PT15M", "PT5M"],
  unauthenticated: [2, "GreaterThan", 20, "PT15M", "PT5M"],
  "refused-spike": [2, "GreaterThan", 20, "PT15M", "PT5M"],
  "one-number": [3, "GreaterThan", 0, "PT1H", "PT5M"],
  "key-rejected": [1, "GreaterThan", 0, "PT15M", "PT5M"],
  "vault-unreachable": [1, "GreaterThan", 0, "PT15M", "PT5M"],
  "vault-denied": [2, "GreaterThan", 5, "PT15M", "PT5M"],
  exceptions: [2, "GreaterThan", 0, "PT15M", "PT5M"],
  "no-traffic": [3, "GreaterThan", 0, "P1D", "PT1H"],
  "secret-expiry": [2, "GreaterThan", 0, "PT2H", "PT1H"],
};
// The same, with the metric and how it is added up.
const metricAlerts = (warmPool: number) => ({
  "cold-starts": [3, "GreaterThan", 0, "PT5M", "PT5M", "OnDemandFunctionExecutionCount", "Total"],
  "warm-pool": [2, "LessThan", warmPool, "PT5M", "PT5M", "AlwaysReadyUnits", "Total"],
  "vault-degraded": [2, "LessThan", 90, "PT15M", "PT5M", "Availability", "Average"],
});
const activityAlerts = { "vault-deleted": 1, "service-health": 2 };

describe.each(environments)("alerts (%s)", (environment) => {
  it("on logs fire when they should", () => {
    const rules = all(main[environment], "Microsoft.Insights/scheduledQueryRules").map((alert) => {
      const criterion = at(alert, "properties.criteria.allOf.0");
      const timing = [at(alert, "properties.windowSize"), at(alert, "properties.evaluationFrequency")];
      expect(at(criterion, "failingPeriods")).toEqual({ numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 });
      return [
        name(alert),
        [severity(alert), at(criterion, "operator"), at(criterion, "threshold"), ...timing],
      ] as const;
    });
    expect(Object.fromEntries(rules)).toEqual(logAlerts);
  });

  it("on metrics fire when they should, the warm pool's when a fifth of the memory is missing", () => {
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
    expect(Object.fromEntries(rules)).toEqual(metricAlerts((memory * 300_000 * 4) / 5));
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

  it("on what Azure does are as bad as they are", () => {
    const rules = all(main[environment], "Microsoft.Insights/activityLogAlerts").map((it) => [name(it), severity(it)]);
    expect(activityAlerts).toMatchObject(Object.fromEntries(rules) as Record<string, number>);
  });
});
