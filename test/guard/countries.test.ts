import type { GuardedCode } from "../../src/guard/guarded-code.ts";
import { code, guardWith, sendAndUse, passed, start, times, withoutNumbers } from "./guarding.ts";

describe("unplanned countries", () => {
  const countryLimits = new Map([["GB", { calls: 9 }]]);
  const to = (country: string, kind: GuardedCode["kind"] = "enrollment") => code(kind, { country });
  const elsewhere = (kind: GuardedCode["kind"]) => (index: number) => to(`X${index % 9}`, kind);

  test("unplanned countries have 60 enrollments a day in total", () => {
    const guard = guardWith({ countryLimits });
    expect(passed(guard, 99, elsewhere("enrollment"))).toBe(60);
    expect(guard.judge(to("PT"), start).refused).toMatchObject({
      reason: "unplanned-country",
      limit: 60,
    });
    expect(guard.judge({ ...to("PT"), allowed: true }, start).refused).toBeUndefined();
    expect(guard.judge(to("GB"), start).refused).toBeUndefined();
  });

  test("unplanned countries have 100 other codes a day in total, including recoveries", () => {
    const guard = guardWith({ countryLimits });
    expect(passed(guard, 99, elsewhere("sign-in"))).toBe(99);
    expect(passed(guard, 99, elsewhere("recovery"))).toBe(1);
    for (const kind of ["sign-in", "recovery", "unknown"] as const)
      expect(guard.judge(to("PT", kind), start).refused).toMatchObject({
        reason: "unplanned-country",
        limit: 100,
        suppressible: false,
      });
    expect(guard.judge(to("PT"), start).refused).toBeUndefined();
  });

  test("the guard only records unplanned countries if no allowed country has numbers", () => {
    const guard = guardWith({ ...withoutNumbers, hasAllowList: true });
    const recorded = times(61, () => guard.judge(to("FR"), start).refused);
    expect(recorded.at(-1)).toMatchObject({ enforced: false });
    expect(passed(guard, 99, () => to("FR"))).toBe(99);
    const open = guardWith();
    expect(times(61, () => open.judge(to("FR"), start).refused?.reason).at(-1)).toBe(
      "country-unfinished",
    );
  });
});

describe("a number without a known country", () => {
  const numbers = { enrollments: { day: 9 }, others: { day: 5, all: 5 } };

  test("a number without a country counts in the first planned country of its calling code", () => {
    const guard = guardWith({
      countryLimits: new Map([
        ["US", numbers],
        ["CA", numbers],
      ]),
    });
    expect(passed(guard, 9, () => code("sign-in", { country: "+1" }))).toBe(5);
    expect(guard.judge(code("sign-in", { country: "US" }), start).refused).toMatchObject({
      reason: "country-codes",
    });
    expect(guard.judge(code("sign-in", { country: "CA" }), start).refused).toBeUndefined();
  });

  test("a used code to a number without a country is subtracted from the planned country", () => {
    const guard = guardWith({ countryLimits: new Map([["US", numbers]]) });
    const enrollment = code("enrollment", { country: "+1" });
    passed(guard, 8, () => code("enrollment", { country: "US" }));
    sendAndUse(guard, enrollment);
    expect(passed(guard, 9, () => code("enrollment", { country: "US" }))).toBe(2);
  });

  test("a number without a country counts separately if its calling code has limits", () => {
    const guard = guardWith({
      countryLimits: new Map([
        ["US", numbers],
        ["+1", numbers],
      ]),
    });
    expect(passed(guard, 9, () => code("sign-in", { country: "+1" }))).toBe(5);
    expect(guard.judge(code("sign-in", { country: "US" }), start).refused).toBeUndefined();
  });

  test("numbers without a country have 60 enrollments a day in total if they are unplanned", () => {
    const guard = guardWith();
    const codes = ["+44", "+1", "+7", "+39"];
    expect(
      passed(guard, 99, (index) => code("enrollment", { country: codes[index % 4] ?? "" })),
    ).toBe(60);
    expect(guard.judge(code("enrollment", { country: "+47" }), start).refused).toMatchObject({
      reason: "unplanned-country",
    });
  });
});
