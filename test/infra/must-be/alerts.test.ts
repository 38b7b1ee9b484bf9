// All of an alert but its text, and whom it notifies. The other numbers of those on logs are held by what alert-cases.test.ts sees fire
// and be quiet, and how bad each of them is by its runbook.
import { name, severity } from "../alerts.ts";
import { all, main, one, type Resource, withAlerts } from "../snapshot.ts";
import { readable } from "./readable.ts";

const waking =
  "codes-failing country-failing no-code-accepted malformed okta-fallback okta-gave-up key-rejected no-credit vault-unreachable";
// How far back they look, so long after it was mended they close; how often; and how far their query goes where that is further.
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
// AlwaysReadyUnits counts MB-milliseconds of warm memory: four fifths of two instances of 2,048 MB in a quarter of an hour.
const warmPool = (2 * 2048 * 15 * 60_000 * 4) / 5;

describe.each(withAlerts)("alerts (%s)", (environment) => {
  const snapshot = main[environment];
  const idOf = (type: string) => one(snapshot, type).id;
  const onLogs = all(snapshot, "Microsoft.Insights/scheduledQueryRules");
  const rest = (alert: Resource, ...left: readonly string[]): unknown => {
    const entries = Object.entries(alert["properties"] as object);
    return Object.fromEntries(entries.filter(([key]) => !["description", "actions", ...left].includes(key)));
  };
  const found = (type: string) =>
    Object.fromEntries(all(snapshot, `Microsoft.Insights/${type}`).map((alert) => [name(alert), rest(alert)]));

  it("on logs that wake somebody are these", () => {
    expect(onLogs.filter((alert) => severity(alert) <= 1).map(name)).toEqual(waking.split(" "));
  });

  it.each(onLogs.map((rule) => [name(rule), rule] as const))(
    "%s reads where its events are, fires the first time it is true, and closes by itself",
    (alert, rule) => {
      const read = ["vault-denied", "secret-read", "daily-cap"].includes(alert)
        ? "Microsoft.OperationalInsights/workspaces"
        : "Microsoft.Insights/components";
      const [pace = ""] = Object.entries(timings).find(([, alerts]) => alerts.split(/\s+/).includes(alert)) ?? [];
      const [windowSize, evaluationFrequency, overrideQueryTimeRange = null] = pace.split(" ");
      const failingPeriods = { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 };
      expect(rest(rule, "displayName", "severity")).toEqual({
        // Nobody calls the stand-by before a failover.
        enabled: !(environment === "dr" && alert === "no-traffic"),
        scopes: [idOf(read)],
        ...{ windowSize, evaluationFrequency, overrideQueryTimeRange, autoMitigate: true, skipQueryValidation: true },
        criteria: { allOf: [expect.objectContaining({ failingPeriods }) as unknown] },
      });
    },
  );

  it("on metrics watch the resource that measures it, before it has measured anything", () => {
    const [app, vault] = [idOf("Microsoft.Web/sites"), idOf("Microsoft.KeyVault/vaults")];
    const [test, insights] = [idOf("Microsoft.Insights/webtests"), idOf("Microsoft.Insights/components")];
    const always = { enabled: true, autoMitigate: true, evaluationFrequency: "PT5M" };
    const criteria = (metricName: string, operator: string, threshold: number, timeAggregation: string) => ({
      "odata.type": "Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria",
      allOf: [
        {
          ...{ criterionType: "StaticThresholdCriterion", name: metricName, metricName, operator, threshold },
          ...{ timeAggregation, skipMetricValidation: true },
        },
      ],
    });
    expect(found("metricAlerts")).toEqual({
      "cold-starts": {
        ...{ ...always, severity: 3, scopes: [app], windowSize: "PT1H" },
        criteria: criteria("OnDemandFunctionExecutionCount", "GreaterThan", 100, "Total"),
      },
      "warm-pool": {
        ...{ ...always, severity: 2, scopes: [app], windowSize: "PT15M" },
        criteria: criteria("AlwaysReadyUnits", "LessThan", warmPool, "Total"),
      },
      "vault-degraded": {
        ...{ ...always, severity: 2, scopes: [vault], windowSize: "PT15M" },
        criteria: criteria("Availability", "LessThan", 90, "Average"),
      },
      // Two of the availability test's places see red.
      "health-red": {
        ...{ ...always, severity: 1, scopes: [test, insights], windowSize: "PT5M", evaluationFrequency: "PT1M" },
        criteria: {
          "odata.type": "Microsoft.Azure.Monitor.WebtestLocationAvailabilityCriteria",
          ...{ webTestId: test, componentId: insights, failedLocationCount: 2 },
        },
      },
    });
  });

  it("on what is done in the resource group fire once it has succeeded", () => {
    const equals = (field: string, value: string) => ({ field, equals: value });
    const done = (...operations: readonly string[]) => {
      const [one, ...more] = operations.map((operation) => equals("operationName", operation));
      const which = more.length === 0 ? one : { anyOf: [one, ...more] };
      const condition = { allOf: [equals("category", "Administrative"), which, equals("status", "Succeeded")] };
      return { enabled: true, scopes: [`rg-okta8x8-${environment}`], condition };
    };
    expect(readable(found("activityLogAlerts"))).toEqual({
      "vault-deleted": done("Microsoft.KeyVault/vaults/delete"),
      "roles-changed": done(
        "Microsoft.Authorization/roleAssignments/write",
        "Microsoft.Authorization/roleAssignments/delete",
        // Whoever may sign in as the app reads what the app may read.
        "Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials/write",
      ),
      "diagnostics-changed": done(
        "Microsoft.Insights/diagnosticSettings/write",
        "Microsoft.Insights/diagnosticSettings/delete",
      ),
    });
  });

  it("failure-anomalies takes the place of the rule that Azure would add, and notifies our groups", () => {
    expect(
      rest(one(snapshot, "microsoft.alertsManagement/smartDetectorAlertRules"), "actionGroups", "severity"),
    ).toEqual({
      state: "Enabled",
      frequency: "PT1M",
      detector: { id: "FailureAnomaliesDetector" },
      scope: [idOf("Microsoft.Insights/components")],
    });
  });
});
