import type { GuardedCode } from "../../src/guard/guarded-code.ts";
import {
  alone,
  beBelieved,
  days,
  enrollment,
  hours,
  minutes,
  passed,
  reasonOf,
  reasonsOf,
  sendAndUse,
  signIn,
  start,
  times,
  use,
} from "./guarding.ts";
import type { Guard } from "../../src/guard/guard.ts";

/** With a budget that leaves the volume cap out of the way. */
const roomy = { countryBudget: new Map([["*", 100_000]]) };
function believing(settings = {}): Guard {
  const guard = alone({ ...roomy, ...settings });
  beBelieved(guard, start);
  return guard;
}
const pump = (count: number) => times(count, () => enrollment());
const overRanges = (count: number) => times(count, (index) => enrollment({ range: `+4477${100 + index}` }));

describe("a range", () => {
  test("has ten enrollments in an hour that nobody completes", () => {
    expect(reasonsOf(believing(), pump(12))).toEqual([...passed(10), "range-unfinished", "range-unfinished"]);
  });

  test("has no limit of them while Okta's events are not believed", () => {
    expect(reasonsOf(alone(roomy), pump(30))).toEqual(passed(30));
  });

  test("has no limit of codes of another kind", () => {
    const guard = believing();
    for (const kind of ["sign-in", "recovery", "unknown"] as const)
      expect(
        reasonsOf(
          guard,
          times(50, () => enrollment({ kind })),
          1_000,
        ),
      ).toEqual(passed(50));
  });

  test("has one more for each that is completed, as people of a roll-out come faster than they type", () => {
    const guard = believing();
    const codes = pump(10);
    expect(reasonsOf(guard, codes)).toEqual(passed(10));
    for (const code of codes.slice(0, 3)) use(guard, code, start);
    expect(reasonsOf(guard, pump(7), 1_000, start + minutes(6))).toEqual([...passed(6), "range-unfinished"]);
  });

  test("has half as many as codes were used in it in 24 hours", () => {
    const guard = believing();
    for (const code of times(30, () => enrollment({ kind: "sign-in" }))) sendAndUse(guard, code, start);
    expect(reasonsOf(guard, pump(16), 1_000, start + hours(23))).toEqual([...passed(15), "range-unfinished"]);
  });

  test("stays refused while a pump goes on: refused ones count as long as few are completed", () => {
    const guard = believing();
    const told = reasonsOf(guard, pump(600), 30_000);
    expect(told.filter((reason) => reason === undefined)).toHaveLength(10);
    expect(reasonOf(guard, enrollment(), start + hours(6) + minutes(10))).toBeUndefined();
  });

  test("goes on once people complete what Okta's own provider sent", () => {
    const guard = believing();
    const codes = pump(25);
    expect(reasonsOf(guard, codes, 1_000).slice(10)).toEqual(Array(15).fill("range-unfinished"));
    for (const code of codes.slice(10)) use(guard, code, start, { counted: false });
    expect(reasonOf(guard, enrollment(), start + minutes(2))).toBeUndefined();
  });
});

describe("a country", () => {
  test("has 20 in an hour over all its ranges, and others are left alone", () => {
    const guard = believing();
    expect(reasonsOf(guard, overRanges(21))).toEqual([...passed(20), "country-unfinished"]);
    expect(reasonOf(guard, enrollment({ country: "DE", range: "+491511234" }), start + minutes(11))).toBeUndefined();
  });

  test("has 40 in a day", () => {
    const guard = believing();
    const told = reasonsOf(guard, overRanges(41), minutes(10));
    expect(told).toEqual([...passed(40), "country-unfinished"]);
  });

  test("has a 30th of its best day in an hour, of the last 14 days and not of this one", () => {
    const guard = believing();
    const useMany = (count: number, at: number) => {
      for (let index = 0; index < count; index++) sendAndUse(guard, signIn({ country: "GB", range: "+44770091" }), at);
    };
    useMany(1_500, start - days(15));
    useMany(900, start - days(14));
    useMany(1_500, start - minutes(5));
    expect(reasonsOf(guard, overRanges(31), 1_000)).toEqual([...passed(30), "country-unfinished"]);
  });

  describe("that is refused", () => {
    const known = (guard: Guard, people: number, at = start - days(1)) => {
      for (let index = 0; index < people; index++) sendAndUse(guard, enrollment({ kind: "sign-in" }), at);
    };
    const refuseCountry = (guard: Guard) => reasonsOf(guard, overRanges(60), 1_000).at(-1);
    const newcomers = (guard: Guard, codes: readonly GuardedCode[], everyMs: number) =>
      reasonsOf(guard, codes, everyMs, start + minutes(1)).filter((reason) => reason === undefined).length;

    test("lets newcomers of a range in which people are known pass, three an hour", () => {
      const guard = believing();
      known(guard, 5);
      expect(refuseCountry(guard)).toBe("country-unfinished");
      expect(newcomers(guard, pump(10), 1_000)).toBe(3);
    });

    test("in a day as many as people are known there", () => {
      const guard = believing();
      known(guard, 5);
      refuseCountry(guard);
      const told = times(8, (hour) => {
        refuseCountry(guard);
        for (const code of overRanges(30)) guard.judge(code, start + hours(hour));
        return reasonOf(guard, enrollment(), start + hours(hour));
      });
      expect(told.filter((reason) => reason === undefined)).toHaveLength(5);
    });

    test.each([
      [
        "fewer than three people are known",
        (guard: Guard) => {
          known(guard, 2);
        },
      ],
      [
        "people used codes only today",
        (guard: Guard) => {
          known(guard, 5, start - minutes(3));
        },
      ],
    ])("keeps refusing where %s", (_, learn) => {
      const guard = believing();
      learn(guard);
      refuseCountry(guard);
      expect(newcomers(guard, pump(5), 1_000)).toBe(0);
    });
  });
});
