import { remember, rememberBy } from "../../sandbox/remembering.ts";

test("of what a sandbox sees the newest 10,000 are remembered", () => {
  const list: number[] = [];
  const map = new Map<number, string>();
  for (let n = 1; n <= 12_000; n++) {
    remember(list, n);
    rememberBy(map, n, `${n}`);
  }
  expect([list.length, list[0], list.at(-1)]).toEqual([10_000, 2_001, 12_000]);
  expect([map.size, map.has(2_000), map.get(12_000)]).toEqual([10_000, false, "12000"]);
});
