import type { Country } from "../delivery/phone-number.ts";
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
export function findDoubts(env: Environment): Doubt[] {
  return [...doubtsOfGuard(env), ...doubtsOfDefaultCountry(env)];
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

function doubtsOfGuard({
  GUARD_MODE,
  GUARD_COUNTRY_LIMITS,
  GUARD_COUNTRY_BUDGET,
}: Environment): Doubt[] {
  const groups = [...(GUARD_COUNTRY_LIMITS?.values() ?? [])].flatMap((limits) =>
    Object.values(limits),
  );
  if (groups.some((one) => typeof one === "object" && (one.hour > one.day || one.day > one.all))) {
    const doubt = "has an hour above its day, or a day above all, which never refuses anybody";
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
