import type { GuardedCode } from "../../src/guard/guarded-code.ts";
import { code, guardWith, hours, minutes, start, times, use } from "./guarding.ts";

const countryLimits = new Map([["*", { others: { day: 5, all: 99 }, recoveries: { day: 5 } }]]);

/** A guard with a used code at the start, and then a code to `count` users. */
function withUsers(count: number, changes: Partial<GuardedCode> = {}) {
  const guard = guardWith({ countryLimits });
  use(guard, code("sign-in"));
  for (let index = 0; index < count; index++)
    guard.judge(code("sign-in", { country: "DE", ...changes }), start);
  return guard;
}

const reasonsOf = (guard: ReturnType<typeof guardWith>, one: GuardedCode, at: number) =>
  times(9, () => guard.judge(one, at).refused?.reason);

describe("Okta's events", () => {
  test.each([
    ["31 users and no used code for 15 minutes", 31, minutes(15), {}, false],
    ["30 users", 30, minutes(15), {}, true],
    ["less than 15 minutes", 31, minutes(15) - 1, {}, true],
    ["one user who asks 31 times", 31, minutes(15), { userKey: "one user" }, true],
    ["exempt numbers", 31, minutes(15), { exempt: true }, true],
    ["codes without a user", 31, minutes(15), { userKey: undefined }, true],
  ])(
    "are dead only after 31 users got sign-in codes and no code was used for 15 minutes: %s",
    (_, users, passed, changes, expected) => {
      expect(withUsers(users, changes).eventsOnTime(start + passed)).toBe(expected);
    },
  );

  test("are not dead if 8x8 did not send the codes", () => {
    const guard = withUsers(0);
    for (let count = 0; count < 50; count++) guard.judge(code("sign-in"), start).subtract?.();
    expect(guard.eventsOnTime(start + hours(1))).toBe(true);
  });

  test("are on time again after the next used code", () => {
    const guard = withUsers(31);
    use(guard, code("sign-in"), { at: start + minutes(20) });
    expect(guard.eventsOnTime(start + minutes(40))).toBe(true);
  });

  test("are late if they come more than 10 minutes late on average", () => {
    const guard = guardWith();
    use(guard, code("sign-in"), { lateMs: minutes(30) });
    expect(guard.eventsOnTime(start)).toBe(false);
    for (let count = 0; count < 40; count++) use(guard, code("sign-in"));
    expect(guard.eventsOnTime(start)).toBe(true);
  });

  test("are not known before the first used code, or without an event secret", () => {
    expect(guardWith().eventsOnTime(start)).toBeUndefined();
    const blind = guardWith({}, false);
    for (let count = 0; count < 50; count++) blind.judge(code("sign-in"), start);
    expect(blind.eventsOnTime(start + hours(1))).toBeUndefined();
  });

  test("are dead 15 minutes after the first of 31 users got a code, even before the first used code", () => {
    const guard = guardWith();
    for (let count = 0; count < 31; count++) guard.judge(code("sign-in"), start);
    expect(guard.eventsOnTime(start + minutes(14))).toBeUndefined();
    expect(guard.eventsOnTime(start + minutes(15))).toBe(false);
  });
});

describe("while events are dead", () => {
  const dead = () => withUsers(31);
  const later = start + minutes(20);

  test.each(["sign-in", "unknown", "recovery"] as const)(
    "limits on unused codes do not refuse a %s",
    (kind) => {
      expect(reasonsOf(withUsers(0), code(kind), later)).toContain("country-unused");
      expect(reasonsOf(dead(), code(kind), later)).not.toContain("country-unused");
    },
  );

  test("codes do not count as unused later", () => {
    const guard = dead();
    const one = code("sign-in");
    reasonsOf(guard, one, later);
    use(guard, code("sign-in", { country: "DE" }), { at: later });
    for (let count = 0; count < 5; count++) guard.judge(code("sign-in"), later);
    expect(reasonsOf(guard, one, later).slice(0, 4)).toEqual([
      ...times(3, () => undefined),
      "country-unused",
    ]);
  });

  test("limits on a country's codes and unfinished enrollments still refuse", () => {
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

test("without an event secret, limits on unused sign-ins and recoveries are off", () => {
  const guard = guardWith({ countryLimits }, false);
  for (const kind of ["sign-in", "recovery"] as const)
    expect(reasonsOf(guard, code(kind), start)).not.toContain("country-unused");
});
