import type { Guard } from "../../src/guard/guard.ts";
import { startingNumbers } from "../../tools/guard/starting-numbers.ts";
import {
  code,
  guardWith,
  hours,
  minutes,
  sendAndUse,
  sentOf,
  start,
  times,
  use,
} from "./guarding.ts";

const countryLimits = new Map([["*", { others: { day: 10, all: 99 } }]]);

describe("a used code subtracts", () => {
  test("all unused codes of the same person and kind", () => {
    const guard = guardWith({ countryLimits });
    const one = code("sign-in");
    sentOf(guard, 10, () => one);
    expect(guard.judge(one, start).refused).toMatchObject({ reason: "country-unused" });
    use(guard, one);
    expect(guard.judge(one, start).refused).toBeUndefined();
    expect(sentOf(guard, 99, () => one)).toBe(9);
  });

  test("no codes of another person or kind", () => {
    const guard = guardWith({ countryLimits });
    const one = code("sign-in");
    sentOf(guard, 10, () => one);
    use(guard, { ...one, kind: "recovery" });
    expect(guard.judge(one, start).refused).toBeDefined();
    use(guard, code("sign-in"));
    expect(sentOf(guard, 9, () => one)).toBe(1);
  });

  test("one more if it is of an enrollment", () => {
    const guard = guardWith();
    for (let count = 0; count < 15; count++) sendAndUse(guard, code("enrollment"));
    expect(sentOf(guard, 99, () => code("enrollment"))).toBe(55);
  });

  test("one if it is of a refused enrollment whose code Okta sent", () => {
    const guard = guardWith();
    sentOf(guard, 40, () => code("enrollment"));
    const refused = code("enrollment");
    sendAndUse(guard, refused);
    expect(sentOf(guard, 9, () => code("enrollment"))).toBe(1);
  });

  test("one if another instance counted it, but never more than the limit in total", () => {
    const guard = guardWith({ countryLimits });
    const one = code("sign-in");
    for (let count = 0; count < 3; count++) use(guard, code("sign-in"));
    expect(sentOf(guard, 99, () => one)).toBe(13);
    const another = guardWith();
    for (let count = 0; count < 500; count++) use(another, code("enrollment"));
    expect(sentOf(another, 199, () => code("enrollment"))).toBe(80);
  });

  test("no more than its own count once the number was completed twice that day", () => {
    const guard = guardWith();
    for (let count = 0; count < 8; count++)
      sendAndUse(guard, code("enrollment", { phoneKey: "one SIM card" }));
    expect(sentOf(guard, 99, () => code("enrollment"))).toBe(42);
  });

  test.each([
    ["their own and then another", ["own", "paying"]],
    ["another and then their own", ["paying", "own"]],
  ])("nothing if the user began to enroll %s number and completes their own", (_, phones) => {
    const guard = guardWith();
    for (let count = 0; count < 60; count++) {
      const begun = phones.map((phone) =>
        code("enrollment", { userKey: `user ${count}`, phoneKey: `${phone} ${count}` }),
      );
      for (const one of begun) guard.judge(one, start);
      for (const one of begun) if (one.phoneKey.startsWith("own")) use(guard, one);
    }
    expect(sentOf(guard, 1, () => code("enrollment"))).toBe(0);
  });
});

describe("a refusal may be suppressed", () => {
  function fullGuard(): Guard {
    const guard = guardWith();
    for (let count = 0; count < 40; count++) guard.judge(code("enrollment"), start);
    use(guard, code("sign-in"));
    return guard;
  }
  /** A new number each time. */
  const one = () => code("enrollment", { userKey: "one user" });
  const suppressible = (guard: Guard, at = start) => guard.judge(one(), at).refused?.suppressible;

  test("from a user's third refused number in a day on", () => {
    const guard = fullGuard();
    expect([1, 2, 3].map(() => suppressible(guard))).toEqual([false, false, true]);
    expect(guard.judge(code("enrollment"), start).refused?.suppressible).toBe(false);
    const nextDay = start + hours(24) + 1;
    for (let count = 0; count < 40; count++) guard.judge(code("enrollment"), nextDay);
    use(guard, code("sign-in", { country: "US" }), { at: nextDay });
    expect(suppressible(guard, nextDay)).toBe(false);
  });

  test("not if a newcomer asks again for the same number", () => {
    const guard = fullGuard();
    const newcomer = code("enrollment");
    expect(times(9, () => guard.judge(newcomer, start).refused?.suppressible)).toEqual(
      times(9, () => false),
    );
  });

  test("not if a user alternates between two numbers", () => {
    const guard = fullGuard();
    const phones = [one(), one()];
    const asked = [...phones, ...phones, ...phones].map(
      (phone) => guard.judge(phone, start).refused?.suppressible,
    );
    expect(asked).toEqual(times(6, () => false));
  });

  test.each([
    ["before the first use", () => guardWith(), false],
    ["after a use on time", () => lateBy(minutes(10)), true],
    ["after one that arrived more than ten minutes late", () => lateBy(minutes(10) + 1), false],
    ["without an event secret", () => guardWith({}, false), false],
  ])("only while Okta's events are on time: %s", (_, create: () => Guard, expected) => {
    const guard = create();
    const unplanned = () => code("enrollment", { country: "+7", userKey: "one user" });
    for (let count = 0; count < 60; count++)
      guard.judge(code("enrollment", { country: "+7" }), start);
    const judged = [1, 2, 3].map(() => guard.judge(unplanned(), start).refused);
    expect(judged.at(-1)).toMatchObject({ enforced: true, suppressible: expected });
  });
  function lateBy(lateMs: number): Guard {
    const guard = guardWith();
    use(guard, code("sign-in"), { lateMs });
    return guard;
  }

  test("only after refusals, not after codes that were recorded and sent", () => {
    const guard = guardWith({ countryLimits: new Map([["GB", startingNumbers]]) });
    use(guard, code("sign-in"));
    const inFrance = (userKey?: string) =>
      code("enrollment", { country: "FR", allowed: true, ...(userKey && { userKey }) });
    for (let count = 0; count < 40; count++)
      for (const next of [code("enrollment"), inFrance()]) guard.judge(next, start);
    for (let count = 0; count < 3; count++)
      expect(guard.judge(inFrance("one user"), start).refused).toMatchObject({ enforced: false });
    expect(guard.judge(one(), start).refused).toMatchObject({
      enforced: true,
      suppressible: false,
    });
  });

  test("never for limits of a person, a country's unused codes or its budget", () => {
    const guard = guardWith({ countryBudget: new Map([["US", 1]]) });
    use(guard, code("sign-in"));
    const recovery = () => code("recovery", { userKey: "another user" });
    for (let count = 0; count < 30; count++) guard.judge(recovery(), start);
    for (let count = 0; count < 30; count++) guard.judge({ ...one(), country: "US" }, start);
    expect(guard.judge(recovery(), start).refused).toMatchObject({
      reason: "user-limit",
      suppressible: false,
    });
    const american = () => code("enrollment", { country: "US", userKey: "a third user" });
    const refusals = [1, 2, 3, 4].map(() => guard.judge(american(), start + minutes(1)).refused);
    expect(refusals.at(-1)).toMatchObject({ reason: "country-budget", suppressible: false });
  });
});
