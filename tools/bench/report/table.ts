import { titles, type Name } from "../contestants.ts";
import type { Results } from "../results.ts";
import type { Percentiles } from "../statistics.ts";
import { notes } from "./notes.ts";
import { judge } from "./targets.ts";

/** For the terminal: what each contestant did, then what was to be reached. */
export function describe(results: Results): string {
  const { machine, warm, cold, beside, idle, memory, soak } = results;
  const versions = Object.entries(machine.versions).map(([name, version]) => `${name} ${version}`);
  const silences = Object.keys(Object.values(idle ?? {})[0]?.afterSilenceMs ?? {}).map(
    (seconds) => `${seconds} s`,
  );
  const sections = [
    warm && throughput(warm.connections[20], 20),
    warm && throughput(warm.connections[100], 100),
    warm &&
      section("At 50 hooks a second", ["p50 ms", "p95 ms", "p99 ms"], warm.steady, (of) => [
        of.p50,
        of.p95,
        of.p99,
      ]),
    cold &&
      section("Cold start", ["listening ms", "first code ms"], cold, (of) => [
        of.msToListening,
        of.msToFirstCode,
      ]),
    beside && besideReports(beside),
    idle &&
      section(
        "First hook after silence, over TLS",
        ["first ms", "warm ms", ...silences],
        idle,
        (of) => [of.firstMs, of.warmMs, ...Object.values(of.afterSilenceMs)],
      ),
    memory &&
      section("Memory", ["first MB", "last MB", "most MB"], memory, (of) => [
        of[0],
        of.at(-1),
        Math.max(...of),
      ]),
    results.package && packages(results.package),
    soak && soaked(soak),
  ];
  return [
    `${machine.processor}, ${machine.memoryGb} GB, ${machine.system}, Node ${machine.node}`,
    `${versions.join(", ")}; CPU is counted in ticks of ${machine.cpuTickMs} ms`,
    ...(results.quick ? ["A quick run: too short to be quoted."] : []),
    ...sections.flatMap((lines) => lines ?? []),
    "",
    ...align([
      ["", "measured", "target", "met"],
      ...judge(results).map(({ what, measured, target, met }) => [
        what,
        measured,
        target,
        met ? "yes" : "no",
      ]),
    ]),
    "",
    ...notes,
  ].join("\n");
}

function throughput(
  by: NonNullable<Results["warm"]>["connections"][20],
  connections: number,
): string[] {
  const heads = ["CPU ms a hook", "hooks a second", "p50 ms", "p95 ms", "p99 ms"];
  return section(
    `${connections} connections`,
    heads,
    by,
    ({ cpuMsPerHook, perSecond, latency: { p50, p95, p99 } }) => [
      cpuMsPerHook,
      perSecond,
      p50,
      p95,
      p99,
    ],
  );
}

type Cells = readonly (number | undefined)[];

function section<T>(
  title: string,
  heads: readonly string[],
  by: Readonly<Record<string, T>>,
  cells: (of: T) => Cells,
): string[] {
  const rows = Object.entries(by).map(([name, of]) => [
    titles[name as Name],
    ...cells(of).map(written),
  ]);
  return ["", ...align([[title, ...heads], ...rows])];
}

function besideReports({ alone, beside, joined }: NonNullable<Results["beside"]>): string[] {
  const row = (name: string, { p50, p95, p99, max }: Percentiles) => [
    name,
    ...[p50, p95, p99, max].map(written),
  ];
  const heads = ["Beside receipts and events", "p50 ms", "p95 ms", "p99 ms", "max ms"];
  const rows = [
    row("hooks alone", alone),
    row("hooks beside them", beside),
    ["outcomes with their code", `${joined}`],
  ];
  return ["", ...align([heads, ...rows])];
}

function packages({ mainBytes, byPackage }: NonNullable<Results["package"]>): string[] {
  const rows = [["main.cjs", mainBytes], ...Object.entries(byPackage).slice(0, 20)] as const;
  return [
    "",
    ...align([
      ["In the bundles", "kB"],
      ...rows.map(([name, bytes]) => [name, (bytes / 1e3).toFixed(0)]),
    ]),
  ];
}

function soaked(soak: NonNullable<Results["soak"]>): string[] {
  const { hooks, strangers, eightByEight, afterTenth, atEnd } = soak;
  const counts = Object.entries({
    "hooks with a good secret": hooks.sent,
    "answered SUCCESSFUL": hooks.successful,
    "answered FAILED": hooks.failed,
    "answered 503": hooks.unavailable,
    "answered 401": hooks.refused,
    "answered otherwise": hooks.other,
    "not answered": hooks.lost,
    "the slowest, ms": soak.slowestMs,
    "requests to 8x8": eightByEight.requests,
    "strangers' hooks": strangers.sent,
    "rotations of the hook secret": soak.rotations,
    "outages of vault, identity or ingestion": soak.outages,
    "memory at rest, after a tenth, MB": afterTenth.memoryMb,
    "memory at rest, at the end, MB": atEnd.memoryMb,
    "all of it, s": soak.seconds,
    "the app waited for a processor, s": soak.bridgeWaitedSeconds,
  });
  return ["", ...align([["Soak", ""], ...counts.map(([name, count]) => [name, count.toFixed()])])];
}

function written(value = NaN): string {
  if (!Number.isFinite(value)) return "failed";
  return value < 100 ? value.toFixed(2) : value.toFixed(0);
}

function align(rows: readonly (readonly string[])[]): string[] {
  const widths =
    rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd((widths[column] ?? 0) + 2))
      .join("")
      .trimEnd(),
  );
}
