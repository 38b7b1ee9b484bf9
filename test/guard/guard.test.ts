import { createGuard, type GuardSettings, type Verdict } from "../../src/guard/guard.ts";
import type { CountryLimits } from "../../src/guard/limits.ts";
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
  readonly numbers?: Readonly<Record<string, CountryLimits>>;
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

  const usedAt = (lateMs: number) => new Date(clock.at - lateMs);

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
    const settle = (...later: Sent["attempts"]) => verdict.settle?.({ attempts: later });
    settle(...attempts);
    const use = ({ lateMs = 0, by = guard } = {}): void => {
      const { oktaUserId = "" } = code;
      const { phoneKey, countedAt } = verdict.facts ?? {};
      const { country, callingCode } = phoneNumber;
      const wasAccepted = attempts.some(({ ok }) => ok);
      const used = { ...code, oktaUserId, phoneKey, country, callingCode };
      by.used({ ...used, countedAt: wasAccepted ? countedAt : undefined }, usedAt(lateMs));
    };
    return { verdict, use, settle };
  }
  const reasonOf = (kind: CodeRequest["kind"], given?: Asked) =>
    judge(kind, given).verdict.facts?.exceeded?.reason;
  /** Returns how many of these codes pass before the guard refuses a code. The maximum is 99. */
  function passed(kind: CodeRequest["kind"], given: (nth: number) => Asked = () => ({})): number {
    for (let count = 0; count < 99; count++)
      if (!judge(kind, given(count)).verdict.ok) return count;
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

  test("if a code exceeds a person's and a country's limit at once, the guard names the person's", () => {
    const guard = guarding({ numbers: { GB: { recoveries: 16 } } });
    expect(guard.passed("recovery", () => oneUser)).toBe(8);
    expect(guard.reasonOf("recovery", oneUser)).toBe("user-limit");
  });

  test("used sign-in codes count for a user's limit", () => {
    const guard = guarding();
    for (let count = 0; count < 40; count++) guard.judge("sign-in", oneUser).use();
    expect(guard.reasonOf("sign-in", oneUser)).toBe("user-limit");
  });
});

const gb = (numbers: CountryLimits) => ({ numbers: { GB: numbers } });

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

  test("countries without an entry share the limits of `*`, and countries of one key share theirs", () => {
    const { guard: set } = load({
      GUARD_COUNTRY_LIMITS: '{"GB":{},"us, SG":{"signIns":1},"*":{"signIns":2}}',
    });
    const guard = guarding({ countryLimits: set?.countryLimits ?? new Map() });
    const numbers = ["+12025550123", "+6581234567", "+33612345678", "+819012345678", "+4366412345"];
    const judged = [...numbers, "+447400999999"].map((number) =>
      guard.reasonOf("sign-in", { number }),
    );
    const full = "country-sign-ins";
    expect(judged).toEqual([undefined, full, undefined, undefined, full, undefined]);
  });

  test("the guard counts calls separately for sign-ins and recoveries", () => {
    const guard = guarding(gb({ calls: 3 }));
    const call = { channel: "voice" } as const;
    expect(guard.passed("recovery", () => call)).toBe(3);
    expect(guard.passed("sign-in", () => call)).toBe(3);
  });

  test.each([
    ["sign-in", {}, 5],
    ["sign-in", { channel: "voice" }, 5],
    ["recovery", {}, 2],
  ] as const)(
    "for a person's codes (%s, %j) after the first %i, the limit falls to half",
    (...given) => {
      const [kind, asked, few] = given;
      const limitFor = (nth: number) => {
        const guard = guarding(
          gb("channel" in asked ? { calls: 20 } : { signIns: 20, recoveries: 20 }),
        );
        for (let count = 1; count < nth; count++) guard.judge(kind, { ...one, ...asked });
        for (let count = nth; count < 22; count++) guard.judge(kind, asked);
        return guard.judge(kind, { ...one, ...asked }).verdict.facts?.exceeded?.limit;
      };
      const limits = [few, few + 1, 2 * few, 2 * few + 1].map(limitFor);
      expect(limits).toEqual([20, 20 - 20 / (2 * few), 10, 10]);
    },
  );

  test("the guard refuses a user's second number at half of the country's limit, rounded up", () => {
    const guard = guarding(gb({ enrollments: 3 }));
    const second = () => guard.reasonOf("enrollment", oneUser);
    expect([second(), second(), second()]).toEqual([undefined, undefined, "user-limit"]);
    const full = guarding(gb({ enrollments: 4 }));
    for (let count = 0; count < 2; count++) full.judge("enrollment", count === 0 ? oneUser : {});
    expect(full.reasonOf("enrollment", oneUser)).toBe("country-unfinished");
    expect(full.passed("enrollment")).toBe(2);
  });

  test("a second code for a person's number does not count, but a third does", () => {
    const guard = guarding(gb({ enrollments: 4 }));
    const again = () => guard.reasonOf("enrollment", one);
    for (const asked of [one, oneUser, {}, {}]) guard.judge("enrollment", asked);
    expect([again(), again()]).toEqual([undefined, "country-unfinished"]);
    const other = guarding(gb({ enrollments: 4 }));
    for (const asked of [one, {}, one, {}, one]) other.judge("enrollment", asked);
    expect(other.passed("enrollment")).toBe(0);
  });

  test("a number that another person has begun counts again, also if Okta names no user", () => {
    const { number } = one;
    for (const oktaUserId of [undefined, "one user"]) {
      const guard = guarding(gb({ enrollments: 5 }));
      guard.judge("enrollment", { number, oktaUserId });
      expect(guard.passed("enrollment", () => ({ number }))).toBe(4);
    }
    const nameless = guarding(gb({ enrollments: 5 }));
    expect(nameless.passed("enrollment", () => ({ oktaUserId: undefined }))).toBe(5);
  });

  test("codes that a person's limit refuses do not count for the country", () => {
    const guard = guarding(gb({ recoveries: 10 }));
    for (let count = 0; count < 50; count++) guard.judge("recovery", oneUser);
    expect(guard.passed("recovery")).toBe(5);
  });

  test("the guard keeps a country's count even after codes to 100,000 people", () => {
    const guard = guarding(gb({ recoveries: 1, signIns: 1_000_000 }));
    guard.judge("recovery");
    for (let count = 0; count < 100_001; count++)
      guard.judge("sign-in", { ...one, oktaUserId: String(count) });
    expect(guard.reasonOf("recovery")).toBe("country-recoveries");
  });

  test("dayPercent is the used percentage of the country's fullest limit, even for a person who meets half", () => {
    const guard = guarding(gb({ signIns: 10, calls: 4 }));
    const call = { channel: "voice" } as const;
    expect(guard.judge("sign-in", call).verdict.facts?.dayPercent).toBe(25);
    expect(guard.passed("sign-in", () => oneUser)).toBe(7);
    expect(guard.judge("sign-in", oneUser).verdict.facts).toMatchObject({
      dayPercent: 90,
      exceeded: { count: 9, limit: 7 },
    });
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

  test("calls for enrollments count only as unfinished numbers", () => {
    const guard = guarding(gb({ calls: 1, enrollments: 3 }));
    expect(guard.passed("enrollment", () => ({ channel: "voice" }))).toBe(3);
  });
});

describe("Okta's events", () => {
  const abroad = { number: "+12025550123" };
  const half = "country-sign-ins";
  test.each([
    ["half of a limit if a user used a code 89 minutes ago", 31, 1, 31, 89, true, half],
    ["half of a limit if only 30 users ask", 31, 1, 30, 90, true, half],
    ["half of a limit if only 30 users used codes", 30, 1, 31, 90, false, half],
    ["half of a limit if 31 users used codes in 90 minutes", 31, 3, 31, 90, false, half],
    ["a whole limit, but for numbers, in 90 minutes of silence", 31, 1, 31, 90, false, undefined],
  ])("a person meets %s", (_, before, every, after, minutes, onTime, reason) => {
    const guard = guarding(gb({ signIns: 20, enrollments: 2 }));
    for (let nth = 0; nth < before; nth++) {
      guard.clock.at += every * minute;
      guard.judge("sign-in", abroad).use();
    }
    guard.judge("enrollment", oneUser);
    for (let nth = 0; nth < 10; nth++) guard.judge("sign-in", oneUser);
    for (let nth = 1; nth < after; nth++) guard.judge("sign-in", abroad);
    guard.clock.at += minutes * minute;
    expect(guard.eventsOnTime()).toBe(onTime);
    expect(guard.reasonOf("sign-in", oneUser)).toBe(reason);
    expect(guard.reasonOf("enrollment", oneUser)).toBe("country-unfinished");
    guard.judge("sign-in", abroad).use();
    expect(guard.eventsOnTime()).toBe(true);
  });

  test("Okta's events are not on time if they are more than 10 minutes late on average", () => {
    const guard = guarding();
    guard.judge("sign-in").use({ lateMs: 10 * minute + 1 });
    expect(guard.eventsOnTime()).toBe(false);
    for (let count = 0; count < 19; count++) guard.judge("sign-in").use();
    guard.judge("sign-in").use({ lateMs: 2 * hour });
    expect(guard.eventsOnTime()).toBe(true);
  });

  test("without an event secret, the guard does not know whether events are on time", () => {
    expect(guarding({ joined: false }).eventsOnTime()).toBeUndefined();
  });
});

describe("a code that no provider accepted", () => {
  const outcome = { status: 500, ok: false, outcome: "unavailable" } as const;
  const lost = { ...attempt, ...outcome, reason: "provider-error", mayBeSent: true } as const;

  test.each([
    ["enrollment", { enrollments: 3 }, {}, 3],
    ["recovery", { recoveries: 3 }, {}, 3],
    ["sign-in", { signIns: 3 }, {}, 3],
    ["sign-in", { calls: 3 }, { channel: "voice" }, 3],
    ["recovery", {}, one, 8],
    ["enrollment", {}, oneUser, 2],
  ] as const)("does not count for the kind %s and the limits %j", (kind, numbers, asked, limit) => {
    const guard = guarding(gb(numbers));
    for (let count = 0; count < 50; count++) guard.judge(kind, asked, [lost]);
    expect(guard.passed(kind, () => asked)).toBe(limit);
  });

  test("does not make Okta's events look silent, nor do recoveries", () => {
    const guard = guarding();
    for (let count = 0; count < 50; count++) guard.judge("sign-in", {}, [lost]);
    for (let count = 0; count < 50; count++) guard.judge("recovery");
    guard.clock.at += 90 * minute;
    expect(guard.eventsOnTime()).toBeUndefined();
  });

  test("counts again once when a provider accepts it later", () => {
    for (const kind of ["recovery", "enrollment"] as const) {
      const guard = guarding(gb({ recoveries: 3, enrollments: 3 }));
      const { settle } = guard.judge(kind, {}, [lost]);
      settle(lost);
      for (let count = 0; count < 2; count++) settle(lost, accepted);
      expect(guard.passed(kind)).toBe(2);
    }
  });

  test("counts nothing more when a provider accepts it after Okta has reported it as used", () => {
    const guard = guarding(gb({ enrollments: 4 }));
    for (let count = 0; count < 3; count++) guard.judge("enrollment");
    const { settle, use } = guard.judge("enrollment", one, [lost]);
    use(); // subtracts one
    settle(lost, accepted);
    expect(guard.passed("enrollment")).toBe(2);
  });

  test("does not change the counts of the next day", () => {
    for (const [before, after] of [
      [lost, accepted],
      [accepted, lost],
    ] as const) {
      const guard = guarding(gb({ recoveries: 3 }));
      const { settle } = guard.judge("recovery", {}, [before]);
      guard.clock.at += day;
      guard.judge("recovery");
      settle(after);
      expect(guard.passed("recovery")).toBe(2);
    }
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
  const guard = guarding({ ...gb({ recoveries: 16 }), mode: "record" });
  for (let count = 0; count < 20; count++)
    expect(guard.judge("recovery", oneUser).verdict.ok).toBe(true);
  expect(guard.reasonOf("recovery", oneUser)).toBe("user-limit");
  for (let count = 0; count < 8; count++) expect(guard.reasonOf("recovery")).toBeUndefined();
  expect(guard.reasonOf("recovery")).toBe("country-recoveries");
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
