import type { CountryNumbers, GuardedCode } from "../../src/guard/guarded-code.ts";
import {
  code,
  guardWith,
  hours,
  sendAndUse,
  passed,
  start,
  times,
  withoutNumbers,
} from "./guarding.ts";

const person = { userKey: "one user", phoneKey: "one phone" };

describe("a person's limits, without numbers from the operator", () => {
  test.each([
    ["40 sign-ins of a user in a day", "user-limit", 40, () => code("sign-in", person)],
    ["40 codes of an unknown kind", "user-limit", 40, () => code("unknown", person)],
    ["10 recoveries of a user in a day", "user-limit", 10, () => code("recovery", person)],
    [
      "8 enrollments of a user in a day",
      "user-limit",
      8,
      () => code("enrollment", { userKey: "one user" }),
    ],
    [
      "20 enrollments of a number in a day",
      "number-limit",
      20,
      () => code("enrollment", { phoneKey: "one phone" }),
    ],
  ])("the guard allows %s", (_, reason, limit, next: () => GuardedCode) => {
    const guard = guardWith(withoutNumbers);
    expect(passed(guard, limit + 1, next)).toBe(limit);
    expect(guard.judge(next(), start).refused).toMatchObject({
      reason,
      enforced: true,
      count: limit + 1,
      limit,
    });
    expect(guard.judge(next(), start + hours(24) + 1).refused).toBeUndefined();
  });

  test("used sign-in codes count towards a user's 40 sign-ins of a day", () => {
    const guard = guardWith(withoutNumbers);
    for (let count = 0; count < 40; count++) sendAndUse(guard, code("sign-in", person));
    expect(guard.judge(code("sign-in", person), start).refused).toMatchObject({
      reason: "user-limit",
      limit: 40,
    });
    expect(guard.judge(code("recovery", person), start).refused).toBeUndefined();
    expect(guard.judge(code("sign-in", person), start + hours(24) + 1).refused).toBeUndefined();
  });

  test("sign-ins and codes of an unknown kind have separate limits of 40", () => {
    const guard = guardWith(withoutNumbers);
    expect(passed(guard, 100, () => code("unknown", person))).toBe(40);
    expect(passed(guard, 100, () => code("sign-in", person))).toBe(40);
  });

  test("the guard counts recoveries by number if Okta names no user", () => {
    expect(
      passed(guardWith(withoutNumbers), 11, () =>
        code("recovery", { ...person, userKey: undefined }),
      ),
    ).toBe(10);
  });
});

/** Creates codes for 300 people in turn, so that each person gets several unused codes. */
const ofPeopleInTurn = (kind: GuardedCode["kind"], changes: Partial<GuardedCode> = {}) => {
  const people = times(300, () => code(kind, changes));
  return (index: number) => people[index % people.length] ?? code(kind, changes);
};

describe("a country's limits", () => {
  test.each([
    ["country-unfinished", 40, () => code("enrollment"), true],
    ["country-unused", 40, () => code("enrollment"), false],
    ["country-calls", 1_000, () => code("sign-in", { channel: "voice" }), true],
    ["country-codes", 10_000, () => code("sign-in"), false],
  ] as const)(
    "%s limits a country to %d codes",
    (reason, limit, next: () => GuardedCode, joined) => {
      const guard = guardWith({}, joined);
      expect(passed(guard, limit + 1, next)).toBe(limit);
      expect(guard.judge(next(), start).refused).toMatchObject({ reason, limit, enforced: true });
      // Another country has its own count.
      expect(guard.judge({ ...next(), country: "US" }, start).refused).toBeUndefined();
    },
  );

  test.each([
    ["recovery", 40],
    ["sign-in", 1_000],
    ["unknown", 1_000],
  ] as const)(
    "beyond a country's limit, the guard refuses a person's fourth unused code of the kind %s",
    (kind, limit) => {
      const guard = guardWith();
      const next = ofPeopleInTurn(kind);
      expect(passed(guard, 2_000, next)).toBe(Math.max(limit, 3 * 300));
      expect(guard.judge(next(0), start).refused).toMatchObject({
        reason: "country-unused",
        limit,
        enforced: true,
      });
      const another = code(kind);
      const judged = times(4, () => guard.judge(another, start).refused?.reason);
      expect(judged).toEqual([undefined, undefined, undefined, "country-unused"]);
    },
  );

  test("the guard counts calls for recoveries separately", () => {
    const guard = guardWith({ countryLimits: new Map([["GB", { calls: 5 }]]) });
    const call = (kind: GuardedCode["kind"]) => () => code(kind, { channel: "voice" });
    expect(passed(guard, 9, call("recovery"))).toBe(5);
    expect(guard.judge(call("recovery")(), start).refused).toMatchObject({
      reason: "country-calls",
    });
    expect(passed(guard, 9, call("sign-in"))).toBe(5);
  });

  test("the numbers of `*` apply to the groups for which a country has no number", () => {
    const own = { enrollments: { day: 1 } };
    const countryLimits = new Map<string, CountryNumbers>([
      ["GB", own],
      ["*", { enrollments: { day: 9 }, calls: 2 }],
    ]);
    const guard = guardWith({ countryLimits });
    expect(passed(guard, 9, () => code("enrollment"))).toBe(1);
    expect(passed(guard, 9, () => code("sign-in", { channel: "voice" }))).toBe(2);
    expect(passed(guard, 99, () => code("enrollment", { country: "+870", allowed: true }))).toBe(9);
  });

  test("used codes count towards a country's limit for all codes of a day", () => {
    const guard = guardWith({
      countryLimits: new Map([["GB", { others: { day: 5, all: 9 } }]]),
    });
    for (let count = 0; count < 9; count++) sendAndUse(guard, code("sign-in"));
    expect(guard.judge(code("sign-in"), start).refused).toMatchObject({
      reason: "country-codes",
      limit: 9,
    });
  });

  test("a budget counts every code, and does not refuse codes to exempt numbers", () => {
    const guard = guardWith({ ...withoutNumbers, countryBudget: new Map([["*", 4]]) });
    for (const kind of ["sign-in", "recovery", "enrollment"] as const)
      sendAndUse(guard, code(kind));
    for (let count = 0; count < 50; count++)
      expect(
        guard.judge(code("enrollment", { ...person, exempt: true }), start).refused,
      ).toBeUndefined();
    expect(guard.judge(code("sign-in"), start).refused).toMatchObject({
      reason: "country-budget",
      count: 54,
    });
  });

  test("codes to exempt numbers do not count towards a user's limit", () => {
    const guard = guardWith(withoutNumbers);
    for (let count = 0; count < 50; count++)
      guard.judge(code("enrollment", { ...person, exempt: true }), start);
    expect(passed(guard, 9, () => code("enrollment", { userKey: person.userKey }))).toBe(8);
  });

  test("dayPercent reports how full the fullest limit is", () => {
    const guard = guardWith({ ...withoutNumbers, countryBudget: new Map([["GB", 10]]) });
    expect(times(9, () => guard.judge(code("sign-in"), start).dayPercent).at(-1)).toBe(90);
    expect(guard.judge(code("sign-in", { country: "US" }), start).dayPercent).toBeUndefined();
  });

  test("known ranges have their own limits: 40 unfinished enrollments each, and 60 in total", () => {
    const guard = guardWith();
    const known = (knownRange: string) => () => code("enrollment", { knownRange });
    expect(passed(guard, 99, () => code("enrollment"))).toBe(40);
    expect(passed(guard, 99, known("+4477009"))).toBe(40);
    expect(guard.judge(known("+4477009")(), start).refused).toMatchObject({
      reason: "range-unfinished",
      limit: 40,
    });
    expect(passed(guard, 99, known("+4477010"))).toBe(20);
    expect(guard.judge(known("+4477011")(), start).refused).toMatchObject({
      reason: "range-unfinished",
      limit: 60,
    });
  });

  test.each([
    ["a country", {}, "country-unfinished"],
    ["a known range", { knownRange: "+4477009" }, "range-unfinished"],
  ])("half of the limit of %s applies to a user's second number", (_, where, reason) => {
    const guard = guardWith();
    const byFive = (index: number) =>
      code("enrollment", { userKey: `account ${index % 5}`, ...where });
    const sent = times(40, (index) => guard.judge(byFive(index), start).refused === undefined);
    expect(sent.filter(Boolean)).toHaveLength(20);
    expect(guard.judge(byFive(0), start).refused).toMatchObject({ reason, limit: 20 });
    expect(passed(guard, 99, () => code("enrollment", where))).toBe(20);
  });
});

describe("a limit that only records", () => {
  test("a limit that only records is reported, and its codes count in other limits", () => {
    const guard = guardWith({ ...withoutNumbers, countryBudget: new Map([["GB", 45]]) });
    const refusals = times(46, () => guard.judge(code("enrollment"), start).refused);
    expect(refusals[40]).toMatchObject({
      reason: "country-unfinished",
      enforced: false,
      count: 41,
    });
    expect(refusals[45]).toMatchObject({ reason: "country-budget", enforced: true, count: 46 });
  });

  test("codes without a user do not count in limits from which used codes are subtracted", () => {
    const guard = guardWith();
    expect(passed(guard, 50, () => code("enrollment", { userKey: undefined }))).toBe(50);
    expect(passed(guard, 99, () => code("enrollment"))).toBe(40);
    expect(guard.judge(code("enrollment", { userKey: undefined }), start).refused).toMatchObject({
      enforced: false,
    });
    expect(guard.codesWithoutUser()).toBe(51);
  });
});

test("refused codes do not count, so one account cannot use up a country's limit", () => {
  const guard = guardWith();
  for (let count = 0; count < 500; count++)
    guard.judge(code("enrollment", { userKey: "one user" }), start);
  expect(passed(guard, 99, () => code("enrollment"))).toBe(32);
});

test("subtracted codes do not count towards a country's limit", () => {
  const guard = guardWith();
  for (let count = 0; count < 500; count++)
    guard.judge(code("enrollment", person), start).subtract?.();
  expect(passed(guard, 99, () => code("enrollment"))).toBe(40);
});

test("a refusal ends at midnight UTC, and reports that time", () => {
  const guard = guardWith();
  passed(guard, 40, () => code("enrollment"));
  const untilMs = Date.parse("2030-01-16T00:00:00Z");
  expect(guard.judge(code("enrollment"), untilMs - 1).refused).toMatchObject({ untilMs });
  expect(guard.judge(code("enrollment"), untilMs).refused).toBeUndefined();
});

test("codes to 100,000 people do not evict a country's count", () => {
  const guard = guardWith();
  passed(guard, 40, () => code("enrollment"));
  for (let count = 0; count < 100_001; count++)
    guard.judge(code("unknown", { country: "US" }), start);
  expect(guard.judge(code("enrollment"), start).refused).toMatchObject({
    reason: "country-unfinished",
  });
});
