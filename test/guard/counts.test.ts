import { createCounts, sumOf, within } from "../../src/guard/counts.ts";
import { createMemory } from "../../src/guard/memory.ts";
import { hours, minutes, start } from "./guarding.ts";

const inDay = { slotMs: minutes(10), keptMs: hours(24) };
const sent = (counts: ReturnType<typeof createCounts>, key: string, window: "hour" | "day", now: number) =>
  sumOf(within(counts, key, window, now), "sent");

test("counts slide by ten minutes: an hour is this slot and the five before it", () => {
  const counts = createCounts({ ...inDay, keysLimit: 10 });
  counts.add("a", start, "sent");
  expect(sent(counts, "a", "hour", start + minutes(59))).toBe(1);
  expect(sent(counts, "a", "hour", start + minutes(60))).toBe(0);
  expect(sent(counts, "a", "day", start + hours(24) - 1)).toBe(1);
  expect(sent(counts, "a", "day", start + hours(24))).toBe(0);
});

test("a key keeps no more slots than a day has", () => {
  const counts = createCounts({ ...inDay, keysLimit: 10 });
  for (let slot = 0; slot < 1_000; slot++) counts.add("a", start + minutes(10 * slot), "sent");
  expect(counts.slotsOf("a")).toHaveLength(144);
});

test("where there is no more room, the key that was counted least recently goes first", () => {
  const counts = createCounts({ ...inDay, keysLimit: 3 });
  for (const key of ["a", "b", "c", "a", "d"]) counts.add(key, start, "sent");
  expect(["a", "b", "c", "d"].map((key) => sent(counts, key, "day", start))).toEqual([2, 0, 1, 1]);
});

test("people and places are bounded apart, at 100,000 and 30,000", () => {
  const { people, places } = createMemory();
  places.add("a place", start, "sent");
  for (let person = 0; person <= 100_000; person++) people.add(`person ${person}`, start, "sent");
  expect([sent(people, "person 0", "day", start), sent(people, "person 1", "day", start)]).toEqual([0, 1]);
  for (let place = 0; place < 30_000; place++) places.add(`place ${place}`, start, "sent");
  expect([sent(places, "a place", "day", start), sent(people, "person 1", "day", start)]).toEqual([0, 1]);
});
