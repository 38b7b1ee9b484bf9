import { alone, beBelieved, days, enrollment, hours, minutes, sendAndUse, signIn, start, use } from "./guarding.ts";

describe("Okta's events are believed", () => {
  test("from 20 outcomes of sign-in codes on, and for seven days", () => {
    const guard = alone();
    for (let count = 0; count < 19; count++) sendAndUse(guard, signIn(), start);
    expect(guard.eventsBelieved(start + minutes(2))).toBe(false);
    sendAndUse(guard, signIn(), start);
    expect(guard.eventsBelieved(start + minutes(2))).toBe(true);
    expect(guard.eventsBelieved(start + days(7) + minutes(2))).toBe(false);
  });

  test.each([
    [90, true],
    [91, false],
  ])("while half of the last 20 arrive within 90 s of their publication: at %d s", (lagSeconds, believed) => {
    const guard = alone();
    for (let count = 0; count < 40; count++) {
      const lateMs = count < 30 ? lagSeconds * 1_000 : 1_000;
      guard.used({ ...signIn(), askedAt: start, counted: true, publishedAt: start + count }, start + count + lateMs);
    }
    for (let count = 0; count < 11; count++)
      guard.used(
        { ...signIn(), askedAt: start, counted: true, publishedAt: start + hours(1) },
        start + hours(1) + lagSeconds * 1_000,
      );
    expect(guard.eventsBelieved(start + hours(1) + minutes(3))).toBe(believed);
  });

  test("until 20 people were sent sign-in codes and none was used", () => {
    const guard = alone();
    beBelieved(guard, start);
    for (let count = 0; count < 19; count++) guard.judge(signIn(), start);
    expect(guard.eventsBelieved(start)).toBe(true);
    guard.judge(signIn(), start);
    expect(guard.eventsBelieved(start)).toBe(false);
    use(guard, signIn(), start);
    expect(guard.eventsBelieved(start + minutes(2))).toBe(true);
  });

  test("whatever 8x8 did not take", () => {
    const guard = alone();
    beBelieved(guard, start);
    for (let count = 0; count < 30; count++) {
      const judged = guard.judge(signIn(), start);
      if (judged.refused === undefined) judged.takeBack();
    }
    expect(guard.eventsBelieved(start)).toBe(true);
  });

  test("one person who asks every hour and uses nothing is no silence", () => {
    const guard = alone();
    beBelieved(guard, start);
    const person = signIn();
    for (let count = 0; count < 10; count++) guard.judge(person, start + count);
    expect(guard.eventsBelieved(start + minutes(1))).toBe(true);
    for (let hour = 1; hour < 60; hour++) guard.judge(person, start + hours(hour));
    expect(guard.eventsBelieved(start + hours(60))).toBe(true);
  });

  test.each(["recovery", "enrollment", "unknown"] as const)("whatever becomes of codes for %s", (kind) => {
    const guard = alone();
    for (let count = 0; count < 20; count++) sendAndUse(guard, enrollment({ kind }), start);
    expect(guard.eventsBelieved(start + minutes(2))).toBe(false);
    beBelieved(guard, start);
    for (let count = 0; count < 200; count++) guard.judge(enrollment({ kind, country: `X${count}` }), start);
    expect(guard.eventsBelieved(start)).toBe(true);
  });
});
