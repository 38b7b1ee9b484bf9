import { addTo, keep, windowMs } from "../../src/guard/counts.ts";

/** With a clock of its own, whose time is that of the first point. */
function counting(max = 10) {
  const clock = { now: Date.parse("2030-01-15T09:00:00Z") };
  return { clock, counts: keep<number>("hour", max, () => clock.now) };
}

test("a window begins with the first point and is not extended by later ones", () => {
  const { clock, counts } = counting();
  addTo(counts, "a", 1);
  clock.now += windowMs.hour - 1;
  addTo(counts, "a", 1);
  expect([counts.get("a"), counts.getRemainingTTL("a")]).toEqual([2, 1]);
  clock.now += 2;
  expect(counts.get("a")).toBeUndefined();
});

test("the first point behind a window begins the next one, whole", () => {
  const { clock, counts } = counting();
  addTo(counts, "a", 5);
  clock.now += windowMs.hour + 1;
  addTo(counts, "a", 1);
  expect([counts.get("a"), counts.getRemainingTTL("a")]).toEqual([1, windowMs.hour]);
});

test("a count of zero or less is kept until its window ends, and goes down no further than it may", () => {
  const { clock, counts } = counting();
  addTo(counts, "a", 1);
  clock.now += 1_000;
  addTo(counts, "a", -1);
  addTo(counts, "b", -9, -4);
  expect([counts.get("a"), counts.get("b"), counts.getRemainingTTL("a")]).toEqual([
    0,
    -4,
    windowMs.hour - 1_000,
  ]);
});

test("time passes between two codes of one tick, and no timer is set", () => {
  jest.useFakeTimers();
  const { clock, counts } = counting();
  addTo(counts, "a", 1);
  clock.now += windowMs.hour + 1;
  addTo(counts, "a", 1);
  const timers = jest.getTimerCount();
  jest.useRealTimers();
  expect([counts.get("a"), timers]).toEqual([1, 0]);
});

test("with too many keys the one goes that was used least recently", () => {
  const { counts } = counting(2);
  for (const key of ["a", "b", "a", "c"]) addTo(counts, key, 1);
  expect(["a", "b", "c"].map((key) => counts.get(key))).toEqual([2, undefined, 1]);
});
