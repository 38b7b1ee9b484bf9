import { name } from "../alerts.ts";
import { all, main, one, type Resource, withAlerts } from "../snapshot.ts";

/** Of an alert, all but its text, and what alert-criteria.test.ts says of it. */
function rest(alert: Resource, ...left: readonly string[]): unknown {
  const entries = Object.entries(alert["properties"] as object);
  return Object.fromEntries(entries.filter(([key]) => ![...left, "description", "severity"].includes(key)));
}

describe.each(withAlerts)("alerts (%s)", (environment) => {
  const snapshot = main[environment];
  const idOf = (type: string) => one(snapshot, type).id;
  const named = (type: string) =>
    all(snapshot, `Microsoft.Insights/${type}`).map((alert) => [name(alert), alert] as const);

  const own = ["displayName", "criteria", "actions", "windowSize", "evaluationFrequency", "overrideQueryTimeRange"];
  it.each(named("scheduledQueryRules"))("%s reads where its events are, and closes by itself", (alert, rule) => {
    const read = ["vault-denied", "secret-read", "daily-cap"].includes(alert)
      ? "Microsoft.OperationalInsights/workspaces"
      : "Microsoft.Insights/components";
    expect(rest(rule, ...own)).toEqual({
      // Nobody calls the stand-by before a failover.
      enabled: !(environment === "dr" && alert === "no-traffic"),
      scopes: [idOf(read)],
      autoMitigate: true,
      skipQueryValidation: true,
    });
  });

  const metrics = named("metricAlerts").filter(([alert]) => alert !== "health-red");
  it.each(metrics)("%s watches the resource that measures it, before it has measured anything", (alert, rule) => {
    const measured = alert.startsWith("vault-") ? idOf("Microsoft.KeyVault/vaults") : idOf("Microsoft.Web/sites");
    expect(rest(rule, "actions", "windowSize")).toEqual({
      enabled: true,
      scopes: [measured],
      autoMitigate: true,
      evaluationFrequency: "PT5M",
      criteria: {
        "odata.type": "Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria",
        allOf: [
          expect.objectContaining({ criterionType: "StaticThresholdCriterion", skipMetricValidation: true }) as unknown,
        ],
      },
    });
  });

  it("health-red looks every minute at what the probe found", () => {
    const [, rule] = named("metricAlerts").find(([alert]) => alert === "health-red") ?? [];
    expect(rule && rest(rule, "actions", "criteria", "windowSize")).toEqual({
      enabled: true,
      scopes: [idOf("Microsoft.Insights/webtests"), idOf("Microsoft.Insights/components")],
      autoMitigate: true,
      evaluationFrequency: "PT1M",
    });
  });

  it("failure-anomalies takes the place of the rule that Azure would add, and notifies our groups", () => {
    const rule = one(snapshot, "microsoft.alertsManagement/smartDetectorAlertRules");
    expect(rest(rule, "actionGroups")).toEqual({
      state: "Enabled",
      frequency: "PT1M",
      detector: { id: "FailureAnomaliesDetector" },
      scope: [idOf("Microsoft.Insights/components")],
    });
  });
});
