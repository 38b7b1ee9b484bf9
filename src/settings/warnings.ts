import type { Config } from "./config.ts";
import type { Environment } from "./environment.ts";
import type { SettingName } from "./setting-names.ts";

/** A setting that has the right format, but will probably not do what it is for. */
interface SettingWarning {
  readonly name: SettingName;
  /** The end of a sentence that begins with the setting's name. It never holds a value. */
  readonly warning: string;
}

/** Warns about settings without problems. */
export function findWarnings(
  env: Environment,
  config: Pick<Config, "guard">,
): readonly SettingWarning[] {
  return [
    ...guardWarnings(env),
    ...expiredRangeWarnings(config, Date.now()),
    ...defaultCountryWarnings(env),
  ];
}

function guardWarnings(env: Environment): readonly SettingWarning[] {
  const { GUARD_MODE: mode, GUARD_COUNTRY_LIMITS: limits, GUARD_COUNTRY_BUDGET: budget } = env;
  if (mode === "enforce" && limits === undefined && budget === undefined)
    return [
      {
        name: "GUARD_MODE",
        warning:
          "is enforce, but no country has limits, so only people have; npm run guard:suggest prints some",
      },
    ];
  const ofCountries = [...(limits?.values() ?? [])];
  if (
    ofCountries.some(({ others }) => others !== undefined && others.day > (others.all ?? Infinity))
  )
    return [
      {
        name: "GUARD_COUNTRY_LIMITS",
        warning: "has more unused codes than all codes, so that limit refuses no code",
      },
    ];
  return [];
}

export const expiredRangeWarning =
  "has an entry whose last day is over, so it no longer counts; remove it or change its date";

/** @param now Milliseconds since 1970. */
export function expiredRangeWarnings(
  { guard }: Pick<Config, "guard">,
  now: number,
): readonly SettingWarning[] {
  const isExpired = guard?.exemptRanges.some(({ untilMs }) => untilMs <= now);
  return isExpired ? [{ name: "GUARD_EXEMPT_RANGES", warning: expiredRangeWarning }] : [];
}

function defaultCountryWarnings({
  PHONE_DEFAULT_COUNTRY: country,
  PHONE_POLICY_ALLOWED_COUNTRIES: allowed,
  PHONE_POLICY_BLOCKED_COUNTRIES: blocked = [],
}: Environment): readonly SettingWarning[] {
  if (country === undefined) return [];
  const isServed = allowed?.includes(country) ?? !blocked.includes(country);
  return isServed
    ? []
    : [{ name: "PHONE_DEFAULT_COUNTRY", warning: "is a country that is not served" }];
}
