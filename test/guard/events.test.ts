import type { GuardedCode } from "../../src/guard/guarded-code.ts";
import { code, guardWith, hours, minutes, start, times, use } from "./guarding.ts";

const countryLimits = new Map([["*", { others: { day: 5, all: 99 }, recoveries: { day: 5 } }]]);

/** Creates a guard with one used code, and then one unused code for each of `count` users. */
function withUsers(count: number, changes: Partial<GuardedCode> = {}) {
  const guard = guardWith({ countryLimits });
  use(guard, code("sign-in"));
  for (let index = 0; index < count; index++)
    guard.judge(code("sign-in", { country: "DE", ...changes }), start);
  return guard;
}

const reasonsOf = (guard: ReturnType<typeof guardWith>, repeated: GuardedCode, at: number) =>
  times(9, () => guard.judge(repeated, at).refused?.reason);

describe("Okta's events", () => {
  test.each([
    ["false after 31 users and 15 minutes without a used code", 31, minutes(15), {}, false],
    ["true after 30 users", 30, minutes(15), {}, true],
    ["true before 15 minutes have passed", 31, minutes(15) - 1, {}, true],
    ["true for one user who asks 31 times", 31, minutes(15), { userKey: "one user" }, true],
    ["true for codes to exempt numbers", 31, minutes(15), { exempt: true }, true],
    ["true for codes without a user", 31, minutes(15), { userKey: undefined }, true],
  ])("eventsOnTime is %s", (_, users, passed, changes, expected) => {
    expect(withUsers(users, changes).eventsOnTime(start + passed)).toBe(expected);
  });

  test("eventsOnTime stays true if 8x8 did not send the codes", () => {
    const guard = withUsers(0);
    for (let count = 0; count < 50; count++) guard.judge(code("sign-in"), start).subtract?.();
    expect(guard.eventsOnTime(start + hours(1))).toBe(true);
  });

  test("eventsOnTime is true again after the next used code", () => {
    const guard = withUsers(31);
    use(guard, code("sign-in"), { at: start + minutes(20) });
    expect(guard.eventsOnTime(start + minutes(40))).toBe(true);
  });

  test("eventsOnTime is false while events are more than 10 minutes late on average", () => {
    const guard = guardWith();
    use(guard, code("sign-in"), { lateMs: minutes(30) });
    expect(guard.eventsOnTime(start)).toBe(false);
    for (let count = 0; count < 40; count++) use(guard, code("sign-in"));
    expect(guard.eventsOnTime(start)).toBe(true);
  });

  test("eventsOnTime is undefined before the first used code, and without an event secret", () => {
    expect(guardWith().eventsOnTime(start)).toBeUndefined();
    const withoutEvents = guardWith({}, false);
    for (let count = 0; count < 50; count++) withoutEvents.judge(code("sign-in"), start);
    expect(withoutEvents.eventsOnTime(start + hours(1))).toBeUndefined();
  });

  test("eventsOnTime is false 15 minutes after 31 users got codes, even before the first used code", () => {
    const guard = guardWith();
    for (let count = 0; count < 31; count++) guard.judge(code("sign-in"), start);
    expect(guard.eventsOnTime(start + minutes(14))).toBeUndefined();
    expect(guard.eventsOnTime(start + minutes(15))).toBe(false);
  });
});

describe("a dead event feed", () => {
  const dead = () => withUsers(31);
  const later = start + minutes(20);

  test.each(["sign-in", "unknown", "recovery"] as const)(
    "while the event feed is dead, the guard does not refuse the kind %s for unused codes",
    (kind) => {
      expect(reasonsOf(withUsers(0), code(kind), later)).toContain("country-unused");
      expect(reasonsOf(dead(), code(kind), later)).not.toContain("country-unused");
    },
  );

  test("codes that are sent while the event feed is dead do not count as unused later", () => {
    const guard = dead();
    const repeated = code("sign-in");
    reasonsOf(guard, repeated, later);
    use(guard, code("sign-in", { country: "DE" }), { at: later });
    for (let count = 0; count < 5; count++) guard.judge(code("sign-in"), later);
    expect(reasonsOf(guard, repeated, later).slice(0, 4)).toEqual([
      ...times(3, () => undefined),
      "country-unused",
    ]);
  });

  test("while the event feed is dead, the guard still limits a country's codes and enrollments", () => {
    const countryLimits = new Map([
      ["GB", { enrollments: { day: 2 }, others: { day: 1, all: 3 } }],
    ]);
    const guard = guardWith({ countryLimits });
    for (let count = 0; count < 31; count++)
      guard.judge(code("sign-in", { country: "DE", allowed: true }), start);
    const reasons = (kind: "sign-in" | "enrollment") =>
      times(4, () => guard.judge(code(kind), later).refused?.reason).at(-1);
    expect(reasons("sign-in")).toBe("country-codes");
    expect(reasons("enrollment")).toBe("country-unfinished");
  });
});

test("without an event secret, the guard does not limit unused sign-ins and recoveries", () => {
  const guard = guardWith({ countryLimits }, false);
  for (const kind of ["sign-in", "recovery"] as const)
    expect(reasonsOf(guard, code(kind), start)).not.toContain("country-unused");
});
