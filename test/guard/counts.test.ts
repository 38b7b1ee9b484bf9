import { addTo, byKey, dayOf, endOfDay } from "../../src/guard/counts.ts";

test("addTo does not lower a count below its bound", () => {
  const counts = byKey<number>();
  addTo(counts, "a", 1);
  addTo(counts, "a", -1);
  addTo(counts, "b", -9, -4);
  expect([counts.get("a"), counts.get("b"), counts.get("c")]).toEqual([0, -4, undefined]);
});

test("byKey evicts the least recently used of more than 100,000 keys", () => {
  const counts = byKey<number>();
  for (let key = 0; key < 100_000; key++) addTo(counts, String(key), 1);
  addTo(counts, "0", 1);
  addTo(counts, "another", 1);
  expect(["0", "1", "another"].map((key) => counts.get(key))).toEqual([2, undefined, 1]);
});

test("the guard's day begins and ends at midnight UTC", () => {
  const evening = Date.parse("2030-01-15T23:59:59.999Z");
  expect(dayOf(evening + 1) - dayOf(evening)).toBe(1);
  expect(new Date(endOfDay(evening)).toISOString()).toBe("2030-01-16T00:00:00.000Z");
});
