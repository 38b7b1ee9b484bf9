import { createCounts } from "../../src/guard/counts.ts";
import { fingerprintOf } from "../../src/guard/fingerprint.ts";
import { createHistories } from "../../src/guard/histories.ts";
import { hours, minutes, start } from "./guarding.ts";

const bucket = 1_000;
const key = (name: string | number) => fingerprintOf(String(name));

describe("counts of a key", () => {
  test("slide by 10 minutes: an hour is this bucket and the five before it", () => {
    const small = { own: { keys: 10, entries: 20 }, others: { keys: 10, entries: 20 } };
    const counts = createCounts(small, small);
    counts.add("people", "a", start);
    expect(counts.within("people", "a", "hour", start + minutes(59))).toBe(1);
    expect(counts.within("people", "a", "hour", start + minutes(60))).toBe(0);
    expect(counts.within("people", "a", "day", start + hours(24) - 1)).toBe(1);
    expect(counts.within("people", "a", "day", start + hours(24))).toBe(0);
    expect(counts.within("places", "a", "day", start)).toBe(0);
  });

  test("are the same as of a plain list, whatever comes in whatever order", () => {
    const histories = createHistories({ keys: 50, entries: 8_000 });
    const plain = new Map<string, number>();
    let seed = 7;
    const random = (below: number) => (seed = (seed * 48_271) % 2_147_483_647) % below;
    for (let step = 0; step < 20_000; step++) {
      const now = bucket + Math.floor(step / 50);
      const [name, when] = [random(50), now - random(30)];
      histories.add(key(name), when, 1);
      plain.set(`${name} ${when}`, (plain.get(`${name} ${when}`) ?? 0) + 1);
      if (step % 97 !== 0) continue;
      let expected = 0;
      for (let past = 0; past < 144; past++) expected += plain.get(`${name} ${now - past}`) ?? 0;
      expect(histories.within(key(name), now, 144)).toBe(expected);
    }
  });

  test("go on where the last 16 bits of the time begin anew", () => {
    const histories = createHistories({ keys: 4, entries: 8 });
    histories.add(key("a"), 0xffff, 2);
    histories.add(key("a"), 0x1_0002, 3);
    expect(histories.within(key("a"), 0x1_0002, 6)).toBe(5);
    expect(histories.within(key("a"), 0x1_0005, 6)).toBe(3);
  });
});

describe("where there is no more room", () => {
  test("the least recent key is let go first, and one that was used again stays", () => {
    const histories = createHistories({ keys: 100, entries: 1_000 });
    for (let name = 0; name < 100; name++) histories.add(key(name), bucket, 1);
    histories.add(key(0), bucket, 1);
    for (let name = 100; name < 150; name++) histories.add(key(name), bucket, 1);
    const left = Array.from({ length: 150 }, (_, name) => name).filter(
      (name) => histories.within(key(name), bucket, 6) > 0,
    );
    expect(left).toEqual([0, ...Array.from({ length: 99 }, (_, index) => index + 51)]);
    expect(histories.within(key(0), bucket, 6)).toBe(2);
  });

  test("keys with many buckets make room too, and keys that come back begin anew", () => {
    const histories = createHistories({ keys: 100, entries: 150 });
    for (let past = 0; past < 140; past++) histories.add(key("old"), bucket + past, 1);
    for (let name = 0; name < 60; name++) histories.add(key(name), bucket + 140, 1);
    expect(histories.within(key("old"), bucket + 140, 144)).toBe(0);
    for (let name = 0; name < 60; name++) expect(histories.within(key(name), bucket + 140, 6)).toBe(1);
    histories.add(key("old"), bucket + 141, 1);
    expect(histories.within(key("old"), bucket + 141, 144)).toBe(1);
  });

  test("a million numbers of a day, each with a user who enrols it, fit into 128 MB, and the first ones are still known", () => {
    const before = process.memoryUsage().arrayBuffers;
    const counts = createCounts();
    const used = process.memoryUsage().arrayBuffers - before;
    expect(used).toBeGreaterThan(50e6);
    expect(used).toBeLessThan(128e6);
    for (let index = 0; index < 1_000_000; index++) {
      const now = start + index * 80;
      counts.add("people", `number ${index}`, now);
      counts.add("people", `user ${index}`, now);
      counts.see(`user ${index}`, `number ${index}`, now);
    }
    const end = start + 80e6;
    for (const index of [0, 1, 500_000, 999_999]) {
      expect(counts.within("people", `number ${index}`, "day", end)).toBe(1);
      expect(counts.different(`user ${index}`, "day", end)).toBe(1);
    }
    // All that it needs was there before the first of them.
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(128e6);
    // The next 300,000 take the places of the least recent.
    for (let index = 0; index < 300_000; index++) counts.add("people", `more ${index}`, end);
    expect(counts.within("people", "number 1", "day", end)).toBe(0);
    expect(counts.within("people", "number 999999", "day", end)).toBe(1);
  }, 120_000);
});
