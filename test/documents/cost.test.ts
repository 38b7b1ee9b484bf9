import { all, main, text } from "../infra/snapshot.ts";
import { documents, read, rowsOf } from "./markdown.ts";

/** In cents, because sums of dollars are not exact; what costs nothing is a dash. */
function cents(cell: string): number {
  const [, dollars = "0"] = /\$([\d.]+)\*{0,2}$/.exec(cell) ?? [];
  return Math.round(Number(dollars) * 100);
}

interface Table {
  readonly lines: readonly (readonly number[])[];
  readonly sum: readonly number[];
}

function tables(): readonly Table[] {
  const found: Table[] = [];
  let lines: (readonly number[])[] = [];
  for (const [what, ...cells] of rowsOf("docs/cost.md")) {
    const prices = cells.map(cents);
    if (what === "**a month**") {
      found.push({ lines, sum: prices });
      lines = [];
    } else lines.push(prices);
  }
  return found;
}

test("each table of prices ends with the sum of its lines", () => {
  expect(tables()).toHaveLength(4);
  for (const { lines, sum } of tables()) {
    expect(sum.every((cents) => cents > 0)).toBe(true);
    expect(
      sum.map((_, column) => lines.reduce((total, prices) => total + (prices[column] ?? 0), 0)),
    ).toEqual(sum);
  }
});

test("each price that another page takes from the tables is a sum of them", () => {
  const dollars = (cents: number) => Math.round(cents / 100);
  const [standby = 0, front = 0] = tables().at(-1)?.sum ?? [];
  const sums = [...tables().flatMap(({ sum }) => sum), standby + front].map(dollars);
  const written = documents.flatMap((path) =>
    [...read(path).matchAll(/\[\$(\d+)\]\(cost\.md/g)].map(([, price]) => Number(price)),
  );
  expect(written.length).toBeGreaterThan(3);
  expect(written.filter((price) => !sums.includes(price))).toEqual([]);
});

test("as many alerts are paid for, and drawn, as production has", () => {
  const logAlerts = all(main.prod, "Microsoft.Insights/scheduledQueryRules");
  const often = logAlerts.filter(
    (alert) => text(alert, "properties.evaluationFrequency") === "PT5M",
  ).length;
  const metricAlerts = all(main.prod, "Microsoft.Insights/metricAlerts").length;
  const free = [
    "Microsoft.Insights/activityLogAlerts",
    "Microsoft.AlertsManagement/smartDetectorAlertRules",
  ];
  const alerts = free.reduce(
    (sum, type) => sum + all(main.prod, type).length,
    logAlerts.length + metricAlerts,
  );
  const cost = read("docs/cost.md");
  expect(cost).toContain(
    `${often} every 5 minutes × $1.50, ${logAlerts.length - often} less often × $0.50`,
  );
  expect(cost).toContain(`metric alerts: ${metricAlerts} × $0.10`);
  expect(read("docs/deploy.md")).toContain(`alerts[${alerts} alerts]`);
  const essential = read("infra/alerts.bicep").match(/^ {4}essential: true$/gm)?.length;
  expect(cost).toContain(
    `log alerts of \`essential\`: ${essential} every 15 minutes or less often × $0.50`,
  );
});

test("what the README, the guide and setup's plan say is what the tables say", () => {
  const [[prod = 0, dev = 0, small = 0] = [], , , [standby = 0] = []] = tables().map(
    ({ sum }) => sum,
  );
  const dollars = (cents: number) => `$${Math.round(cents / 100)}`;
  expect(read("README.md")).toMatch(
    new RegExp(`\\${dollars(small)} a month [^]{1,80}\\${dollars(prod)} for production`),
  );
  const inGuide = rowsOf("docs/deploy.md").filter(([name]) =>
    /^`(small|dev|prod|dr)`$/.test(name ?? ""),
  );
  const inPlan = [...read("scripts/setup/plan.bash").matchAll(/^ {4}(\S+)\) echo (\d+) ;;$/gm)];
  expect(inGuide.map((cells) => /\$\d+/.exec(cells[2] ?? "")?.[0])).toEqual(
    [small, dev, prod, standby].map(dollars),
  );
  expect(Object.fromEntries(inPlan.map(([, stage, price]) => [stage, `$${price}`]))).toEqual({
    test: dollars(dev),
    production: dollars(prod),
    standby: dollars(standby),
    "*": dollars(small),
  });
});
