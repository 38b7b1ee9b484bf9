import type { Country } from "../delivery/phone-number.ts";
import type { Config } from "./config.ts";
import type { Environment } from "./environment.ts";
import type { SettingName } from "./setting-names.ts";

/**
 * A setting that has its form and will probably not do what it is for: its name, and why. Never its
 * value.
 */
export interface Doubt {
  readonly name: SettingName;
  readonly doubt: string;
}

/** What is doubtful in settings without problems. */
export function findDoubts(env: Environment, config: Pick<Config, "guard">): Doubt[] {
  return [
    ...doubtsOfGuard(env),
    ...doubtsOfDates(config, Date.now()),
    ...doubtsOfDefaultCountry(env),
  ];
}

function isServed(
  country: Country,
  {
    PHONE_POLICY_ALLOWED_COUNTRIES: allowed,
    PHONE_POLICY_BLOCKED_COUNTRIES: blocked = [],
  }: Environment,
): boolean {
  return allowed?.includes(country) ?? !blocked.includes(country);
}

function doubtsOfDefaultCountry(env: Environment): Doubt[] {
  const name = "PHONE_DEFAULT_COUNTRY";
  const country = env[name];
  return country === undefined || isServed(country, env)
    ? []
    : [{ name, doubt: "is a country that is not served" }];
}

export const expiredDoubt =
  "has an entry whose last day is over, so it no longer counts; remove it or change its date";

/** @param now Milliseconds since 1970. */
export function doubtsOfDates({ guard }: Pick<Config, "guard">, now: number): Doubt[] {
  const isExpired = guard?.exemptRanges.some(({ untilMs }) => untilMs <= now);
  return isExpired ? [{ name: "GUARD_EXEMPT_RANGES", doubt: expiredDoubt }] : [];
}

function doubtsOfGuard({
  GUARD_MODE,
  GUARD_COUNTRY_LIMITS,
  GUARD_COUNTRY_BUDGET,
}: Environment): Doubt[] {
  const groups = [...(GUARD_COUNTRY_LIMITS?.values() ?? [])].flatMap((limits) =>
    Object.values(limits),
  );
  if (groups.some((one) => typeof one === "object" && one.day > (one.all ?? Infinity))) {
    const doubt = "has more unused codes than all codes, so that limit refuses no code";
    return [{ name: "GUARD_COUNTRY_LIMITS", doubt }];
  }
  if (
    GUARD_MODE !== "enforce" ||
    GUARD_COUNTRY_LIMITS !== undefined ||
    GUARD_COUNTRY_BUDGET !== undefined
  )
    return [];
  const doubt =
    "is enforce and no country has limits, so that only people have; npm run guard:suggest prints some";
  return [{ name: "GUARD_MODE", doubt }];
}
