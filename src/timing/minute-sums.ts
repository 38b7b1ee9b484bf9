import type { Clock } from "./clock.ts";

const minuteMs = 60_000;

/** Counts by name, and reports each sum a minute after it began. */
export function createMinuteSums(clock: Clock, report: (name: string, sum: number) => void) {
  const sums = new Map<string, { sum: number; readonly cancel: () => void }>();

  function end(name: string): void {
    const { sum = 0, cancel } = sums.get(name) ?? {};
    cancel?.();
    sums.delete(name);
    report(name, sum);
  }

  return {
    /** The sum with this count. */
    add(name: string, count: number): number {
      const counted = sums.get(name) ?? {
        sum: 0,
        cancel: clock.after(minuteMs, () => {
          end(name);
        }),
      };
      sums.set(name, counted);
      counted.sum += count;
      return counted.sum;
    },
    /** Reports all of them at once, because the worker stops. */
    end: (): void => {
      for (const name of sums.keys()) end(name);
    },
  };
}

/** Lets so many of each name through in a minute, and reports how many more there were. */
export function createMinuteLimit(
  clock: Clock,
  limit: number,
  report: (name: string, rest: number) => void,
) {
  const sums = createMinuteSums(clock, (name, sum) => {
    if (sum > limit) report(name, sum - limit);
  });
  return {
    passes: (name: string): boolean => sums.add(name, 1) <= limit,
    end: sums.end,
  };
}
