import type { GuardedCode } from "../../src/guard/guarded-code.ts";
import { code, guardWith, sendAndUse, sentOf, start, times, withoutNumbers } from "./guarding.ts";

describe("unplanned countries", () => {
  const countryLimits = new Map([["GB", { calls: 9 }]]);
  const to = (country: string, kind: GuardedCode["kind"] = "enrollment") => code(kind, { country });
  const elsewhere = (kind: GuardedCode["kind"]) => (index: number) => to(`X${index % 9}`, kind);

  test("have 60 enrollments a day in total if other countries have numbers", () => {
    const guard = guardWith({ countryLimits });
    expect(sentOf(guard, 99, elsewhere("enrollment"))).toBe(60);
    expect(guard.judge(to("PT"), start).refused).toMatchObject({
      reason: "unplanned-country",
      limit: 60,
    });
    expect(guard.judge({ ...to("PT"), allowed: true }, start).refused).toBeUndefined();
    expect(guard.judge(to("GB"), start).refused).toBeUndefined();
  });

  test("have 100 other codes a day in total, including recoveries", () => {
    const guard = guardWith({ countryLimits });
    expect(sentOf(guard, 99, elsewhere("sign-in"))).toBe(99);
    expect(sentOf(guard, 99, elsewhere("recovery"))).toBe(1);
    for (const kind of ["sign-in", "recovery", "unknown"] as const)
      expect(guard.judge(to("PT", kind), start).refused).toMatchObject({
        reason: "unplanned-country",
        limit: 100,
        suppressible: false,
      });
    expect(guard.judge(to("PT"), start).refused).toBeUndefined();
  });

  test("are only recorded if countries are allowed but have no numbers", () => {
    const guard = guardWith({ ...withoutNumbers, hasAllowList: true });
    const recorded = times(61, () => guard.judge(to("FR"), start).refused);
    expect(recorded.at(-1)).toMatchObject({ enforced: false });
    expect(sentOf(guard, 99, () => to("FR"))).toBe(99);
    const open = guardWith();
    expect(times(61, () => open.judge(to("FR"), start).refused?.reason).at(-1)).toBe(
      "country-unfinished",
    );
  });
});

describe("a number without a certain country", () => {
  const numbers = { enrollments: { day: 9 }, others: { day: 5, all: 5 } };

  test("counts in the first planned country that shares its calling code", () => {
    const guard = guardWith({
      countryLimits: new Map([
        ["US", numbers],
        ["CA", numbers],
      ]),
    });
    expect(sentOf(guard, 9, () => code("sign-in", { country: "+1" }))).toBe(5);
    expect(guard.judge(code("sign-in", { country: "US" }), start).refused).toMatchObject({
      reason: "country-codes",
    });
    expect(guard.judge(code("sign-in", { country: "CA" }), start).refused).toBeUndefined();
  });

  test("is subtracted there when it is used", () => {
    const guard = guardWith({ countryLimits: new Map([["US", numbers]]) });
    const enrollment = code("enrollment", { country: "+1" });
    sentOf(guard, 8, () => code("enrollment", { country: "US" }));
    sendAndUse(guard, enrollment);
    expect(sentOf(guard, 9, () => code("enrollment", { country: "US" }))).toBe(2);
  });

  test("counts by itself if its calling code has numbers", () => {
    const guard = guardWith({
      countryLimits: new Map([
        ["US", numbers],
        ["+1", numbers],
      ]),
    });
    expect(sentOf(guard, 9, () => code("sign-in", { country: "+1" }))).toBe(5);
    expect(guard.judge(code("sign-in", { country: "US" }), start).refused).toBeUndefined();
  });

  test("has 60 enrollments a day in total with those of unplanned countries", () => {
    const guard = guardWith();
    const codes = ["+44", "+1", "+7", "+39"];
    expect(
      sentOf(guard, 99, (index) => code("enrollment", { country: codes[index % 4] ?? "" })),
    ).toBe(60);
    expect(guard.judge(code("enrollment", { country: "+47" }), start).refused).toMatchObject({
      reason: "unplanned-country",
    });
  });
});
