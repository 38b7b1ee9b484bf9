import { readFileSync } from "node:fs";
import { join } from "node:path";

const infra = join(import.meta.dirname, "../infra");

/** An alert rule in a snapshot, which scripts/snapshot.sh writes. */
interface Rule {
  readonly type: string;
  readonly name: string;
  readonly properties: {
    readonly displayName?: string;
    readonly description: string;
    readonly severity?: number | string;
  };
}

const rulesIn = (example: string, file: string) =>
  (
    JSON.parse(
      readFileSync(join(infra, `environments/examples/${example}/${file}.snapshot.json`), "utf8"),
    ) as { predictedResources: Rule[] }
  ).predictedResources.filter(({ type }) => /rules$|alerts$/i.test(type));

function nameOf({ name }: Rule): string {
  return name.startsWith("Failure Anomalies")
    ? "failure-anomalies"
    : name.replace(/^alert-/, "").replace(/-okta8x8-\w+$/, "");
}

/**
 * Azure gives every activity log alert severity 4, so their descriptions begin with the real
 * severity.
 */
function severityOf({ properties: { severity, description } }: Rule): string {
  return String(severity ?? /^Like severity (\d)/.exec(description)?.[1]).replace("Sev", "");
}

const setUp = {
  "okta-events": "[Okta's events](set-up-okta.md#events)",
  receipts: "[8x8's receipts](set-up-8x8.md#10-receipts)",
  "country-limits": "`GUARD_COUNTRY_LIMITS` or `GUARD_COUNTRY_BUDGET`",
};

/** Says what must be set up for an alert to fire, or to detect more. */
function needsOf(name: string, templates: string): string {
  const rule = templates.split(/\n {2}\{\n/).find((one) => one.includes(`name: '${name}'`)) ?? "";
  const [, kind, what] = /^ {4}(needs|gains): '([\w-]+)'$/m.exec(rule) ?? [];
  if (what === undefined) return "";
  const words = setUp[what as keyof typeof setUp];
  return kind === "needs" ? words : `detects more with ${words}`;
}

/** Returns the table in docs/alerts.md, with the alerts of production and of its bootstrap. */
export function alertTable(): string {
  const templates = readFileSync(join(infra, "alerts.bicep"), "utf8");
  const essential = rulesIn("small", "main").map(nameOf);
  const row = (rule: Rule) => {
    const { displayName, description } = rule.properties;
    const name = nameOf(rule);
    const [, page = "", anchor = ""] = /([\w-]+\.md)#([\w-]+)$/.exec(description) ?? [];
    const [, words = ""] = /^(?:Like severity .*?\. )?(.*?[.:?])(?: |$)/.exec(description) ?? [];
    const title = displayName ?? words.replace(/[.:]$/, "");
    const always = essential.includes(name) ? "yes" : "";
    return `| [\`${name}\`](${page}#${anchor}) | ${title} | ${severityOf(rule)} | ${always} | ${needsOf(name, templates)} |`;
  };
  return [
    "| alert | meaning | severity | essential | needs |",
    "| --- | --- | --- | --- | --- |",
    ...[...rulesIn("prod", "main"), ...rulesIn("prod", "bootstrap")].map(row).toSorted(bySeverity),
  ].join("\n");
}

const bySeverity = (one: string, other: string) =>
  Number(/\| (\d) \|/.exec(one)?.[1]) - Number(/\| (\d) \|/.exec(other)?.[1]);
