// Tests what each alert watches, how often it runs and what its texts contain. alert-cases.test.ts
// tests when log alerts fire.
import { anchorsOf } from "../documents/markdown.ts";
import { alerts, minutesOf, name, severity } from "./alerts.ts";
import { all, at, list, main, one, type Resource, text } from "./snapshot.ts";

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
  // No example has the alert service-health. variants.programs.test.ts compiles it.
  const wanted = [...new Set([...found.map(name), "service-health"])];
  expect(runbooks.toSorted()).toEqual(wanted.map((it) => `runbook-${it}`).sort());
});

it.each(named(onLogs))(
  "%s queries the right resource, fires on the first row and closes by itself",
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
    // A window that is longer than the pace still covers rows that arrive late.
    expect(window).toBeGreaterThan(pace ?? NaN);
    // Azure looks back two days at most.
    expect(looksBack).toBeGreaterThanOrEqual(window);
    expect(looksBack).toBeLessThanOrEqual(2 * 1440);
    const failingPeriods = { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 };
    expect(rule["properties"]).toMatchObject({
      enabled: true,
      scopes: [idOf(read)],
      // At the first deployment, the table that the query reads may not exist.
      autoMitigate: true,
      skipQueryValidation: true,
      criteria: {
        allOf: [
          { timeAggregation: "Count", operator: "GreaterThan", threshold: 0, failingPeriods },
        ],
      },
    });
  },
);

it("health-red fires if the availability test fails from two locations", () => {
  const [test, insights] = [
    idOf("Microsoft.Insights/webtests"),
    idOf("Microsoft.Insights/components"),
  ];
  expect(one(main.prod, "Microsoft.Insights/metricAlerts")["properties"]).toMatchObject({
    enabled: true,
    autoMitigate: true,
    scopes: [test, insights],
    windowSize: "PT5M",
    evaluationFrequency: "PT1M",
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
  const rules = all(main.prod, "Microsoft.Insights/activityLogAlerts");
  for (const rule of rules)
    expect(rule["properties"]).toMatchObject({
      enabled: true,
      scopes: [expect.stringMatching(/\/resourceGroups\/rg-okta8x8-prod$/)],
    });
  const identities = "Microsoft.ManagedIdentity/userAssignedIdentities";
  expect(rules.map((rule) => `${name(rule)}: ${operationOf(rule)}`)).toEqual([
    "vault-deleted: operationName Microsoft.KeyVault/vaults/delete",
    "access-changed: operationName Microsoft.Authorization/roleAssignments/write",
    "access-changed: operationName Microsoft.Authorization/roleAssignments/delete",
    // A new federated credential may let someone sign in as the app and read its secrets.
    `access-changed: operationName ${identities}/federatedIdentityCredentials/write`,
    "access-changed: operationName Microsoft.Insights/diagnosticSettings/write",
    "access-changed: operationName Microsoft.Insights/diagnosticSettings/delete",
  ]);
});

it("failure-anomalies takes the place of Azure's own rule, and notifies no one", () => {
  const rule = one(main.prod, "microsoft.alertsManagement/smartDetectorAlertRules");
  expect(rule["properties"]).toMatchObject({
    detector: { id: "FailureAnomaliesDetector" },
    scope: [idOf("Microsoft.Insights/components")],
    actionGroups: { groupIds: [] },
  });
});
