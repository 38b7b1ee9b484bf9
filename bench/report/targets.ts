import type { Name } from "../contestants.ts";
import { budgetMs } from "../measures/hanging.ts";
import type { Results } from "../results.ts";

export interface Row {
  readonly what: string;
  readonly measured: string;
  readonly target: string;
  readonly met: boolean;
}

/** What its user would otherwise deploy: the tutorial as a Function, "the Function" in the rows. */
const peer = "tutorial-function";

/** Each target in words, and whether this run meets it. */
export function judge(results: Results): Row[] {
  return [
    ...warmRows(results),
    ...coldRows(results),
    ...hangingRows(results),
    ...idleRows(results),
    ...memoryRows(results),
    ...packageRows(results),
  ];
}

function warmRows({ warm }: Results): Row[] {
  if (warm === undefined) return [];
  const { 20: few, 100: many } = warm.connections;
  const [ours, floor] = [of(warm.steady, "ours"), of(warm.steady, "floor")];
  const cpu = (name: Name): number => of(few, name).cpuMsPerHook;
  const failed = [few, many].flatMap((by) => Object.values(by)).reduce((sum, contestant) => sum + contestant.failed, 0);
  return [
    ratio("CPU per hook, to the Function's", cpu("ours"), cpu(peer), "ms", 0.6),
    ratio("CPU per hook, to the floor's", cpu("ours"), cpu("floor"), "ms", 1.6),
    times("Hooks a second, 20 connections, to the Function's", of(few, "ours").perSecond, of(few, peer).perSecond, 1.5),
    times(
      "Hooks a second, 100 connections, to the Function's",
      of(many, "ours").perSecond,
      of(many, peer).perSecond,
      1.5,
    ),
    beyond("p50 at 50 hooks a second, beyond the floor's", ours.p50, floor.p50, 0.5),
    beyond("p99 at 50 hooks a second, beyond the floor's", ours.p99, floor.p99, 2),
    none("Hooks under load that did not end in SUCCESSFUL", failed),
    {
      what: "Events of these hooks that arrived",
      measured: `${(warm.eventsArrived * 100).toFixed(1)} %`,
      target: "all",
      met: warm.eventsArrived > 0.999,
    },
  ];
}

function coldRows({ cold }: Results): Row[] {
  if (cold === undefined) return [];
  const [ours, others] = [of(cold, "ours").msToFirstCode, of(cold, peer).msToFirstCode];
  return [ratio("Process start to first code, to the Function's", ours, others, "ms", 0.4)];
}

function hangingRows({ hanging }: Results): Row[] {
  if (hanging === undefined) return [];
  const { parallel, answered, slowestMs, nextMs } = hanging;
  return [
    none(`Of ${parallel} hooks while 8x8 hangs, not answered`, parallel - answered),
    atMost("The slowest of them", slowestMs, budgetMs + 100),
    atMost("The next healthy hook, while they hang", nextMs.during, 50),
    atMost("The next healthy hook, afterwards", nextMs.after, 50),
  ];
}

function idleRows({ idle }: Results): Row[] {
  if (idle === undefined) return [];
  const { firstMs, afterSilenceMs } = of(idle, "ours");
  return Object.entries(afterSilenceMs).map(([seconds, ms]) =>
    beyond(`First hook after ${seconds} s of silence, beyond that after warm-up`, ms, firstMs, 2),
  );
}

function memoryRows({ memory }: Results): Row[] {
  if (memory === undefined) return [];
  const [ours, others] = [of(memory, "ours"), of(memory, peer)];
  return [
    ratio("Memory at the end, to that after the first tenth", ours.at(-1) ?? NaN, ours[0] ?? NaN, "MB", 1.05),
    ratio("Memory at the end, to the Function's", ours.at(-1) ?? NaN, others.at(-1) ?? NaN, "MB", 1),
  ];
}

function packageRows({ package: size }: Results): Row[] {
  if (size === undefined) return [];
  return [megabytes("Whole zip", size.zipBytes, 4)];
}

function ratio(what: string, ours: number, other: number, unit: string, limit: number): Row {
  const quotient = ours / other;
  const measured = `${quotient.toFixed(2)} (${amount(ours)} to ${amount(other)} ${unit})`;
  return { what, measured, target: `at most ${limit}`, met: quotient <= limit };
}

function times(what: string, ours: number, other: number, least: number): Row {
  const measured = `${(ours / other).toFixed(2)} (${Math.round(ours)} to ${Math.round(other)})`;
  return { what, measured, target: `at least ${least}`, met: ours / other >= least };
}

function beyond(what: string, ours: number, other: number, limit: number): Row {
  const measured = `${(ours - other).toFixed(2)} ms (${amount(ours)} to ${amount(other)} ms)`;
  return { what, measured, target: `within ${limit} ms`, met: ours - other <= limit };
}

function atMost(what: string, ms: number, limit: number): Row {
  return { what, measured: `${amount(ms)} ms`, target: `within ${limit} ms`, met: ms <= limit };
}

function none(what: string, count: number): Row {
  return { what, measured: String(count), target: "none", met: count === 0 };
}

function megabytes(what: string, bytes: number, limit: number): Row {
  return { what, measured: `${(bytes / 1e6).toFixed(2)} MB`, target: `under ${limit} MB`, met: bytes < limit * 1e6 };
}

function amount(value: number): string {
  return value < 10 ? value.toFixed(2) : value.toFixed(0);
}

function of<T>(by: Readonly<Record<string, T>>, name: string): T {
  const found = by[name];
  if (found === undefined) throw new Error(`${name} was not measured.`);
  return found;
}
