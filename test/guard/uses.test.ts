import type { Guard } from "../../src/guard/guard.ts";
import { startingNumbers } from "../../tools/guard/starting-numbers.ts";
import {
  code,
  guardWith,
  hours,
  minutes,
  sendAndUse,
  passed,
  start,
  times,
  use,
} from "./guarding.ts";

const countryLimits = new Map([["*", { others: { day: 10, all: 99 } }]]);

describe("a used code", () => {
  test("a used code subtracts all unused codes of the same person and kind", () => {
    const guard = guardWith({ countryLimits });
    const sameCode = code("sign-in");
    passed(guard, 10, () => sameCode);
    expect(guard.judge(sameCode, start).refused).toMatchObject({ reason: "country-unused" });
    use(guard, sameCode);
    expect(guard.judge(sameCode, start).refused).toBeUndefined();
    expect(passed(guard, 99, () => sameCode)).toBe(9);
  });

  test("a used code subtracts no codes of another person or kind", () => {
    const guard = guardWith({ countryLimits });
    const sameCode = code("sign-in");
    passed(guard, 10, () => sameCode);
    use(guard, { ...sameCode, kind: "recovery" });
    expect(guard.judge(sameCode, start).refused).toBeDefined();
    use(guard, code("sign-in"));
    expect(passed(guard, 9, () => sameCode)).toBe(1);
  });

  test("a completed enrollment subtracts its own code and one more", () => {
    const guard = guardWith();
    for (let count = 0; count < 15; count++) sendAndUse(guard, code("enrollment"));
    expect(passed(guard, 99, () => code("enrollment"))).toBe(55);
  });

  test("a completed enrollment that the guard refused, and Okta sent, subtracts one code", () => {
    const guard = guardWith();
    passed(guard, 40, () => code("enrollment"));
    const refused = code("enrollment");
    sendAndUse(guard, refused);
    expect(passed(guard, 9, () => code("enrollment"))).toBe(1);
  });

  test("a used code from another instance subtracts one, and all of them at most the limit", () => {
    const guard = guardWith({ countryLimits });
    const sameCode = code("sign-in");
    for (let count = 0; count < 3; count++) use(guard, code("sign-in"));
    expect(passed(guard, 99, () => sameCode)).toBe(13);
    const another = guardWith();
    for (let count = 0; count < 500; count++) use(another, code("enrollment"));
    expect(passed(another, 199, () => code("enrollment"))).toBe(80);
  });

  test("a number's third completed enrollment of a day subtracts only its own code", () => {
    const guard = guardWith();
    for (let count = 0; count < 8; count++)
      sendAndUse(guard, code("enrollment", { phoneKey: "one SIM card" }));
    expect(passed(guard, 99, () => code("enrollment"))).toBe(42);
  });

  test.each([
    ["their own number, then another", ["own", "paying"]],
    ["another number, then their own", ["paying", "own"]],
  ])("a completed enrollment subtracts nothing if the user began to enroll %s", (_, phones) => {
    const guard = guardWith();
    for (let count = 0; count < 60; count++) {
      const begun = phones.map((phone) =>
        code("enrollment", { userKey: `user ${count}`, phoneKey: `${phone} ${count}` }),
      );
      for (const enrollment of begun) guard.judge(enrollment, start);
      for (const enrollment of begun)
        if (enrollment.phoneKey.startsWith("own")) use(guard, enrollment);
    }
    expect(passed(guard, 1, () => code("enrollment"))).toBe(0);
  });
});

describe("a suppressible refusal", () => {
  function fullGuard(): Guard {
    const guard = guardWith();
    for (let count = 0; count < 40; count++) guard.judge(code("enrollment"), start);
    use(guard, code("sign-in"));
    return guard;
  }
  /** Creates an enrollment of one user with a new number each time. */
  const newNumber = () => code("enrollment", { userKey: "one user" });
  const suppressible = (guard: Guard, at = start) =>
    guard.judge(newNumber(), at).refused?.suppressible;

  test("a refusal is suppressible from a user's third refused number of a day on", () => {
    const guard = fullGuard();
    expect([1, 2, 3].map(() => suppressible(guard))).toEqual([false, false, true]);
    expect(guard.judge(code("enrollment"), start).refused?.suppressible).toBe(false);
    const nextDay = start + hours(24) + 1;
    for (let count = 0; count < 40; count++) guard.judge(code("enrollment"), nextDay);
    use(guard, code("sign-in", { country: "US" }), { at: nextDay });
    expect(suppressible(guard, nextDay)).toBe(false);
  });

  test("a refusal is not suppressible if a newcomer asks again for the same number", () => {
    const guard = fullGuard();
    const newcomer = code("enrollment");
    expect(times(9, () => guard.judge(newcomer, start).refused?.suppressible)).toEqual(
      times(9, () => false),
    );
  });

  test("a refusal is not suppressible if a user alternates between two numbers", () => {
    const guard = fullGuard();
    const phones = [newNumber(), newNumber()];
    const asked = [...phones, ...phones, ...phones].map(
      (phone) => guard.judge(phone, start).refused?.suppressible,
    );
    expect(asked).toEqual(times(6, () => false));
  });

  test.each([
    ["before the first used code", () => guardWith(), false],
    ["after an event on time", () => lateBy(minutes(10)), true],
    ["after an event more than ten minutes late", () => lateBy(minutes(10) + 1), false],
    ["without an event secret", () => guardWith({}, false), false],
  ])(
    "a refusal is suppressible only with events on time: %s",
    (_, create: () => Guard, expected) => {
      const guard = create();
      const unplanned = () => code("enrollment", { country: "+7", userKey: "one user" });
      for (let count = 0; count < 60; count++)
        guard.judge(code("enrollment", { country: "+7" }), start);
      const judged = [1, 2, 3].map(() => guard.judge(unplanned(), start).refused);
      expect(judged.at(-1)).toMatchObject({ enforced: true, suppressible: expected });
    },
  );
  function lateBy(lateMs: number): Guard {
    const guard = guardWith();
    use(guard, code("sign-in"), { lateMs });
    return guard;
  }

  test("codes that were recorded and sent do not make a refusal suppressible", () => {
    const guard = guardWith({ countryLimits: new Map([["GB", startingNumbers]]) });
    use(guard, code("sign-in"));
    const inFrance = (userKey?: string) =>
      code("enrollment", { country: "FR", allowed: true, ...(userKey && { userKey }) });
    for (let count = 0; count < 40; count++)
      for (const next of [code("enrollment"), inFrance()]) guard.judge(next, start);
    for (let count = 0; count < 3; count++)
      expect(guard.judge(inFrance("one user"), start).refused).toMatchObject({ enforced: false });
    expect(guard.judge(newNumber(), start).refused).toMatchObject({
      enforced: true,
      suppressible: false,
    });
  });

  test("a refusal for a user's limit or a country's budget is never suppressible", () => {
    const guard = guardWith({ countryBudget: new Map([["US", 1]]) });
    use(guard, code("sign-in"));
    const recovery = () => code("recovery", { userKey: "another user" });
    for (let count = 0; count < 30; count++) guard.judge(recovery(), start);
    for (let count = 0; count < 30; count++) guard.judge({ ...newNumber(), country: "US" }, start);
    expect(guard.judge(recovery(), start).refused).toMatchObject({
      reason: "user-limit",
      suppressible: false,
    });
    const american = () => code("enrollment", { country: "US", userKey: "a third user" });
    const refusals = [1, 2, 3, 4].map(() => guard.judge(american(), start + minutes(1)).refused);
    expect(refusals.at(-1)).toMatchObject({ reason: "country-budget", suppressible: false });
  });
});
