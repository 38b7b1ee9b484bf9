import { readFileSync } from "node:fs";
import { join } from "node:path";

const environments = join(import.meta.dirname, "../infra/environments/examples");

/** What an example asks Azure for: scripts/snapshot.sh writes it. */
interface Snapshot {
  readonly predictedResources: readonly {
    readonly type: string;
    readonly properties: { readonly enabled?: boolean; readonly evaluationFrequency?: string };
  }[];
}

const examples = ["prod", "dr", "dev", "small"] as const;
type Example = (typeof examples)[number];
type Row = readonly [what: string, cents: Readonly<Partial<Record<Example, number>>>];

/** Number of enabled alerts of each kind that costs money. */
function countAlerts(example: Example) {
  const file = join(environments, example, "main.snapshot.json");
  const { predictedResources } = JSON.parse(readFileSync(file, "utf8")) as Snapshot;
  const enabled = (type: string) =>
    predictedResources.filter((one) => one.type === type && one.properties.enabled !== false);
  const logs = enabled("Microsoft.Insights/scheduledQueryRules");
  const often = logs.filter(({ properties }) => properties.evaluationFrequency === "PT5M").length;
  return {
    often,
    rarely: logs.length - often,
    metric: enabled("Microsoft.Insights/metricAlerts").length,
  };
}

/** `price` in cents for each alert. */
function priced(kind: "often" | "rarely" | "metric", price: number): Row[1] {
  return Object.fromEntries(examples.map((name) => [name, countAlerts(name)[kind] * price]));
}

// In cents a month. prod and dr are private, with a NAT gateway; dev and small are public. dr gets
// no codes, and small gets 1,000.
const rows = (): readonly Row[] => [
  ["warm instances, $21.02 each", { prod: 4205, dr: 4205, dev: 2102, small: 2102 }],
  ["running", { prod: 324, small: 3 }],
  [
    "availability test: five places every 5 minutes, `small` two every 15",
    { prod: 2628, dr: 2628, small: 350 },
  ],
  ["running for it", { prod: 142, dr: 142, small: 19 }],
  ["log alerts that run every 5 minutes, $1.50 each", priced("often", 150)],
  ["log alerts that run less often, $0.50 each", priced("rarely", 50)],
  ["metric alerts, $0.10 each", priced("metric", 10)],
  ["logs", { prod: 248, dr: 10, dev: 10, small: 12 }],
  ["vault", { prod: 47, dr: 47, dev: 24, small: 24 }],
  ["storage", { prod: 10, dr: 10, dev: 10, small: 10 }],
  ["two private endpoints, zones", { prod: 1560, dr: 1560 }],
  ["NAT gateway and its address", { prod: 3650, dr: 3650 }],
];

const dollars = (cents: number) => (cents === 0 ? "–" : `$${(cents / 100).toFixed(2)}`);

/** What each example costs in a month. The last row has the sums. */
export function costTable(): string {
  const all = rows();
  const sums = examples.map((name) => all.reduce((sum, [, cents]) => sum + (cents[name] ?? 0), 0));
  return [
    `| what | ${examples.map((name) => `\`${name}\``).join(" | ")} |`,
    `| --- |${" --: |".repeat(examples.length)}`,
    ...all.map(
      ([what, cents]) =>
        `| ${what} | ${examples.map((name) => dollars(cents[name] ?? 0)).join(" | ")} |`,
    ),
    `| **a month** | ${sums.map((sum) => `**${dollars(sum)}**`).join(" | ")} |`,
  ].join("\n");
}
