import type { CodeKind } from "../../../src/rules/code-request.ts";
import { largest, publicRange, type Person } from "./company.ts";
import type { Stage } from "./scenario.ts";
import { day, hour, second, today } from "./time.ts";

type Where = Pick<Person, "range" | "country">;

export interface Flood {
  readonly codes: number;
  /** Hours after midnight at which the codes begin. Can exceed 24. */
  readonly fromHour?: number;
  readonly hours?: number;
  readonly days?: number;
  readonly kind?: CodeKind;
  readonly accounts?: number;
  readonly where: (stage: Stage) => Where;
  /** How many numbers are enrolled. By default, each code is for a new number. */
  readonly numbers?: number;
  readonly call?: boolean;
  /** Whether the attacker enters the code, or forges its event with a stolen event secret. */
  readonly typesIn?: boolean;
  /** Whether the numbers are the attacker's own and earn no money. */
  readonly bait?: boolean;
}

/** Requests codes each day, at random times in the given hours, from random accounts. */
export function flood(given: Flood): (stage: Stage) => void {
  const { codes, fromHour = 0, hours = 24, days = 1, accounts = 700, where } = given;
  const kind = given.kind ?? "enrollment";
  return (stage) => {
    const { world } = stage;
    const { random } = world;
    for (let index = 0; index < codes * days; index++) {
      const at = today + (index % days) * day + (fromHour + random.share() * hours) * hour;
      world.add(at, (now) => {
        const userKey = `account ${random.below(accounts)}`;
        const phoneKey =
          kind === "enrollment"
            ? `${given.bait ? "bait" : "abused"} ${index % (given.numbers ?? Infinity)}`
            : `${userKey} phone`;
        const person = { phoneKey, userKey, ...where(stage) };
        const group = given.bait ? "bait" : "attacker";
        const { arrives, use } = world.request(
          { person, kind, call: given.call ?? false, group },
          now,
        );
        if (given.typesIn && arrives) world.add(now + 10 * second, use);
      });
    }
  };
}

export function inRanges(count: number): Flood["where"] {
  return ({ world }) => ({
    country: largest.country,
    range: publicRange(world.random.below(count)),
  });
}

export function inKnownRanges({ world, company, knownRanges }: Stage): Where {
  const range = knownRanges[world.random.below(knownRanges.length)] ?? "";
  const found = company.countries.find(({ callingCode }) => range.startsWith(callingCode));
  return { range, country: found?.country ?? largest.country };
}

/** Picks public ranges in all countries of the company. */
export function anywhere({ world, company }: Stage): Where {
  const country = company.countries[world.random.below(company.countries.length)] ?? largest;
  return { country: country.country, range: publicRange(world.random.below(50), country) };
}

/** Picks ranges of these calling codes, for which libphonenumber finds no country. */
export function unplaced(...callingCodes: readonly string[]): Flood["where"] {
  return ({ world }) => {
    const country = callingCodes[world.random.below(callingCodes.length)] ?? "";
    return { country, range: `${country}${990_000 + world.random.below(50)}` };
  };
}

export function elsewhere(countries: number): Flood["where"] {
  return ({ world }) => {
    const index = world.random.below(countries);
    return { country: `X${index}`, range: `+9${100 + index}7000` };
  };
}
