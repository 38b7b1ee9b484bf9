import type { CodeKind } from "../../src/delivery/otp-delivery.ts";
import {
  alone,
  days,
  enrollment,
  hours,
  minutes,
  passed,
  reasonOf,
  reasonsOf,
  signIn,
  start,
  times,
  use,
} from "./guarding.ts";

const person = { userKey: "00000000-one", phoneKey: "00000000-phone" };

describe.each([
  ["sign-in", "user-limit", 10, 40],
  ["recovery", "user-limit", 10, 40],
  ["enrollment", "number-limit", 8, 20],
] as const)("of codes for a %s", (kind, reason, perHour, perDay) => {
  const code = () => signIn({ kind, ...person });

  test(`${perHour} an hour may be unused`, () => {
    expect(reasonsOf(alone(), times(perHour + 2, code))).toEqual([...passed(perHour), reason, reason]);
  });

  test(`${perDay} a day go out, used or not`, () => {
    const guard = alone();
    const told = times(perDay + 1, (index) => {
      const at = start + index * minutes(10);
      const refused = reasonOf(guard, code(), at);
      use(guard, code(), at);
      return refused;
    });
    expect(told).toEqual([...passed(perDay), reason]);
  });

  test("a refusal ends with its hour, however often the person asked meanwhile", () => {
    const guard = alone();
    reasonsOf(guard, times(perHour + 50, code), 30_000);
    expect(reasonOf(guard, code(), start + minutes(70))).toBeUndefined();
  });

  test("a use takes off all that were sent before it, and none that was sent after it", () => {
    const guard = alone();
    reasonsOf(guard, times(perHour - 1, code), 1_000);
    reasonsOf(guard, [code()], 0, start + minutes(10));
    use(guard, code(), start);
    expect(reasonsOf(guard, times(perHour, code), 1_000, start + minutes(12))).toEqual([
      ...passed(perHour - 1),
      reason,
    ]);
  });

  test("what 8x8 did not take does not count", () => {
    const guard = alone();
    for (let count = 0; count < 50; count++) {
      const judged = guard.judge(code(), start);
      expect(judged.refused).toBeUndefined();
      if (judged.refused === undefined) judged.takeBack();
    }
  });

  test("what 8x8 did not take, while an earlier code was used, makes room for no other", () => {
    const guard = alone();
    guard.judge(code(), start);
    const judged = guard.judge(code(), start);
    use(guard, code(), start);
    if (judged.refused === undefined) judged.takeBack();
    expect(reasonsOf(guard, times(perHour + 1, code), 0, start + minutes(2))).toEqual([...passed(perHour), reason]);
  });
});

test.each<[CodeKind, CodeKind]>([
  ["enrollment", "sign-in"],
  ["enrollment", "recovery"],
  ["recovery", "sign-in"],
  ["recovery", "enrollment"],
  ["sign-in", "recovery"],
])("whatever strangers do with codes for %s touches none for %s", (theirs, ones) => {
  const guard = alone();
  reasonsOf(
    guard,
    times(100, () => enrollment({ kind: theirs, ...person, country: "FR" })),
  );
  expect(reasonOf(guard, enrollment({ kind: ones, ...person }), start + hours(1) - 1)).toBeUndefined();
});

test("a shared phone is not its people's limit", () => {
  const guard = alone();
  const codes = times(100, () => signIn({ phoneKey: person.phoneKey }));
  expect(reasonsOf(guard, codes, 5_000)).toEqual(passed(100));
});

test("a front desk with one busy day signs in the next day", () => {
  const guard = alone();
  for (let day = 0; day < 3; day++)
    for (let visit = 0; visit < (day === 0 ? 60 : 15); visit++) {
      const at = start + days(day) + minutes(8 * visit);
      const refused = reasonOf(guard, signIn(person), at);
      if (refused === undefined) use(guard, signIn(person), at);
      if (day > 0) expect(refused).toBeUndefined();
    }
});

test("where Okta names no user, the number stands for the person", () => {
  const codes = times(11, () => signIn({ userKey: undefined, phoneKey: "00000000-phone" }));
  expect(reasonsOf(alone(), codes)).toEqual([...passed(10), "user-limit"]);
});

test("codes of an unknown kind have no limit of a person", () => {
  expect(
    reasonsOf(
      alone(),
      times(60, () => signIn({ kind: "unknown", ...person })),
      1_000,
    ),
  ).toEqual(passed(60));
});
