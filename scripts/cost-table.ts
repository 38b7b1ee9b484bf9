import { readFileSync } from "node:fs";
import { join } from "node:path";

const environments = join(import.meta.dirname, "../infra/environments/examples");

interface Snapshot {
  readonly predictedResources: readonly {
    readonly type: string;
    readonly properties: { readonly enabled?: boolean; readonly evaluationFrequency?: string };
  }[];
}

const examples = ["prod", "small"] as const;
type Example = (typeof examples)[number];
type Row = readonly [what: string, cents: Readonly<Partial<Record<Example, number>>>];

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

/**
 * US dollars, from Azure's price list for East US on 2026-10-03. The prices of Functions are for
 * East US 2 on 2026-09-26. The list is at https://prices.azure.com/api/retail/prices
 */
const prices = {
  warmGbSecond: 0.000004,
  runningGbSecond: 0.000016,
  execution: 0.4 / 1_000_000,
  testRun: 0.0005,
  logAlertEvery5Minutes: 1.5,
  logAlertLessOften: 0.5,
  metricAlert: 0.1,
  gbOfLogs: 2.3,
  vaultOperation: 0.03 / 10_000,
  zone: 0.5,
  // No dated copy of the list confirms the next three prices.
  endpointHour: 0.01,
  natGatewayHour: 0.045,
  addressHour: 0.005,
};

const hours = 730;
const memoryGb = 2;

const cents = (price: number) => Math.round(price * 100);
/** Price of requests in cents. Azure bills at least one second for each request. */
const running = (requests: number) =>
  cents(requests * (memoryGb * prices.runningGbSecond + prices.execution));
const warm = (instances: number) =>
  cents(instances * memoryGb * prices.warmGbSecond * hours * 3_600);
const logs = (gb: number) => cents(gb * prices.gbOfLogs);
const vault = (operations: number) => cents(operations * prices.vaultOperation);

/** How often the availability test runs in a month. */
const testRuns = { often: 5 * 12 * hours, small: 2 * 4 * hours };

/** `price` is what one alert costs in a month, in dollars. */
function priced(kind: "often" | "rarely" | "metric", price: number): Row[1] {
  return Object.fromEntries(examples.map((name) => [name, countAlerts(name)[kind] * cents(price)]));
}

// Cents a month. The example prod has a private network with a NAT gateway. The example small has
// no network of its own and sends 1,000 codes.
const rows = (): readonly Row[] => [
  ["warm instances, $21.02 each", { prod: warm(2), small: warm(1) }],
  ["requests of 100,000 codes, `small` 1,000", { prod: running(100_000), small: running(1_000) }],
  [
    "availability test: five locations every 5 minutes, `small` two every 15",
    {
      prod: cents(testRuns.often * prices.testRun),
      small: cents(testRuns.small * prices.testRun),
    },
  ],
  [
    "requests of the availability test",
    { prod: running(testRuns.often), small: running(testRuns.small) },
  ],
  [
    "log alerts that run every 5 minutes, $1.50 each",
    priced("often", prices.logAlertEvery5Minutes),
  ],
  ["log alerts that run less often, $0.50 each", priced("rarely", prices.logAlertLessOften)],
  ["metric alerts, $0.10 each", priced("metric", prices.metricAlert)],
  ["logs", { prod: logs(0.9), small: logs(0.043) }],
  ["vault", { prod: vault(157_000), small: vault(80_000) }],
  ["storage", { prod: 10, small: 10 }],
  [
    "two private endpoints, zones",
    { prod: cents(2 * (hours * prices.endpointHour + prices.zone)) },
  ],
  [
    "NAT gateway and its address",
    { prod: cents(hours * (prices.natGatewayHour + prices.addressHour)) },
  ],
];

const dollars = (cents: number) => (cents === 0 ? "–" : `$${(cents / 100).toFixed(2)}`);

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
