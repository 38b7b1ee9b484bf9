import type { Guard, GuardedCode } from "../../src/guard/guard.ts";
import { alone, code, feedOutcomes, hours, minutes, signIn, start } from "./guarding.ts";

/** The reasons, of codes that come one each `everyMs`. */
function judgeAll(guard: Guard, codes: readonly GuardedCode[], everyMs = 30_000, from = start): (string | undefined)[] {
  return codes.map((one, index) => guard.judge(one, from + index * everyMs)?.reason);
}
const times = <T>(count: number, create: (index: number) => T) =>
  Array.from({ length: count }, (_, index) => create(index));
const passed = (count: number) => Array<undefined>(count).fill(undefined);

describe("a number", () => {
  test("gets eight codes in an hour, whoever asks for them and whatever for, and the ninth is too much", () => {
    const codes = times(10, (index) => code({ phoneKey: "one", requestType: index % 2 === 0 ? "other" : "unknown" }));
    expect(judgeAll(alone(), codes)).toEqual([...passed(8), "number-limit", "number-limit"]);
  });

  test("gets more once the hour is over, 20 in a day, and the count and the limit are told", () => {
    const guard = alone();
    const codes = times(22, () => signIn({ phoneKey: "one" }));
    expect(judgeAll(guard, codes, minutes(10))).toEqual([...passed(20), "number-limit", "number-limit"]);
    expect(guard.judge(signIn({ phoneKey: "one" }), start + hours(4))).toEqual({
      reason: "number-limit",
      count: 23,
      limit: 20,
    });
    expect(guard.judge(signIn({ phoneKey: "one" }), start + hours(29))).toBeUndefined();
  });

  test("is refused for as long as codes for it keep coming, for a refused one counts, and no longer", () => {
    const guard = alone({ numberCodes: { hour: 8 } });
    const codes = times(120, () => signIn({ phoneKey: "one" }));
    expect(new Set(judgeAll(guard, codes).slice(8))).toEqual(new Set(["number-limit"]));
    expect(guard.judge(signIn({ phoneKey: "one" }), start + hours(2))).toBeUndefined();
  });
});

describe("a user", () => {
  test("gets ten codes in an hour over all numbers", () => {
    const codes = times(11, () => signIn({ userKey: "one" }));
    expect(judgeAll(alone(), codes)).toEqual([...passed(10), "user-limit"]);
  });

  test("enrols three different numbers in a day, each as often as may be; of sign-ins none counts", () => {
    const codes = Array.from("aabbccad", (phoneKey) => code({ userKey: "one", phoneKey }));
    const guard = alone();
    expect(judgeAll(guard, codes, hours(1))).toEqual([...passed(7), "user-numbers"]);
    expect(guard.judge(signIn({ userKey: "one", phoneKey: "e" }), start + hours(9))).toBeUndefined();
    expect(guard.judge(code({ userKey: "one", phoneKey: "e" }), start + hours(32))).toBeUndefined();
  });

  test("whom Okta does not name is judged by his number alone", () => {
    const codes = times(12, () =>
      code({ userKey: undefined, range: `+${Math.random()}`, country: String(Math.random()) }),
    );
    expect(judgeAll(alone(), codes)).toEqual(passed(12));
  });
});

describe("a range", () => {
  const pump = (count: number) => times(count, () => code());

  test("has ten enrolments in an hour that nobody finished", () => {
    const guard = alone();
    feedOutcomes(guard, start);
    expect(judgeAll(guard, pump(12))).toEqual([...passed(10), "range-unverified", "range-unverified"]);
  });

  test("has more where half as many codes were verified in it in the last 24 hours", () => {
    const guard = alone();
    feedOutcomes(guard, start);
    for (let index = 0; index < 30; index++) guard.verified({ ...code(), requestType: "other" }, start);
    expect(judgeAll(guard, pump(16), 30_000, start + hours(23))).toEqual([...passed(15), "range-unverified"]);
    guard.verified({ ...code(), requestType: "other" }, start);
    const verdict = guard.judge(code(), start + hours(23) + minutes(10));
    expect(verdict).toEqual({ reason: "range-unverified", count: 17, limit: 15 });
  });

  test("has as many as are finished", () => {
    const guard = alone();
    feedOutcomes(guard, start);
    for (const one of pump(60)) {
      expect(guard.judge(one, start)).toBeUndefined();
      guard.verified(one, start);
    }
  });

  test("has one more for each that is finished, as people of a roll-out come faster than they type", () => {
    const guard = alone();
    feedOutcomes(guard, start);
    const codes = pump(10);
    expect(judgeAll(guard, codes)).toEqual(passed(10));
    for (const one of codes.slice(0, 3)) guard.verified(one, start + minutes(2));
    expect(judgeAll(guard, pump(7), 1_000, start + minutes(2))).toEqual([...passed(6), "range-unverified"]);
  });

  test("goes on once most of what was sent is finished, however many were refused meanwhile", () => {
    const guard = alone();
    feedOutcomes(guard, start);
    const codes = pump(40);
    expect(judgeAll(guard, codes, 5_000).filter((reason) => reason === undefined)).toHaveLength(10);
    for (const one of codes.slice(0, 5)) guard.verified(one, start + minutes(5));
    expect(guard.judge(code(), start + minutes(5))?.count).toBe(31);
    for (const one of codes.slice(5, 9)) guard.verified(one, start + minutes(6));
    expect(guard.judge(code(), start + minutes(6))).toBeUndefined();
  });

  test.each(["other", "unknown"] as const)("is never refused for codes of the kind %s", (requestType) => {
    const guard = alone();
    feedOutcomes(guard, start);
    expect(
      judgeAll(
        guard,
        times(100, () => code({ requestType })),
      ),
    ).toEqual(passed(100));
  });

  test("lifts itself after an hour without codes", () => {
    const guard = alone();
    feedOutcomes(guard, start);
    judgeAll(guard, pump(30));
    expect(guard.judge(code(), start + minutes(80))).toBeUndefined();
  });
});

describe("a country", () => {
  const pump = (count: number) => times(count, (index) => code({ range: `+4477${100 + index}` }));

  test("has 20 enrolments in an hour that nobody finished, over all its ranges, and others are left alone", () => {
    const guard = alone();
    feedOutcomes(guard, start);
    expect(judgeAll(guard, pump(21))).toEqual([...passed(20), "country-unverified"]);
    expect(guard.judge(code({ country: "DE", range: "+491511234" }), start + minutes(11))).toBeUndefined();
  });

  test("has 40 in a day", () => {
    const guard = alone();
    feedOutcomes(guard, start);
    expect(judgeAll(guard, pump(41), minutes(10))).toEqual([...passed(40), "country-unverified"]);
  });

  test("has more by its best day of the last 14, not by this one", () => {
    const guard = alone();
    const verify = (count: number, now: number) => {
      for (let index = 0; index < count; index++) guard.verified({ ...signIn(), country: "GB" }, now);
    };
    verify(900, start - hours(14 * 24));
    verify(600, start - hours(24));
    verify(3_000, start - hours(15 * 24));
    feedOutcomes(guard, start);
    verify(3_000, start);
    expect(judgeAll(guard, pump(31))).toEqual([...passed(30), "country-unverified"]);
  });

  test("has a budget of codes a day where one is set, for itself or as each of the others", () => {
    const guard = alone({
      countryBudget: new Map([
        ["US", 3],
        ["*", 1],
      ]),
    });
    expect(
      judgeAll(
        guard,
        times(4, () => signIn()),
      ),
    ).toEqual([...passed(3), "country-budget"]);
    expect(
      judgeAll(
        guard,
        times(2, () => signIn({ country: "+870" })),
      ),
    ).toEqual([undefined, "country-budget"]);
    expect(guard.judge(signIn({ country: "DE" }), start)).toBeUndefined();
    expect(guard.judge(signIn(), start + hours(25))).toBeUndefined();
  });

  test("has its whole budget each day, however many more ask, and however many a pump is refused", () => {
    const guard = alone({ countryBudget: new Map([["*", 24]]) });
    const sentOf = (day: number) =>
      judgeAll(
        guard,
        times(48, () => signIn()),
        minutes(30),
        start + hours(24 * day),
      ).filter((reason) => reason === undefined).length;
    expect([0, 1, 2].map(sentOf)).toEqual([24, 24, 24]);
    judgeAll(
      guard,
      times(60, () => signIn({ phoneKey: "one", country: "GB" })),
      1_000,
    );
    expect(guard.judge(signIn({ country: "GB" }), start + minutes(2))).toBeUndefined();
  });
});

describe("an exempt range", () => {
  test.each(["+44770", "+44770090", "+4477009001", "+447700900123"])(
    "is never refused, and is not held against its country (%s)",
    (exempt) => {
      const guard = alone({ exemptRanges: ["+1", exempt] });
      feedOutcomes(guard, start);
      const codes = times(60, () => code({ phoneKey: "one", userKey: "one" }));
      expect(judgeAll(guard, codes)).toEqual(passed(60));
      expect(guard.judge(code({ range: "+44780090" }), start + minutes(30))).toBeUndefined();
    },
  );

  test("of another number exempts nobody", () => {
    const guard = alone({ exemptRanges: ["+4477009112", "+44780"] });
    feedOutcomes(guard, start);
    expect(
      judgeAll(
        guard,
        times(11, () => code()),
      ).at(-1),
    ).toBe("range-unverified");
  });
});

describe("the feed of outcomes", () => {
  const pump = (guard: Guard, now: number) =>
    judgeAll(
      guard,
      times(60, () => code()),
      1_000,
      now,
    );

  test("that never was refuses nobody for what nobody finished", () => {
    const guard = alone();
    expect([guard.feedAlive(start), ...pump(guard, start)]).toEqual([false, ...passed(60)]);
  });

  test("lives with 20 outcomes in 24 hours", () => {
    const guard = alone();
    for (let index = 0; index < 19; index++) guard.verified(signIn(), start);
    expect(guard.feedAlive(start)).toBe(false);
    guard.verified(signIn(), start);
    expect(guard.feedAlive(start + hours(23))).toBe(true);
    expect(guard.feedAlive(start + hours(25))).toBe(false);
  });

  test("lives where 30 % of the sign-in codes are used, however many enrolments a pump adds", () => {
    const guard = alone();
    feedOutcomes(guard, start);
    for (let index = 0; index < 46; index++) guard.judge(signIn(), start);
    expect(guard.feedAlive(start)).toBe(true);
    expect(pump(guard, start).at(-1)).toBe("range-unverified");
    guard.judge(signIn(), start);
    expect(guard.feedAlive(start)).toBe(false);
  });

  test("lives however many codes one person asks for that are refused", () => {
    const guard = alone();
    feedOutcomes(guard, start);
    for (let index = 0; index < 200; index++) guard.judge(signIn({ phoneKey: "one" }), start);
    expect(guard.feedAlive(start)).toBe(true);
  });

  test("that dies is seen within the hour where sign-ins are many", () => {
    const guard = alone();
    for (let hour = 0; hour < 12; hour++) feedOutcomes(guard, start + hours(hour));
    expect(guard.feedAlive(start + hours(11))).toBe(true);
    for (let index = 0; index < 20; index++) guard.judge(signIn(), start + hours(12));
    expect(guard.feedAlive(start + hours(12))).toBe(false);
    expect(pump(guard, start + hours(12))).toEqual(passed(60));
  });
});
