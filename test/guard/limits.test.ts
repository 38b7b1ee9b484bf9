import type { CountryNumbers, GuardedCode } from "../../src/guard/guarded-code.ts";
import {
  code,
  guardWith,
  hours,
  minutes,
  sendAndUse,
  sentOf,
  start,
  times,
  withoutNumbers,
} from "./guarding.ts";

const person = { userKey: "one user", phoneKey: "one phone" };

describe("a person's limits hold without any number of the operator's", () => {
  test.each([
    ["10 unused sign-ins of a user in an hour", "user-limit", 10, () => code("sign-in", person)],
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
  ])("%s", (_, reason, limit, next: () => GuardedCode) => {
    const guard = guardWith(withoutNumbers);
    expect(sentOf(guard, limit + 1, next)).toBe(limit);
    expect(guard.judge(next(), start).refused).toMatchObject({
      reason,
      enforced: true,
      count: limit + 1,
      limit,
    });
    expect(guard.judge(next(), start + hours(24) + 1).refused).toBeUndefined();
  });

  test("40 sign-ins of a user in a day, whatever is used", () => {
    const guard = guardWith(withoutNumbers);
    for (let count = 0; count < 40; count++) sendAndUse(guard, code("sign-in", person));
    expect(guard.judge(code("sign-in", person), start).refused).toMatchObject({
      reason: "user-limit",
      limit: 40,
    });
    expect(guard.judge(code("recovery", person), start).refused).toBeUndefined();
    expect(guard.judge(code("sign-in", person), start + hours(24) + 1).refused).toBeUndefined();
  });

  test("types that nobody knows have limits of their own, since strangers may ask for them", () => {
    const guard = guardWith(withoutNumbers);
    expect(sentOf(guard, 100, () => code("unknown", person))).toBe(10);
    expect(sentOf(guard, 100, () => code("sign-in", person))).toBe(10);
    expect(sentOf(guard, 100, () => code("unknown", person), start + hours(1) + 1)).toBe(10);
  });

  test("a number stands for the person where Okta names no user", () => {
    expect(
      sentOf(guardWith(withoutNumbers), 11, () =>
        code("recovery", { ...person, userKey: undefined }),
      ),
    ).toBe(10);
  });
});

describe("a country's limits, once the operator has given numbers,", () => {
  test.each([
    ["country-unfinished", 20, () => code("enrollment"), true],
    ["country-unused", 20, () => code("enrollment"), false],
    ["country-unused", 40, () => code("recovery"), true],
    ["country-unused", 120, () => code("unknown"), true],
    ["country-calls", 100, () => code("sign-in", { channel: "voice" }), true],
  ] as const)("%s: %d", (reason, limit, next: () => GuardedCode, joined) => {
    const guard = guardWith({}, joined);
    expect(sentOf(guard, limit + 1, next)).toBe(limit);
    expect(guard.judge(next(), start).refused).toMatchObject({ reason, limit, enforced: true });
    // Another country has its own.
    expect(guard.judge({ ...next(), country: "US" }, start).refused).toBeUndefined();
  });

  test("a country's own numbers go before those of *, group by group", () => {
    const own = { recoveries: { hour: 1, day: 5, all: 6 } };
    const countryLimits = new Map<string, CountryNumbers>([
      ["GB", own],
      ["*", { enrollments: { hour: 2, day: 2, all: 9 } }],
    ]);
    const guard = guardWith({ countryLimits });
    expect(sentOf(guard, 9, () => code("recovery"))).toBe(1);
    expect(sentOf(guard, 9, () => code("enrollment"))).toBe(2);
    expect(sentOf(guard, 9, () => code("recovery", { country: "+870" }))).toBe(9);
  });

  test("all codes of a day count, used or not", () => {
    const guard = guardWith({
      countryLimits: new Map([["GB", { others: { hour: 3, day: 5, all: 9 } }]]),
    });
    for (let count = 0; count < 9; count++) sendAndUse(guard, code("sign-in"));
    expect(guard.judge(code("sign-in"), start).refused).toMatchObject({
      reason: "country-codes",
      limit: 9,
    });
  });

  test("a budget is of all groups, and codes to exempt numbers count in it and are never refused", () => {
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

  test("codes to exempt numbers count in no row but that", () => {
    const guard = guardWith(withoutNumbers);
    for (let count = 0; count < 50; count++)
      guard.judge(code("enrollment", { ...person, exempt: true }), start);
    expect(sentOf(guard, 9, () => code("enrollment", { userKey: person.userKey }))).toBe(8);
  });

  test("say how much of the fullest day is used up", () => {
    const guard = guardWith({ ...withoutNumbers, countryBudget: new Map([["GB", 10]]) });
    expect(times(9, () => guard.judge(code("sign-in"), start).dayPercent).at(-1)).toBe(90);
    expect(guard.judge(code("sign-in", { country: "US" }), start).dayPercent).toBeUndefined();
  });

  test("leave out known ranges, which have 10 unfinished enrollments an hour each", () => {
    const guard = guardWith();
    const known = (knownRange: string) => () => code("enrollment", { knownRange });
    expect(sentOf(guard, 20, () => code("enrollment"))).toBe(20);
    expect(sentOf(guard, 11, known("+4477009"))).toBe(10);
    expect(guard.judge(known("+4477009")(), start).refused).toMatchObject({
      reason: "range-unfinished",
    });
    expect(sentOf(guard, 1, known("+4477010"))).toBe(1);
  });
});

describe("unplanned countries have 20 enrollments a day each and 60 together", () => {
  const countryLimits = new Map([["GB", { calls: 9 }]]);
  const to = (country: string, allowed = false) => code("enrollment", { country, allowed });

  test("where other countries have numbers", () => {
    const guard = guardWith({ countryLimits });
    expect(sentOf(guard, 99, () => to("FR"))).toBe(20);
    expect([sentOf(guard, 20, () => to("ES")), sentOf(guard, 99, () => to("IT"))]).toEqual([
      20, 20,
    ]);
    expect(guard.judge(to("PT"), start).refused).toMatchObject({
      reason: "unplanned-country",
      limit: 60,
    });
    expect(guard.judge(to("PT", true), start).refused).toBeUndefined();
    expect(guard.judge(to("GB"), start).refused).toBeUndefined();
  });

  test("only recorded where other countries are allowed and none has numbers, and not where nothing is planned", () => {
    const guard = guardWith({ ...withoutNumbers, hasAllowList: true });
    const recorded = times(
      21,
      () => guard.judge({ ...to("FR"), knownRange: "+33" }, start).refused,
    );
    expect(recorded.at(-1)).toMatchObject({ reason: "range-unfinished", enforced: false });
    expect(sentOf(guard, 99, () => to("FR"))).toBe(99);
    const open = guardWith();
    expect(times(21, () => open.judge(to("FR"), start).refused?.reason).at(-1)).toBe(
      "country-unfinished",
    );
  });
});

describe("a row that only records", () => {
  test("is reported, and its codes are sent and count in the rows that hold", () => {
    const guard = guardWith({ ...withoutNumbers, countryBudget: new Map([["GB", 25]]) });
    const refusals = times(26, () => guard.judge(code("enrollment"), start).refused);
    expect(refusals[20]).toMatchObject({
      reason: "country-unfinished",
      enforced: false,
      count: 21,
    });
    expect(refusals[25]).toMatchObject({ reason: "country-budget", enforced: true, count: 26 });
  });

  test("is what judges codes without a user, where a use would give back, and counts none of them", () => {
    const guard = guardWith();
    expect(sentOf(guard, 50, () => code("enrollment", { userKey: undefined }))).toBe(50);
    expect(sentOf(guard, 21, () => code("enrollment"))).toBe(20);
    expect(guard.judge(code("enrollment", { userKey: undefined }), start).refused).toMatchObject({
      enforced: false,
    });
    expect(guard.codesWithoutUser()).toBe(51);
  });
});

test("what was refused counts nowhere: one account alone fills no country's row", () => {
  const guard = guardWith();
  for (let count = 0; count < 500; count++)
    guard.judge(code("enrollment", { userKey: "one user" }), start);
  expect(sentOf(guard, 99, () => code("enrollment"))).toBe(12);
});

test("what 8x8 did not take counts nowhere", () => {
  const guard = guardWith();
  for (let count = 0; count < 500; count++)
    guard.judge(code("enrollment", person), start).takeBack?.();
  expect(sentOf(guard, 99, () => code("enrollment"))).toBe(20);
});

test("a refusal says when it ends, and ends then", () => {
  const guard = guardWith();
  sentOf(guard, 20, () => code("enrollment"));
  const untilMs = start + hours(1);
  expect(guard.judge(code("enrollment"), start + minutes(59)).refused).toMatchObject({ untilMs });
  expect(guard.judge(code("enrollment"), untilMs + 1).refused).toBeUndefined();
});

test("100,000 people push no country out", () => {
  const guard = guardWith();
  sentOf(guard, 20, () => code("enrollment"));
  for (let count = 0; count < 100_001; count++)
    guard.judge(code("unknown", { country: "US" }), start);
  expect(guard.judge(code("enrollment"), start).refused).toMatchObject({
    reason: "country-unfinished",
  });
});
