import type { Guard } from "../../src/guard/guard.ts";
import { startingNumbers } from "../../src/guard/rows.ts";
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

describe("a use gives back", () => {
  test("all unused codes of that person and kind, to the person and to the country", () => {
    const guard = guardWith({
      countryLimits: new Map([["*", { others: { hour: 10, day: 99, all: 99 } }]]),
    });
    const signIn = code("sign-in");
    sentOf(guard, 10, () => signIn);
    expect(guard.judge(signIn, start).refused).toMatchObject({ reason: "user-limit" });
    expect(guard.judge(code("sign-in"), start).refused).toMatchObject({ reason: "country-unused" });
    use(guard, signIn);
    expect(sentOf(guard, 99, () => code("sign-in"))).toBe(10);
  });

  test("nothing of another person's, nor of another kind", () => {
    const guard = guardWith();
    const [one, other] = [code("sign-in"), code("sign-in")];
    sentOf(guard, 10, () => one);
    for (const used of [other, { ...one, kind: "recovery" } as const]) use(guard, used);
    expect(guard.judge(one, start).refused).toBeDefined();
    const country = guardWith({
      countryLimits: new Map([["*", { others: { hour: 10, day: 99, all: 99 } }]]),
    });
    sentOf(country, 10, () => one);
    use(country, other);
    expect(sentOf(country, 9, () => code("sign-in"))).toBe(1);
  });

  test("one point more for an enrollment, so that completed ones offset as many", () => {
    const guard = guardWith();
    for (let count = 0; count < 15; count++) sendAndUse(guard, code("enrollment"));
    expect(sentOf(guard, 99, () => code("enrollment"))).toBe(35);
  });

  test("that point for an enrollment that was refused, and whose code Okta sent", () => {
    const guard = guardWith();
    sentOf(guard, 20, () => code("enrollment"));
    const refused = code("enrollment");
    sendAndUse(guard, refused);
    expect(sentOf(guard, 9, () => code("enrollment"))).toBe(1);
  });

  test("where another instance counted the code, one point, and no more than an hour's limit", () => {
    const guard = guardWith();
    for (let count = 0; count < 3; count++) use(guard, code("recovery"));
    expect(sentOf(guard, 99, () => code("recovery"))).toBe(43);
    for (let count = 0; count < 500; count++) use(guard, code("enrollment"));
    expect(sentOf(guard, 99, () => code("enrollment"))).toBe(40);
  });

  test("no extra point for a number that was completed twice that day", () => {
    const guard = guardWith();
    for (let count = 0; count < 8; count++)
      sendAndUse(guard, code("enrollment", { phoneKey: "one SIM card" }));
    expect(sentOf(guard, 99, () => code("enrollment"))).toBe(22);
  });

  test.each([
    ["his own and then another", ["own", "paying"]],
    ["another and then his own", ["paying", "own"]],
  ])("nothing to somebody who begins with %s number, and finishes his own", (_, phones) => {
    const guard = guardWith();
    for (let count = 0; count < 10; count++) {
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
    for (let count = 0; count < 20; count++) guard.judge(code("enrollment"), start);
    use(guard, code("sign-in"));
    return guard;
  }
  /** Another number each time. */
  const one = () => code("enrollment", { userKey: "one user" });
  const suppressible = (guard: Guard, at = start) => guard.judge(one(), at).refused?.suppressible;

  test("from a user's third number in a day on", () => {
    const guard = fullGuard();
    expect([1, 2, 3].map(() => suppressible(guard))).toEqual([false, false, true]);
    expect(guard.judge(code("enrollment"), start).refused?.suppressible).toBe(false);
    const nextDay = start + hours(24) + 1;
    for (let count = 0; count < 20; count++) guard.judge(code("enrollment"), nextDay);
    use(guard, code("sign-in", { country: "US" }), { at: nextDay });
    expect(suppressible(guard, nextDay)).toBe(false);
  });

  test("not for a newcomer, who asks again for the same number", () => {
    const guard = fullGuard();
    const newcomer = code("enrollment");
    expect(times(9, () => guard.judge(newcomer, start).refused?.suppressible)).toEqual(
      times(9, () => false),
    );
  });

  test("nor for one with a phone of the company and one of their own, however often they change between them", () => {
    const guard = fullGuard();
    const phones = [one(), one()];
    const asked = [...phones, ...phones, ...phones].map(
      (phone) => guard.judge(phone, start).refused?.suppressible,
    );
    expect(asked).toEqual(times(6, () => false));
  });

  test.each([
    ["before the first use", () => guardWith(), false],
    ["when a use came after 90 seconds", () => lateBy(90_000), true],
    ["when it came after 91 seconds", () => lateBy(91_000), false],
    ["after 20 sign-in codes without a use", () => after(20), true],
    ["after 21", () => after(21), false],
    ["after any number of codes to exempt numbers", () => after(50, { exempt: true }), true],
    [
      "after any number of codes to nobody known, which no use can name",
      () => after(50, { userKey: undefined }),
      true,
    ],
  ])("only while Okta's events are prompt: %s", (_, create: () => Guard, expected) => {
    const guard = create();
    expect(guard.eventsArePrompt()).toBe(expected);
    for (let count = 0; count < 40; count++) guard.judge(code("enrollment"), start);
    expect([1, 2, 3].map(() => suppressible(guard)).at(-1)).toBe(expected);
  });
  function lateBy(lateMs: number): Guard {
    const guard = guardWith();
    use(guard, code("sign-in"), { lateMs });
    return guard;
  }
  function after(codes: number, changes: Parameters<typeof code>[1] = {}): Guard {
    const guard = lateBy(0);
    for (let count = 0; count < codes; count++) guard.judge(code("sign-in", changes), start);
    return guard;
  }

  test("counts only numbers that were refused: what is only recorded was sent", () => {
    const guard = guardWith({ countryLimits: new Map([["GB", startingNumbers]]) });
    use(guard, code("sign-in"));
    const inFrance = (userKey?: string) =>
      code("enrollment", { country: "FR", allowed: true, ...(userKey && { userKey }) });
    for (let count = 0; count < 20; count++)
      for (const next of [code("enrollment"), inFrance()]) guard.judge(next, start);
    for (let count = 0; count < 3; count++)
      expect(guard.judge(inFrance("one user"), start).refused).toMatchObject({ enforced: false });
    expect(guard.judge(one(), start).refused).toMatchObject({
      enforced: true,
      suppressible: false,
    });
  });

  test("not for codes that 8x8 did not take", () => {
    const guard = lateBy(0);
    for (let count = 0; count < 50; count++) guard.judge(code("sign-in"), start).takeBack?.();
    expect(guard.eventsArePrompt()).toBe(true);
  });

  test("never for a person's limits, a country's unused codes or its day", () => {
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
