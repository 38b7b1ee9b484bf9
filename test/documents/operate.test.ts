import { all, bootstrap, bootstrapped, main, withAlerts } from "../infra/snapshot.ts";
import { read } from "./markdown.ts";

const [, query = ""] =
  /^## Fewer alerts$[^]*?--query "([^"]*)"/m.exec(read("docs/operate.md")) ?? [];
const prefixes = (pattern: RegExp) => [...query.matchAll(pattern)].map(([, prefix = ""]) => prefix);
const deletedPrefixes = prefixes(/(?<!!)starts_with\(name, '([^']+)'\)/g);
const keptPrefixes = prefixes(/!starts_with\(name, '([^']+)'\)/g);
const deletes = (name: string) =>
  deletedPrefixes.some((prefix) => name.startsWith(prefix)) &&
  !keptPrefixes.some((prefix) => name.startsWith(prefix));

const alertTypes = [
  "scheduledQueryRules",
  "metricAlerts",
  "activityLogAlerts",
  "actionGroups",
  "webtests",
]
  .map((type) => `Microsoft.Insights/${type}`)
  .concat("microsoft.alertsManagement/smartDetectorAlertRules");

test.each(withAlerts)(
  "the command in operate.md deletes all alerts and nothing else (%s)",
  (environment) => {
    const alerts = alertTypes
      .flatMap((type) => all(main[environment], type))
      .map(({ name }) => name);
    expect(alerts.length).toBeGreaterThan(20);
    const deleted = main[environment].predictedResources.map(({ name }) => name).filter(deletes);
    expect(deleted.toSorted()).toEqual(alerts.toSorted());
  },
);

// The bootstrap's alerts may be in the resource group in which the command deletes alerts.
test.each(bootstrapped)(
  "the command in operate.md keeps the bootstrap's alerts (%s)",
  (environment) => {
    const { predictedResources } = bootstrap[environment];
    expect(
      predictedResources.some(({ type }) => type === "Microsoft.Insights/activityLogAlerts"),
    ).toBe(true);
    expect(predictedResources.map(({ name }) => name).filter(deletes)).toEqual([]);
  },
);
