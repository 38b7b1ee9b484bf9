import type { Name } from "../contestants.ts";
import { budgetMs } from "../measures/hanging.ts";
import { inTimeMs } from "../measures/soak.ts";
import type { Results } from "../results.ts";
import { all, atMost, beyond, megabytes, none, ratio, times, type Row } from "./rows.ts";

/** What its user would otherwise deploy: the tutorial as a Function, "the Function" in the rows. */
const peer = "tutorial-function";

/** Each target in words, and whether this run meets it. */
export function judge(results: Results): Row[] {
  return [
    ...warmRows(results),
    ...coldRows(results),
    ...hangingRows(results),
    ...besideRows(results),
    ...guardRows(results),
    ...idleRows(results),
    ...memoryRows(results),
    ...soakRows(results),
    ...packageRows(results),
  ];
}

function warmRows({ warm }: Results): Row[] {
  if (warm === undefined) return [];
  const { 20: few, 100: many } = warm.connections;
  const [ours, floor] = [of(warm.steady, "ours"), of(warm.steady, "floor")];
  const cpu = (name: Name): number => of(few, name).cpuMsPerHook;
  const failed = [few, many]
    .flatMap((by) => Object.values(by))
    .reduce((sum, contestant) => sum + contestant.failed, 0);
  return [
    ratio("CPU per hook, to the Function's", cpu("ours"), cpu(peer), "ms", 0.6),
    ratio("CPU per hook, to the floor's", cpu("ours"), cpu("floor"), "ms", 1.6),
    times(
      "Hooks a second, 20 connections, to the Function's",
      of(few, "ours").perSecond,
      of(few, peer).perSecond,
      1.5,
    ),
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

function besideRows({ beside: measured }: Results): Row[] {
  if (measured === undefined) return [];
  const { alone, beside, failed, reports } = measured;
  return [
    beyond(
      "p99 beside 100 receipts and events a second, beyond that alone",
      beside.p99,
      alone.p99,
      2,
    ),
    none("Hooks of these that did not end in SUCCESSFUL", failed),
    all("Such receipts and events that were taken", reports.taken, reports.sent),
  ];
}

function guardRows({ guard }: Results): Row[] {
  if (guard === undefined) return [];
  const { numbers, decisionUs, onMsPerHook, offMsPerHook } = guard;
  return [
    {
      what: `CPU of the guard's decision at ${numbers.toLocaleString("en")} numbers`,
      measured: `${decisionUs.toFixed(1)} µs`,
      target: "under 20 µs",
      met: decisionUs < 20,
    },
    ratio("CPU per hook with the guard, to that without", onMsPerHook, offMsPerHook, "ms", 1.1),
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
    ratio(
      "Memory at the end, to that after the first tenth",
      ours.at(-1) ?? NaN,
      ours[0] ?? NaN,
      "MB",
      1.05,
    ),
    ratio(
      "Memory at the end, to the Function's",
      ours.at(-1) ?? NaN,
      others.at(-1) ?? NaN,
      "MB",
      1,
    ),
  ];
}

function soakRows({ soak, quick }: Results): Row[] {
  if (soak === undefined) return [];
  const { hooks, strangers, eightByEight, events, afterTenth, atEnd } = soak;
  const arrived = events.withId + events.withoutId + events.toldAsLost;
  return [
    none("Codes that 8x8 was made to send twice", eightByEight.doubled),
    none("Hooks with a good secret that were refused (401)", hooks.refused),
    none("Hooks with a good secret of which 8x8 never heard", hooks.sent - eightByEight.seen),
    all(`Such hooks answered within ${inTimeMs} ms`, hooks.inTime, hooks.sent),
    all("Strangers' hooks refused (401)", strangers.refused, strangers.sent),
    all("Events that arrived, or were reported as lost", arrived, hooks.sent + strangers.sent),
    ratio(
      "Open descriptors at rest at the end, to those after a tenth",
      atEnd.descriptors,
      afterTenth.descriptors,
      "of them",
      1.1,
    ),
    // The heap is as large as it gets after some 10,000 hooks, which are all that a quick run has.
    ...(quick ? [] : [ratio("Memory, likewise", atEnd.memoryMb, afterTenth.memoryMb, "MB", 1.1)]),
  ];
}

function packageRows({ package: size }: Results): Row[] {
  if (size === undefined) return [];
  return [megabytes("Whole zip", size.zipBytes, 4)];
}

function of<T>(by: Readonly<Record<string, T>>, name: string): T {
  const found = by[name];
  if (found === undefined) throw new Error(`${name} was not measured.`);
  return found;
}
