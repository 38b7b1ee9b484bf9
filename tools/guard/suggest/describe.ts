import { dayMs } from "../../../src/guard/counts.ts";
import type { ExportedCode } from "./exported-codes.ts";
import type { Refusal } from "./judge-again.ts";
import { margins, type Suggestion } from "./suggest.ts";
import { table } from "./table.ts";

/** What to paste, from what it comes, and whom it would have refused. */
export function describeSuggestion(
  codes: readonly ExportedCode[],
  { countries, busiest, knownRanges, oddDays }: Suggestion,
  refusals: readonly Refusal[],
): string {
  const [first, last] = [codes[0], codes.at(-1)].map((code) => dateOf(code?.at ?? 0));
  const used = codes.filter((code) => code.used).length;
  const noUses =
    used === 0
      ? " Okta's events are missing: no range is known, and odd days are those with many codes."
      : "";
  return [
    `${codes.length} codes from ${first} to ${last} UTC, ${used} of them used.${noUses}`,
    `GUARD_COUNTRY_LIMITS=${settingFor(countries)}`,
    ...(knownRanges.length === 0 ? [] : [`GUARD_KNOWN_RANGES=${knownRanges.join(",")}`]),
    describeMargins(),
    table(
      ["country", "codes", "busiest day"],
      busiest.filter(({ day }) => day > 0).map(({ country, group, day }) => [country, group, day]),
    ),
    oddDays.length === 0
      ? "No day looks attacked."
      : `Left out, because they look attacked (or were an outage or a roll-out):\n${table(
          ["day", "country", "codes", "asked", "used"],
          oddDays.map((odd) => [
            dateOf(odd.day * dayMs),
            odd.country,
            odd.group,
            odd.codes,
            odd.used,
          ]),
        )}`,
    describeRefusals(codes, refusals),
  ].join("\n\n");
}

/** As src/settings reads it. */
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
  return `The margins:\n${each.join("\n")}`;
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
    `With these numbers GUARD_MODE=enforce would have refused ${refusals.length} (${share} %). Of these ${used.length} were used, by ${people} people.`,
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
    "A range of your own whose refused codes were used belongs into GUARD_KNOWN_RANGES.",
  ].join("\n\n");
}

const shown = 20;

/** `2026-11-27` */
function dateOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}
