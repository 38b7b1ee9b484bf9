import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { environment } from "../../../src/settings/environment.ts";
import { createGuardSettings } from "../../../src/settings/config.ts";
import { describeSuggestion, settingFor } from "../../../tools/guard/suggest/describe.ts";
import { readExport } from "../../../tools/guard/suggest/exported-codes.ts";
import { judgeAgain } from "../../../tools/guard/suggest/judge-again.ts";
import { suggest } from "../../../tools/guard/suggest/suggest.ts";

const names = [
  "at",
  "event",
  "id",
  "phone",
  "user",
  "range",
  "country",
  "callingCode",
  "requestType",
  "channel",
];
const columns = [...names, "outcome", "published"].map((name) => ({ name }));
const at = (day: number, minute: number) =>
  new Date(Date.UTC(2030, 0, day, 9) + minute * 60_000).toISOString();

interface Given {
  readonly day?: number;
  readonly minute?: number;
  readonly kind?: "pre-enrollment" | "mfa-verification" | "password-reset";
  readonly outcome?: string;
  readonly country?: string;
  readonly range?: string;
  readonly used?: boolean;
  readonly user?: string;
  readonly channel?: string;
}
let ids = 0;
function code(given: Given = {}): unknown[][] {
  const {
    day = 8,
    minute = 0,
    kind = "mfa-verification",
    outcome = "accepted",
    used = true,
    channel = "sms",
  } = given;
  const id = `code ${ids++}`;
  const { user = `user of ${id}`, country = "GB", range = "+44770090" } = given;
  const type = `com.okta.user.telephony.${kind}`;
  const asked = [
    at(day, minute),
    "code",
    id,
    `phone of ${user}`,
    user,
    range,
    country,
    "44",
    type,
    channel,
    outcome,
    "",
  ];
  const use = [
    at(day, minute + 1),
    "used",
    id,
    "",
    "",
    "",
    "",
    "",
    "",
    "",
    "verified",
    at(day, minute + 1),
  ];
  return used ? [asked, use] : [asked];
}
const codes = (count: number, given: (index: number) => Given) =>
  Array.from({ length: count }, (_, index) => code(given(index))).flat();
const fileOf = (rows: readonly unknown[]) => JSON.stringify({ tables: [{ columns, rows }] });
const suggestFor = (rows: readonly unknown[]) => suggest(readExport(fileOf(rows)));

/** Rows of a day with 100 sign-in codes. */
const workingDay = (day: number) => codes(100, (index) => ({ day, minute: index / 2 }));
const usualDays = [8, 9, 10, 11].flatMap(workingDay);

test("suggest() sets each country's limits from its busiest day, a margin and a minimum", () => {
  const { countries } = suggestFor([
    ...usualDays,
    ...codes(200, (index) => ({ minute: index, kind: "pre-enrollment", range: `+44${index}` })),
    ...code({ country: "DE", kind: "pre-enrollment" }),
  ]);
  const least = {
    enrollments: { day: 40 },
    recoveries: { day: 40 },
    others: { day: 120, all: 264 },
    calls: 100,
  };
  expect(Object.fromEntries(countries)).toEqual({
    GB: { ...least, enrollments: { day: 200 }, others: { day: 150, all: 264 } },
    DE: least,
    "*": least,
  });
});

test("suggest() ignores enrollments in known ranges when it sets a country's limit", () => {
  const known = codes(200, (index) => ({ minute: index, kind: "pre-enrollment" }));
  expect(suggestFor(known).countries.get("GB")?.enrollments).toEqual({ day: 40 });
});

test("the app reads the suggested limits from the printed GUARD_COUNTRY_LIMITS", () => {
  const { countries } = suggestFor(usualDays);
  const env = environment.parse({ GUARD_COUNTRY_LIMITS: settingFor(countries) });
  expect(createGuardSettings(env).countryLimits).toEqual(countries);
});

test("suggest() gives phone calls a separate limit", () => {
  const calls = codes(130, (index) => ({ minute: index, channel: "voice" }));
  expect(suggestFor(calls).countries.get("GB")?.calls).toBe(286);
});

const withoutUses = usualDays.filter(([, event]) => event === "code");
test.each([
  ["with few used codes", usualDays, 200, 20],
  ["with many codes and no events", withoutUses, 400, 0],
])("suggest() lists a day %s as unusual and ignores its codes", (_, usual, asked, used) => {
  const attack = codes(asked, (index) => ({ day: 12, minute: index / 10, used: index < used }));
  const { countries, unusualDays } = suggestFor([...usual, ...attack]);
  expect(countries).toEqual(suggestFor(usual).countries);
  expect(unusualDays).toEqual([
    {
      day: Date.UTC(2030, 0, 12) / 86_400_000,
      country: "GB",
      group: "others",
      codes: asked,
      used,
    },
  ]);
});

test("suggest() treats a range as known if three people used codes in it", () => {
  const range = (name: string, people: number, used = true) =>
    codes(4, (index) => ({ range: name, user: `${name} ${index % people}`, used }));
  expect(
    suggestFor([
      ...range("+44770090", 3),
      ...range("+44770091", 2),
      ...range("+44770092", 4, false),
    ]),
  ).toMatchObject({
    knownRanges: ["+44770090"],
  });
});

describe("judgeAgain()", () => {
  const refused = (rows: readonly unknown[], env: Record<string, string> = {}) => {
    const read = readExport(fileOf(rows));
    return judgeAgain(read, suggest(read), env);
  };
  const steady = codes(60, (index) => ({ minute: index / 10, used: false }));

  test("accepts every code that the limits come from, with or without Okta's events", () => {
    expect(refused(usualDays)).toEqual([]);
    expect(refused(withoutUses)).toEqual([]);
  });

  test("refuses the attacker's codes, and those of people who ask during the attack", () => {
    const people = codes(3, (index) => ({ day: 11, minute: 30 + index }));
    const attack = codes(1_000, (index) => ({ day: 11, minute: index / 20, used: false }));
    const found = refused([...[8, 9, 10].flatMap(workingDay), ...attack, ...people]);
    expect(found.filter(({ code: { used } }) => used)).toHaveLength(3);
    expect(new Set(found.map(({ reason }) => reason))).toEqual(new Set(["country-codes"]));
  });

  test("prefers the environment's settings to the suggestion, and never quotes an invalid value", () => {
    const limits = JSON.stringify({ GB: { others: "10/10" } });
    expect(refused(steady, { GUARD_COUNTRY_LIMITS: limits })).toHaveLength(50);
    expect(refused(steady, { GUARD_COUNTRY_LIMITS: limits, GUARD_EXEMPT_RANGES: "+4477" })).toEqual(
      [],
    );
    expect(() => refused(steady, { GUARD_COUNTRY_LIMITS: "secret" })).toThrow(
      /^GUARD_COUNTRY_LIMITS (?!.*secret)/,
    );
  });

  test("counts unfinished enrollments if Okta sent events, and unused ones otherwise", () => {
    const enrollments = (used: boolean) =>
      codes(30, (index) => ({ minute: index, kind: "pre-enrollment", range: "+44770099", used }));
    const reasonsIn = (rows: readonly unknown[]) => refused(rows, env).map(({ reason }) => reason);
    const env = { GUARD_COUNTRY_LIMITS: JSON.stringify({ GB: { enrollments: 29 } }) };
    expect(reasonsIn([...usualDays, ...enrollments(false)])).toEqual(["country-unfinished"]);
    expect(reasonsIn(enrollments(true))).toEqual([]);
    expect(reasonsIn(enrollments(false))).toEqual(["country-unused"]);
  });

  test("ignores codes that 8x8 rejected", () => {
    const rejected = codes(99, () => ({ user: "one", outcome: "rejected", used: false }));
    expect(refused([...rejected, ...code({ minute: 1, user: "one" })])).toEqual([]);
  });
});

test("describeSuggestion() prints the settings, margins, unusual days and refusals", () => {
  const attack = codes(1_000, (index) => ({ day: 12, minute: index / 20, used: false }));
  const read = readExport(fileOf([...usualDays, ...attack]));
  const suggestion = suggest(read);
  const text = describeSuggestion(read, suggestion, judgeAgain(read, suggestion, {}));
  for (const words of [
    `GUARD_COUNTRY_LIMITS={"GB":{"enrollments":40,"recoveries":40,"others":"150/264","calls":100}`,
    "GUARD_KNOWN_RANGES=+44770090",
    "others: 1.5 times the busiest day, at least 120; all codes 2.2 times",
    "2030-01-12  GB       others  1000   0",
  ])
    expect(text).toContain(words);
  expect(text).toMatch(/would have refused \d+ \(\d+\.\d\d %\)\. 0 of these were used/);
});

test("readExport() counts a used code once, and ignores events without a matching code", () => {
  const [asked = [], use = []] = code();
  const useOf = (id: unknown) => [at(8, 2), "used", id, ...use.slice(3)];
  const withoutId = asked.with(2, "");
  const rows = [use, useOf(use[2]), asked, useOf("another"), withoutId, useOf("")];
  expect(readExport(fileOf(rows)).map(({ used }) => used?.at)).toEqual([
    Date.parse(at(8, 1)),
    undefined,
  ]);
});

test.each(["", "{}", fileOf([]), fileOf([["no time", "code"]])])(
  "readExport() refuses a file without codes (%#)",
  (text) => {
    expect(() => readExport(text)).toThrow("guard-events.kql");
  },
);

test("npm run guard:suggest prints a suggestion, and exits with 64 on an unknown setting", () => {
  const folder = mkdtempSync(join(tmpdir(), "suggest-"));
  const file = join(folder, "events.json");
  writeFileSync(file, fileOf(usualDays));
  const run = (env: object) =>
    spawnSync("node", ["tools/guard/suggest/main.ts", "--events", file], {
      encoding: "utf8",
      env: { PATH: process.env["PATH"], ...env },
    });
  const [well, ill] = [run({}), run({ GUARD_USER_CODES: "10/hour" })];
  rmSync(folder, { recursive: true });
  expect([well.status, well.stdout]).toEqual([
    0,
    expect.stringMatching(/would have refused none[^]*There are no prices for these countries/),
  ]);
  expect([ill.status, ill.stderr]).toEqual([64, expect.stringContaining("GUARD_USER_CODES")]);
});
