import { createGuard, type GuardSettings, type Verdict } from "../../src/guard/guard.ts";
import type { CountryNumbers } from "../../src/guard/limits.ts";
import type { CodeRequest } from "../../src/rules/code-request.ts";
import type { Sent } from "../../src/rules/outcome.ts";
import { samplePhoneNumber } from "../rules/sample-code-request.ts";
import { load } from "../settings/sample-settings.ts";
import { accepted, attempt, day, hour, minute } from "./company.ts";

const start = Date.parse("2030-01-15T09:00:00Z");
let people = 0;

interface Asked extends Partial<Pick<CodeRequest, "channel" | "oktaUserId">> {
  readonly number?: string;
}
interface Given extends Partial<GuardSettings> {
  readonly numbers?: Readonly<Record<string, CountryNumbers>>;
  readonly joined?: boolean;
  readonly hashKey?: () => string;
}

/** By default, each code is for a new user and a new British number. */
function guarding({ numbers = {}, joined = true, hashKey = () => "a key", ...more }: Given = {}) {
  const clock = { at: start, now: () => clock.at, elapsed: () => clock.at };
  const warnings: string[] = [];
  const numbersUsed = new Map<string, ReturnType<typeof samplePhoneNumber>>();
  const warn = (message: string) => warnings.push(message);
  const countryLimits = new Map(Object.entries(numbers));
  const guard = createGuard(
    { mode: "enforce", countryLimits, exemptRanges: [], ...more },
    {
      clock,
      phoneHashKey: hashKey,
      eventsAreJoined: () => joined,
      warn,
    },
  );

  function judge(
    kind: CodeRequest["kind"],
    given: Asked = {},
    attempts: Sent["attempts"] = [accepted],
  ) {
    const nth = String(++people);
    const { number = `+447400${nth.padStart(6, "0")}`, ...asked } = given;
    const code = { kind, channel: "sms", oktaUserId: `user ${nth}`, ...asked } as const;
    const phoneNumber = numbersUsed.get(number) ?? samplePhoneNumber(number);
    numbersUsed.set(number, phoneNumber);
    const verdict = guard.judge(code, phoneNumber);
    verdict.settle?.({ attempts });
    const use = ({ lateMs = 0, by = guard } = {}): void => {
      const { oktaUserId = "" } = code;
      const { phoneKey, countedAt } = verdict.facts ?? {};
      const { country, callingCode } = phoneNumber;
      const used = { ...code, oktaUserId, phoneKey, countedAt, country, callingCode };
      by.used(used, new Date(clock.at - lateMs));
    };
    return { verdict, use };
  }
  const reasonOf = (kind: CodeRequest["kind"], given?: Asked) =>
    judge(kind, given).verdict.facts?.exceeded?.reason;
  /** Returns how many of these codes pass before the guard refuses a code. The maximum is 99. */
  function passed(kind: CodeRequest["kind"], given: () => Asked = () => ({})): number {
    for (let count = 0; count < 99; count++) if (!judge(kind, given()).verdict.ok) return count;
    return 99;
  }
  return { ...guard, guard, clock, warnings, judge, reasonOf, passed };
}

const one = { oktaUserId: "one user", number: "+447400999999" };
const oneUser = { oktaUserId: "one user" };

describe("a person's limits, even if the operator sets no limits", () => {
  test.each([
    ["6 enrollment codes for a user", 6, "enrollment", one],
    ["enrollments of 2 numbers for a user", 2, "enrollment", oneUser],
    ["8 recovery codes for a user", 8, "recovery", oneUser],
    ["40 sign-in codes for a user", 40, "sign-in", oneUser],
    ["40 codes of unknown kind for a user", 40, "unknown", oneUser],
    ["15 calls for a user", 15, "sign-in", { ...oneUser, channel: "voice" }],
    [
      "8 recovery codes for a number without a user",
      8,
      "recovery",
      { ...one, oktaUserId: undefined },
    ],
  ] as const)("the guard allows %s a day", (_, count, kind, asked) => {
    const guard = guarding();
    expect(guard.passed(kind, () => asked)).toBe(count);
    const { verdict } = guard.judge(kind, asked);
    expect(verdict).toMatchObject({ outcome: "refused", reason: "user-limit" });
    expect(verdict.facts?.exceeded).toMatchObject({
      reason: "user-limit",
      count: count + 1,
      limit: count,
      untilMs: Date.parse("2030-01-16T00:00:00Z"),
    });
    guard.clock.at += day;
    expect(guard.reasonOf(kind, asked)).toBeUndefined();
  });

  test("the guard allows 20 enrollment codes for a number a day", () => {
    const guard = guarding();
    expect(guard.passed("enrollment", () => ({ number: one.number }))).toBe(20);
    expect(guard.reasonOf("enrollment", { number: one.number })).toBe("number-limit");
  });

  test("used sign-in codes count for a user's limit", () => {
    const guard = guarding();
    for (let count = 0; count < 40; count++) guard.judge("sign-in", oneUser).use();
    expect(guard.reasonOf("sign-in", oneUser)).toBe("user-limit");
  });
});

const gb = (numbers: CountryNumbers) => ({ numbers: { GB: numbers } });

describe("a country's limits", () => {
  test.each([
    ["country-unfinished", "enrollment", { enrollments: 5 }, {}],
    ["country-recoveries", "recovery", { recoveries: 5 }, {}],
    ["country-sign-ins", "sign-in", { signIns: 5 }, {}],
    ["country-sign-ins", "unknown", { signIns: 5 }, {}],
    ["country-calls", "sign-in", { calls: 5 }, { channel: "voice" }],
  ] as const)("the limit for %s counts codes of the kind %s", (reason, kind, numbers, asked) => {
    const guard = guarding(gb(numbers));
    expect(guard.passed(kind, () => asked)).toBe(5);
    expect(guard.reasonOf(kind, asked)).toBe(reason);
    expect(guard.reasonOf(kind, { ...asked, number: "+12025550123" })).toBeUndefined();
  });

  test("countries without an entry share the limits of `*`", () => {
    const guard = guarding({ numbers: { GB: {}, "*": { signIns: 2 } } });
    const judged = ["+12025550123", "+6581234567", "+33612345678", "+447400999999"].map((number) =>
      guard.reasonOf("sign-in", { number }),
    );
    expect(judged).toEqual([undefined, undefined, "country-sign-ins", undefined]);
  });

  test("the guard counts calls separately for each kind of code", () => {
    const guard = guarding(gb({ calls: 3 }));
    const call = { channel: "voice" } as const;
    expect(guard.passed("recovery", () => call)).toBe(3);
    expect(guard.passed("sign-in", () => call)).toBe(3);
  });

  test("at the country's limit, the guard still allows another code for a number that it has counted", () => {
    const guard = guarding(gb({ enrollments: 1 }));
    guard.judge("enrollment", one);
    expect(guard.reasonOf("enrollment")).toBe("country-unfinished");
    expect(guard.reasonOf("enrollment", one)).toBeUndefined();
  });

  test("the guard refuses a user's second number at half of the country's limit, rounded up", () => {
    const guard = guarding(gb({ enrollments: 4 }));
    const second = () => guard.reasonOf("enrollment", oneUser);
    expect([second(), guard.reasonOf("enrollment"), second()]).toEqual([
      undefined,
      undefined,
      "country-unfinished",
    ]);
    expect(guard.passed("enrollment")).toBe(2);
    const odd = guarding(gb({ enrollments: 3 }));
    odd.judge("enrollment", oneUser);
    expect(odd.reasonOf("enrollment", oneUser)).toBeUndefined();
  });

  test("codes that a person's limit refuses do not count for the country", () => {
    const guard = guarding(gb({ recoveries: 10 }));
    for (let count = 0; count < 50; count++) guard.judge("recovery", oneUser);
    expect(guard.passed("recovery")).toBe(2);
  });

  test("the guard keeps a country's count even after codes to 100,000 people", () => {
    const guard = guarding(gb({ recoveries: 1, signIns: 1_000_000 }));
    guard.judge("recovery");
    for (let count = 0; count < 100_001; count++)
      guard.judge("sign-in", { ...one, oktaUserId: String(count) });
    expect(guard.reasonOf("recovery")).toBe("country-recoveries");
  });

  test("dayPercent is the used percentage of the country's fullest limit", () => {
    const guard = guarding(gb({ signIns: 10, calls: 4 }));
    const call = { channel: "voice" } as const;
    expect(guard.judge("sign-in", call).verdict.facts?.dayPercent).toBe(25);
    expect(guard.judge("sign-in", { number: "+12025550123" }).verdict.facts?.dayPercent).toBe(
      undefined,
    );
  });
});

describe("a finished enrollment", () => {
  test("a finished enrollment subtracts two from the country's count, once for each number", () => {
    const guard = guarding(gb({ enrollments: 10 }));
    const newcomers = [1, 2, 3, 4].map(() => guard.judge("enrollment"));
    newcomers[0]?.use();
    newcomers[0]?.use();
    expect(guard.passed("enrollment")).toBe(8);
  });

  test("after a finished enrollment, the same person and number do not count again that day", () => {
    const guard = guarding(gb({ enrollments: 1 }));
    guard.judge("enrollment", one).use();
    expect(guard.passed("enrollment")).toBe(1);
    expect(guard.reasonOf("enrollment", one)).toBeUndefined();
  });

  test("a finished enrollment subtracts two on another instance, and no count goes below zero", () => {
    const [counting, told] = [guarding(gb({ enrollments: 10 })), guarding(gb({ enrollments: 10 }))];
    for (let count = 0; count < 3; count++) told.judge("enrollment");
    counting.judge("enrollment").use({ by: told.guard });
    expect(told.passed("enrollment")).toBe(9);
    for (let count = 0; count < 9; count++) counting.judge("enrollment").use();
    expect(counting.passed("enrollment")).toBe(10);
  });

  test("a finished enrollment subtracts one if the guard refused the code and Okta's own provider sent it", () => {
    const guard = guarding(gb({ enrollments: 3 }));
    expect(guard.passed("enrollment")).toBe(3);
    guard.judge("enrollment").use();
    expect(guard.passed("enrollment")).toBe(1);
  });

  test("a finished enrollment by call subtracts its call from the count of calls", () => {
    const guard = guarding(gb({ calls: 2 }));
    const call = { channel: "voice" } as const;
    for (let count = 0; count < 9; count++) guard.judge("enrollment", call).use();
    expect(guard.passed("enrollment", () => call)).toBe(2);
  });
});

describe("unused sign-ins", () => {
  const numbers = gb({ unusedSignIns: 5 });

  test("beyond the limit, the guard refuses only users with three unused sign-in codes", () => {
    const guard = guarding(numbers);
    guard.passed("sign-in", () => oneUser);
    expect(guard.reasonOf("sign-in", oneUser)).toBe("country-unused");
    expect(guard.passed("sign-in", () => ({ oktaUserId: "another user" }))).toBe(3);
  });

  test("when a user uses a sign-in code, the guard subtracts all unused sign-in codes of the user from the count", () => {
    const guard = guarding(numbers);
    guard.passed("sign-in", () => oneUser);
    guard.judge("sign-in", oneUser).use();
    expect(guard.passed("sign-in", () => oneUser)).toBe(5);
  });

  test.each([
    ["are limited while Okta's events are on time", 89 * minute, 31, "country-unused"],
    ["are not limited 90 minutes after the last used code", 90 * minute, 31, undefined],
    [
      "are limited after 90 minutes if only 30 users have an unused code",
      90 * minute,
      30,
      "country-unused",
    ],
  ])("unused sign-ins %s", (_, later, users, expected) => {
    const guard = guarding(numbers);
    guard.judge("sign-in").use();
    guard.passed("sign-in", () => oneUser);
    const abroad = { number: "+12025550123" };
    for (let count = 0; count < users - 1; count++) guard.judge("sign-in", abroad);
    guard.clock.at += later;
    expect(guard.eventsOnTime()).toBe(expected !== undefined);
    expect(guard.reasonOf("sign-in", oneUser)).toBe(expected);
    guard.judge("sign-in", abroad).use();
    expect(guard.eventsOnTime()).toBe(true);
  });

  test("unused sign-ins are not limited while Okta's events are more than 10 minutes late", () => {
    const guard = guarding(numbers);
    guard.judge("sign-in").use({ lateMs: 10 * minute + 1 });
    expect(guard.eventsOnTime()).toBe(false);
    expect(guard.passed("sign-in", () => oneUser)).toBe(40);
  });

  test("Okta's events count as on time even if one event in 20 is two hours late", () => {
    const guard = guarding(numbers);
    for (let count = 0; count < 19; count++) guard.judge("sign-in").use();
    guard.judge("sign-in").use({ lateMs: 2 * hour });
    expect(guard.eventsOnTime()).toBe(true);
  });

  test("unused sign-ins are not limited without an event secret", () => {
    const guard = guarding({ ...numbers, joined: false });
    expect(guard.eventsOnTime()).toBeUndefined();
    expect(guard.passed("sign-in", () => oneUser)).toBe(40);
  });
});

describe("what 8x8 replies", () => {
  const outcome = { status: 500, ok: false, outcome: "unavailable" } as const;
  const failed = (mayBeSent: boolean) =>
    ({ ...attempt, ...outcome, reason: "provider-error", mayBeSent }) as const;
  test.each([
    ["counts for all limits if 8x8 accepted it", [accepted], "user-limit", "country-recoveries"],
    [
      "counts for its country, but not for its user, if 8x8 may have sent it",
      [failed(true)],
      undefined,
      "country-recoveries",
    ],
    ["does not count if 8x8 cannot have sent it", [failed(false)], undefined, undefined],
  ])("a code %s", (_, attempts, person, country) => {
    const guard = guarding(gb({ recoveries: 16 }));
    const settled = (asked: Asked = {}) => {
      guard.judge("recovery", asked, attempts);
    };
    for (let count = 0; count < 8; count++) settled(one);
    expect(guard.reasonOf("recovery", one)).toBe(person);
    for (let count = 0; count < 8; count++) settled();
    expect(guard.reasonOf("recovery")).toBe(country);
  });

  test("a number does not count for the user or the country if 8x8 got no request", () => {
    const guard = guarding(gb({ enrollments: 1 }));
    for (let count = 0; count < 3; count++) guard.judge("enrollment", oneUser, []);
    expect(guard.passed("enrollment")).toBe(1);
  });
});

describe("a refusal for unfinished enrollments", () => {
  const suppressible = ({ verdict }: { readonly verdict: Verdict }) =>
    !verdict.ok && verdict.suppressible;
  const full = (joined = true) => {
    const guard = guarding({ ...gb({ enrollments: 1 }), joined });
    guard.judge("enrollment");
    return guard;
  };

  test("a refusal for unfinished enrollments is suppressible from a user's third refused number on", () => {
    const guard = full();
    guard.judge("sign-in").use();
    const numbers = ["+447400800001", "+447400800002"];
    const asked = [...numbers, ...numbers, "+447400800003", "+447400800004", ...numbers];
    const judged = asked.map((number) =>
      suppressible(guard.judge("enrollment", { ...oneUser, number })),
    );
    expect(judged).toEqual([false, false, false, false, true, true, false, false]);
    expect(suppressible(guard.judge("enrollment"))).toBe(false);
  });

  test("no refusal is suppressible before the first used code or without an event secret", () => {
    for (const guard of [full(), full(false)]) {
      const judged = [1, 2, 3].map(() => suppressible(guard.judge("enrollment", oneUser)));
      expect(judged).toEqual([false, false, false]);
    }
  });
});

test("in record mode, the guard passes every code, and does not count codes beyond a limit", () => {
  const guard = guarding({ ...gb({ recoveries: 9 }), mode: "record" });
  for (let count = 0; count < 20; count++)
    expect(guard.judge("recovery", oneUser).verdict.ok).toBe(true);
  expect(guard.reasonOf("recovery", oneUser)).toBe("user-limit");
  expect([guard.reasonOf("recovery"), guard.reasonOf("recovery")]).toEqual([
    undefined,
    "country-recoveries",
  ]);
});

test("an exemption ends after its last day in UTC", () => {
  const { guard: set } = load({ GUARD_EXEMPT_RANGES: "+4474 until 2030-01-15,+1202" });
  const guard = guarding({ exemptRanges: set?.exemptRanges ?? [] });
  expect(guard.passed("recovery", () => one)).toBe(99);
  guard.clock.at += 15 * hour;
  expect(guard.passed("recovery", () => one)).toBe(8);
  expect(guard.passed("recovery", () => ({ number: "+12025550123" }))).toBe(99);
});

test("the verdict on an exempt number has no counts, but still reports whether events are on time", () => {
  const guard = guarding({ exemptRanges: [{ range: "+4474", untilMs: start + day }] });
  guard.judge("sign-in", { number: "+12025550123" }).use();
  expect(guard.judge("sign-in").verdict.facts).toEqual({
    eventsOnTime: true,
    dayPercent: undefined,
  });
});

test("if the guard fails, it lets codes pass, and logs the type of the error once", () => {
  const guard = guarding({
    hashKey() {
      throw new TypeError("about +12025550123");
    },
  });
  for (let count = 0; count < 10; count++)
    expect(guard.judge("sign-in").verdict).toEqual({ ok: true });
  expect(guard.warnings).toEqual([
    "The guard failed and refuses no codes (TypeError). The app will try again.",
  ]);
});
