import { all, at, environments, main, one, readProjectFile, type Resource, type Snapshot, text } from "./snapshot.ts";

const wanted = [
  "codes-failing",
  "hook-slow",
  "okta-gave-up",
  "unconfirmed",
  "unauthenticated",
  "refused-spike",
  "one-number",
  "key-rejected",
  "vault-unreachable",
  "vault-denied",
  "exceptions",
  "no-traffic",
  "secret-expiry",
  "cold-starts",
  "warm-pool",
  "vault-degraded",
  "health-red",
  "vault-deleted",
  "service-health",
  "failure-anomalies",
];
const alertTypes = [
  "Microsoft.Insights/scheduledQueryRules",
  "Microsoft.Insights/metricAlerts",
  "Microsoft.Insights/activityLogAlerts",
  "microsoft.alertsManagement/smartDetectorAlertRules",
];

function alerts(snapshot: Snapshot): readonly Resource[] {
  return alertTypes.flatMap((type) => all(snapshot, type));
}

function name(alert: Resource): string {
  return alert.name.replace(/^alert-/, "").replace(/-okta8x8-\w+$/, "");
}

/** Activity log alerts have no severity of their own: theirs is said in words. */
function severity(alert: Resource): number {
  const said = at(alert, "properties.severity") ?? /^Severity (\d)\. /.exec(text(alert, "properties.description"))?.[1];
  return Number(typeof said === "string" ? said.replace("Sev", "") : said);
}

/** The anchors that GitHub gives to the README's headings. */
function anchors(): readonly string[] {
  const headings = readProjectFile("README.md").matchAll(/^#+ (.+)$/gm);
  return [...headings].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replace(/[^\w\- ]/g, "")
      .replaceAll(" ", "-"),
  );
}

describe.each(environments)("alerts (%s)", (environment) => {
  const found = alerts(main[environment]);

  it("are all there, none twice", () => {
    expect(found.map(name).sort()).toEqual(wanted.toSorted());
  });

  it.each(found.map((alert) => [name(alert), alert] as const))(
    "%s says how bad it is and what to do first",
    (_, alert) => {
      expect([1, 2, 3]).toContain(severity(alert));
      const [first = "", runbook] = text(alert, "properties.description").split(" Runbook: ");
      expect(first.length).toBeGreaterThan(40);
      expect(runbook).toMatch(new RegExp(`^https://.*/README\\.md#runbook-${name(alert)}$`));
    },
  );

  it("all reach the action group", () => {
    expect(all(main[environment], "Microsoft.Insights/actionGroups")).toHaveLength(1);
    for (const alert of found) expect(JSON.stringify(at(alert, "properties"))).toMatch(/actionGroup.*outputs\.id/);
  });

  it("close by themselves, but for the one whose sign comes once", () => {
    const open = found.filter((alert) => at(alert, "properties.autoMitigate") === false);
    expect(open.map(name)).toEqual(["secret-expiry"]);
  });

  it("do not look every minute at logs, which costs more and arrives no sooner", () => {
    for (const alert of all(main[environment], "Microsoft.Insights/scheduledQueryRules"))
      expect(text(alert, "properties.evaluationFrequency")).not.toBe("PT1M");
  });
});

it("every alert has its runbook in the README, and every runbook its alert", () => {
  const runbooks = anchors().filter((anchor) => anchor.startsWith("runbook-"));
  expect(runbooks.sort()).toEqual(wanted.map((alert) => `runbook-${alert}`).sort());
});

it("production wakes somebody, development nobody", () => {
  const enabled = (snapshot: Snapshot) =>
    new Set(
      alerts(snapshot).map((alert) => at(alert, "properties.enabled") ?? at(alert, "properties.state") === "Enabled"),
    );
  expect([...enabled(main.prod)]).toEqual([true]);
  expect([...enabled(main.dev)]).toEqual([false]);
});

describe.each(environments)("the availability test (%s)", (environment) => {
  const test = one(main[environment], "Microsoft.Insights/webtests");

  it("asks for /api/health in five places and wants 200 and a certificate that lasts a week", () => {
    expect(text(test, "properties.Request.RequestUrl")).toContain("/api/health");
    expect(at(test, "properties.Locations")).toHaveLength(5);
    expect(at(test, "properties.ValidationRules")).toEqual({
      ExpectedHttpStatusCode: 200,
      SSLCheck: true,
      SSLCertRemainingLifetimeCheck: 7,
    });
  });

  it("carries the tag by which Application Insights finds it", () => {
    expect(JSON.stringify(test.tags)).toMatch(/hidden-link:.*applicationInsightsId.*'Resource'/);
  });
});

it("the warm pool's alert fires when a fifth of the memory is missing", () => {
  const [alert] = all(main.prod, "Microsoft.Insights/metricAlerts").filter((item) => name(item) === "warm-pool");
  expect(at(alert, "properties.criteria.allOf.0.threshold")).toBe(0.8 * 2 * 2048 * 300_000);
});
