import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const infra = join(import.meta.dirname, "../infra");

interface Rule {
  readonly type: string;
  readonly name: string;
  readonly properties: {
    readonly displayName?: string;
    readonly description: string;
    readonly severity?: number | string;
    readonly criteria?: {
      readonly allOf?: readonly { readonly dimensions?: readonly { readonly name: string }[] }[];
    };
  };
}

const rulesIn = (example: string) =>
  (
    JSON.parse(
      readFileSync(join(infra, `environments/examples/${example}/main.snapshot.json`), "utf8"),
    ) as { predictedResources: Rule[] }
  ).predictedResources.filter(({ type }) => /queryRules$|alerts$/i.test(type));

/** The alert access-changed consists of several Azure rules, so all of them get this name. */
const nameOf = ({ name }: Rule) =>
  name
    .replace(/^alert-/, "")
    .replace(/-okta8x8-\w+$/, "")
    .replace(/^access-changed-.*/, "access-changed");

/** Activity log alerts always have severity 4. Their descriptions begin with the real severity. */
function severityOf({ properties: { severity, description } }: Rule): string {
  return String(severity ?? /^Like severity (\d)/.exec(description)?.[1]).replace("Sev", "");
}

const setUp = {
  "okta-events": "[Okta's events](set-up-okta.md#events)",
  receipts: "[8x8's receipts](set-up-8x8.md#10-receipts)",
  "country-limits": "`GUARD_COUNTRY_LIMITS`",
  "second-hook": "[a second hook](second-provider.md)",
};

/** Returns what the operator must set up before the alert can fire or can detect more. */
function needsOf(name: string, templates: string): string {
  const rule = templates.split(/\n {2}\{\n/).find((one) => one.includes(`name: '${name}'`)) ?? "";
  const [, kind, what] = /^ {4}(needs|gains): '([\w-]+)'$/m.exec(rule) ?? [];
  if (what === undefined) return "";
  const words = setUp[what as keyof typeof setUp];
  return kind === "needs" ? words : `detects more with ${words}`;
}

/** Link definitions, with which a runbook links to a query by its name, such as [outcomes]. */
const queryLinks = () =>
  readdirSync(join(infra, "queries/runbooks"))
    .toSorted()
    .map((file) => `[${file.replace(".kql", "")}]: ../infra/queries/runbooks/${file}`);

export function alertTable(): string {
  const templates = readFileSync(join(infra, "alerts.bicep"), "utf8");
  const essential = rulesIn("small").map(nameOf);
  const row = (rule: Rule) => {
    const { displayName, description, criteria } = rule.properties;
    const shown = criteria?.allOf?.[0]?.dimensions?.map((it) => it.name) ?? [];
    const name = nameOf(rule);
    const [, words = ""] = /^(?:Like severity .*?\. )?(.*?)[.:]/.exec(description) ?? [];
    const always = essential.includes(name) ? "yes" : "";
    return `| [\`${name}\`](#runbook-${name}) | ${displayName ?? words} | ${shown.join(", ")} | ${severityOf(rule)} | ${always} | ${needsOf(name, templates)} |`;
  };
  return [
    "| alert | meaning | names the | severity | essential | needs |",
    "| --- | --- | --- | --- | --- | --- |",
    ...new Set(rulesIn("prod").map(row).toSorted(bySeverity)),
    "",
    ...queryLinks(),
  ].join("\n");
}

const bySeverity = (one: string, other: string) =>
  Number(/\| (\d) \|/.exec(one)?.[1]) - Number(/\| (\d) \|/.exec(other)?.[1]);
