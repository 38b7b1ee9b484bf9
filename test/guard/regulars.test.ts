import { createRegulars } from "../../src/guard/regulars.ts";

const day = 86_400_000;
const start = Date.parse("2030-01-15T09:00:00Z");

test("a place is judged by its people from a week after the first used code until a week after the last", () => {
  const regulars = createRegulars(() => true);
  const known = (days: number) => regulars.knownForAWeek(start + days * day);
  for (let days = 0; days <= 10; days++) regulars.add("US", `person ${days}`, start + days * day);
  expect([known(6), known(7), known(17)]).toEqual([false, true, true]);
  // Events have stopped: the people are forgotten one by one, which makes no country an unplanned one.
  expect([known(18), known(30)]).toEqual([false, false]);
});
