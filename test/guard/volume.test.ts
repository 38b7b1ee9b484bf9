import {
  alone,
  beBelieved,
  days,
  enrollment,
  hours,
  minutes,
  passed,
  reasonsOf,
  sendAndUse,
  signIn,
  start,
  times,
} from "./guarding.ts";
import type { Guard } from "../../src/guard/guard.ts";

/** On each of the days before, codes for sign-in in the US within one hour: so many used, so many not. */
function usualDays(guard: Guard, perDay: readonly (readonly [used: number, unused: number])[]): void {
  for (const [index, [used, unused]] of perDay.entries()) {
    const at = start - days(perDay.length - index);
    for (let count = 0; count < used; count++) sendAndUse(guard, signIn(), at);
    for (let count = 0; count < unused; count++) guard.judge(signIn(), at);
  }
}
const sentOf = (told: readonly (string | undefined)[]) => told.filter((reason) => reason === undefined).length;
const many = (count: number) => times(count, () => signIn());

describe("the volume cap", () => {
  test("lets 20 enrollments an hour into a country, from the start and without events", () => {
    const told = reasonsOf(
      alone(),
      times(25, () => enrollment()),
      1_000,
    );
    expect(told).toEqual([...passed(20), ...Array<string>(5).fill("volume-cap")]);
  });

  test("is about enrollments alone until seven days are known", () => {
    const guard = alone();
    usualDays(guard, Array(6).fill([1, 0]));
    expect(sentOf(reasonsOf(guard, many(100), 1_000))).toBe(100);
  });

  test("without events is on all codes: twice the best hour of the second-best day", () => {
    const guard = alone();
    usualDays(guard, [[0, 90], [0, 30], ...Array<[number, number]>(5).fill([0, 10])]);
    expect(sentOf(reasonsOf(guard, many(100), 1_000))).toBe(60);
  });

  test("with events is on unused codes: five times the base, whatever is used", () => {
    const guard = alone();
    usualDays(guard, [[300, 30], ...Array<[number, number]>(6).fill([100, 8])]);
    beBelieved(guard, start);
    for (let count = 0; count < 200; count++) sendAndUse(guard, signIn(), start);
    expect(
      sentOf(
        reasonsOf(
          guard,
          times(100, () => signIn({ kind: "unknown" })),
          1_000,
          start + minutes(2),
        ),
      ),
    ).toBe(40);
  });

  test("is not raised by today, nor by days more than two weeks ago", () => {
    const guard = alone();
    for (const at of [start - days(15), start - days(16)])
      for (let count = 0; count < 200; count++) guard.judge(signIn(), at);
    usualDays(guard, Array(7).fill([1, 0]));
    for (let count = 0; count < 200; count++) sendAndUse(guard, signIn(), start - hours(2));
    expect(sentOf(reasonsOf(guard, many(100), 1_000))).toBe(20);
  });

  test("allows a fifth of a country's budget an hour", () => {
    const guard = alone({ countryBudget: new Map([["GB", 500]]) });
    expect(
      sentOf(
        reasonsOf(
          guard,
          times(150, () => enrollment()),
          1_000,
        ),
      ),
    ).toBe(100);
  });

  test.each([
    ["of which 40 were used in an hour: with events 5 x 20 unused ones", 0, 100],
    ["the same, while events are not believed: 2 x 80 in all", 20, 160],
  ])("is not raised for good by days of an attack, %s", (_, silent, limit) => {
    const guard = alone();
    usualDays(guard, Array(7).fill([40, 500]));
    reasonsOf(guard, many(silent), 0);
    const codes = times(300, () => signIn({ kind: "unknown" }));
    expect(silent + sentOf(reasonsOf(guard, codes, 1_000, start + minutes(2)))).toBe(limit);
  });

  test("of sign-ins is not used up by resets that strangers ask for, which have one of their own", () => {
    const guard = alone();
    usualDays(guard, Array(7).fill([100, 0]));
    const resets = times(100, () => signIn({ kind: "recovery" }));
    expect(sentOf(reasonsOf(guard, resets, 1_000))).toBe(20);
    expect(sentOf(reasonsOf(guard, many(210), 1_000, start + minutes(2)))).toBe(200);
  });

  test("is not lowered by what its people were sent in other countries", () => {
    const guard = alone();
    usualDays(guard, Array(7).fill([1, 0]));
    beBelieved(guard, start);
    const person = signIn();
    for (let count = 0; count < 5; count++) guard.judge({ ...person, country: "DE" }, start);
    sendAndUse(guard, person, start);
    expect(
      sentOf(
        reasonsOf(
          guard,
          times(30, () => signIn({ kind: "unknown" })),
          1_000,
          start + minutes(2),
        ),
      ),
    ).toBe(20);
  });

  test("counts no refused codes, so the next hour has as many", () => {
    const guard = alone();
    const sent = times(3, (hour) =>
      sentOf(
        reasonsOf(
          guard,
          times(100, () => enrollment()),
          1_000,
          start + hours(2 * hour),
        ),
      ),
    );
    expect(sent).toEqual([20, 20, 20]);
  });
});

describe("a budget", () => {
  const budget = (entries: [string, number][]) => alone({ countryBudget: new Map(entries) });

  test("is of codes that go out in 24 hours, of the country or of each of the others", () => {
    const guard = budget([
      ["US", 3],
      ["*", 1],
    ]);
    const kinds = ["enrollment", "recovery", "sign-in", "unknown"] as const;
    expect(
      reasonsOf(
        guard,
        kinds.map((kind) => signIn({ kind })),
      ),
    ).toEqual([...passed(3), "country-budget"]);
    expect(
      reasonsOf(
        guard,
        times(2, () => signIn({ country: "DE" })),
      ),
    ).toEqual([undefined, "country-budget"]);
    expect(reasonsOf(guard, many(4), 0, start + hours(24))).toEqual([...passed(3), "country-budget"]);
  });

  test("counts exempt codes, which it does not refuse", () => {
    const guard = alone({ countryBudget: new Map([["US", 3]]), exemptRanges: ["+1202555"] });
    expect(reasonsOf(guard, many(5))).toEqual(passed(5));
    expect(reasonsOf(guard, [signIn({ range: "+1303555" })])).toEqual(["country-budget"]);
  });
});

describe("enrollments in a country for which nobody has planned", () => {
  const unplanned = (count: number, country = () => "XA") =>
    times(count, (index) => enrollment({ countryAllowed: false, country: country(), range: `+9${1000 + index}` }));
  /** A week of people elsewhere. */
  function knowing(settings = {}): Guard {
    const guard = alone(settings);
    for (const day of [8, 4, 1]) for (let count = 0; count < 4; count++) sendAndUse(guard, signIn(), start - days(day));
    return guard;
  }

  test("are 20 a day, 60 over all such countries", () => {
    const guard = knowing();
    expect(sentOf(reasonsOf(guard, unplanned(30), minutes(10)))).toBe(20);
    let next = 0;
    expect(
      sentOf(
        reasonsOf(
          guard,
          unplanned(100, () => `X${++next}`),
          minutes(1),
        ),
      ),
    ).toBe(40);
    expect(reasonsOf(guard, unplanned(1))).toEqual(["unplanned-country"]);
  });

  test.each([
    ["it is allowed", () => ({ countryAllowed: true })],
    [
      "three people used codes there",
      (guard: Guard) => {
        for (let count = 0; count < 3; count++) sendAndUse(guard, signIn({ country: "XA" }), start - minutes(5));
        return {};
      },
    ],
  ])("are not limited where %s", (_, plan) => {
    const guard = knowing();
    const changes = plan(guard);
    const told = reasonsOf(
      guard,
      unplanned(40).map((code) => ({ ...code, ...changes })),
      minutes(10),
    );
    expect(told).not.toContain("unplanned-country");
  });

  test("are not limited where it has a budget of its own", () => {
    const guard = knowing({
      countryBudget: new Map([
        ["XA", 1_000],
        ["*", 1_000],
      ]),
    });
    expect(sentOf(reasonsOf(guard, unplanned(40), 1_000))).toBe(40);
    expect(
      sentOf(
        reasonsOf(
          guard,
          unplanned(40, () => "XB"),
          1_000,
        ),
      ),
    ).toBe(20);
  });

  test("are not limited before it is known for a week where people are", () => {
    const guard = alone();
    for (const day of [6, 1]) sendAndUse(guard, signIn(), start - days(day));
    expect(reasonsOf(guard, unplanned(40), minutes(10))).not.toContain("unplanned-country");
  });
});

test("an exempt range is never refused, and says nothing of its country", () => {
  const guard = alone({ exemptRanges: ["+44770090", "+1202555012"] });
  expect(
    reasonsOf(
      guard,
      times(100, () => enrollment()),
      1_000,
    ),
  ).toEqual(passed(100));
  expect(
    reasonsOf(
      guard,
      times(100, () => signIn({ userKey: "one" })),
      1_000,
    ),
  ).toEqual(passed(100));
  expect(
    reasonsOf(
      guard,
      times(20, () => enrollment({ range: "+4477123" })),
      1_000,
    ),
  ).toEqual(passed(20));
});
