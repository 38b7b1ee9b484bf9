import { all, at, main, readProjectFile, type Resource, type Snapshot, text } from "./snapshot.ts";

const alertTypes = [
  "Microsoft.Insights/scheduledQueryRules",
  "Microsoft.Insights/metricAlerts",
  "Microsoft.Insights/activityLogAlerts",
  "microsoft.alertsManagement/smartDetectorAlertRules",
];

export function alerts(snapshot: Snapshot): readonly Resource[] {
  return alertTypes.flatMap((type) => all(snapshot, type));
}

/** The alert access-changed consists of several Azure rules. */
export function name(alert: Resource): string {
  if (alert.name.startsWith("Failure Anomalies - appi-")) return "failure-anomalies";
  const name = alert.name.replace(/^alert-/, "").replace(/-okta8x8-\w+$/, "");
  return name.replace(/^access-changed-.*/, "access-changed");
}

/** Azure gives every activity log alert severity 4, so the description has the real severity. */
export function severity(alert: Resource): number {
  const said =
    at(alert, "properties.severity") ??
    /^Like severity (\d) /.exec(text(alert, "properties.description"))?.[1];
  return Number(typeof said === "string" ? said.replace("Sev", "") : said);
}

/** In an alert's query, the template has replaced the placeholders. */
export function deployedQuery(file: string): string {
  const [, alert] = /\/alerts\/(.*)\.kql$/.exec(file) ?? [];
  if (alert === undefined) return readProjectFile(file);
  const rule = all(main.prod, "Microsoft.Insights/scheduledQueryRules").find(
    (it) => name(it) === alert,
  );
  return text(rule, "properties.criteria.allOf.0.query");
}

/** Converts a duration such as PT15M, PT1H or P2D to minutes. */
export function minutesOf(span: unknown): number | undefined {
  if (typeof span !== "string") return undefined;
  const [, number, unit = ""] = /^PT?(\d+)([MHD])$/.exec(span) ?? [];
  const minutes = Number(number) * ({ M: 1, H: 60, D: 24 * 60 }[unit] ?? NaN);
  if (Number.isNaN(minutes)) throw new Error(`This test does not know the duration ${span}.`);
  return minutes;
}
