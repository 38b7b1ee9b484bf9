import type { ExportedCode } from "./exported-codes.ts";
import type { Refusal } from "./judge-again.ts";
import { margins, type Suggestion } from "./suggest.ts";
import { table } from "./table.ts";
import { dayMs } from "./unusual-days.ts";

/** Describes the suggested settings, their source, and the codes that they would have refused. */
export function describeSuggestion(
  codes: readonly ExportedCode[],
  { countries, busiest, knownRanges, unusualDays }: Suggestion,
  refusals: readonly Refusal[],
): string {
  const [first, last] = [codes[0], codes.at(-1)].map((code) => dateOf(code?.at ?? 0));
  const used = codes.filter((code) => code.used).length;
  const noEvents =
    used === 0
      ? " Okta's events are missing, so no range is suggested, and only a day with many codes counts as unusual."
      : "";
  return [
    `${codes.length} codes from ${first} to ${last} UTC, ${used} of them used.${noEvents}`,
    `GUARD_COUNTRY_LIMITS=${settingFor(countries)}`,
    ...(knownRanges.length === 0 ? [] : [`GUARD_KNOWN_RANGES=${knownRanges.join(",")}`]),
    describeMargins(),
    table(
      ["country", "codes", "busiest day"],
      busiest.filter(({ day }) => day > 0).map(({ country, group, day }) => [country, group, day]),
    ),
    unusualDays.length === 0
      ? "No day looks like an attack."
      : `These days look like an attack, so the suggestion leaves them out. An outage or a roll-out can look the same:\n${table(
          ["day", "country", "codes", "asked", "used"],
          unusualDays.map((one) => [
            dateOf(one.day * dayMs),
            one.country,
            one.group,
            one.codes,
            one.used,
          ]),
        )}`,
    describeRefusals(codes, refusals),
  ].join("\n\n");
}

/** Returns the value of GUARD_COUNTRY_LIMITS. */
export function settingFor(countries: Suggestion["countries"]): string {
  const entries = [...countries].map(([country, { enrollments, recoveries, others, calls }]) => {
    const both = others && [others.day, others.all].join("/");
    const numbers = { enrollments: enrollments?.day, recoveries: recoveries?.day, others: both };
    return [country, { ...numbers, calls }] as const;
  });
  return JSON.stringify(Object.fromEntries(entries));
}

function describeMargins(): string {
  const each = Object.entries(margins).map(([group, { unused, atLeast, all }]) =>
    [
      `${group}: ${unused} times the busiest day, at least ${atLeast}`,
      ...(all === undefined ? [] : [`all codes ${all} times`]),
    ].join("; "),
  );
  return `How the limits follow from the busiest day:\n${each.join("\n")}`;
}

function describeRefusals(codes: readonly ExportedCode[], refusals: readonly Refusal[]): string {
  if (refusals.length === 0)
    return "With these numbers GUARD_MODE=enforce would have refused none of these codes.";
  const used = refusals.filter(({ code }) => code.used);
  const people = new Set(used.map(({ code }) => code.userKey ?? code.phoneKey)).size;
  const share = ((100 * refusals.length) / codes.length).toFixed(2);
  const groups = [
    ...Map.groupBy(refusals, ({ code, reason }) =>
      [reason, code.country, `${code.range}…`].join(" "),
    ),
  ];
  return [
    `With these numbers GUARD_MODE=enforce would have refused ${refusals.length} (${share} %). ${used.length} of these were used, by ${people} people.`,
    table(
      ["reason", "country", "range", "refused", "used"],
      groups
        .sort(([, one], [, other]) => other.length - one.length)
        .slice(0, shown)
        .map(([name, all]) => [
          ...name.split(" "),
          all.length,
          all.filter(({ code }) => code.used).length,
        ]),
    ),
    "If a range in this table is your own and its codes were used, add it to GUARD_KNOWN_RANGES.",
  ].join("\n\n");
}

const shown = 20;

function dateOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}
