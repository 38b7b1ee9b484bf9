import type { Config } from "./config.ts";
import { settingNames, type Environment, type Given } from "./environment.ts";
import { localSettingNames, type SettingName } from "./secret-list.ts";

/** A setting that has the right format, but probably not the effect that the operator expects. */
interface SettingWarning {
  readonly name: SettingName;
  /** The end of a sentence that begins with the setting's name. The text never contains a value. */
  readonly warning: string;
  /** Set if main.bicep does not deploy the setting, so that only a change in the portal warns. */
  readonly refusedByTemplate?: true;
}

export function findWarnings(
  env: Environment,
  config: Pick<Config, "guard">,
): readonly SettingWarning[] {
  return [
    ...guardWarnings(env),
    ...findExpiredRanges(config, Date.now()),
    ...defaultCountryWarnings(env),
    ...senderWarnings(env),
    ...secondHookWarnings(env),
  ];
}

function senderWarnings(env: Environment): readonly SettingWarning[] {
  const pairs = [
    ["EIGHT_BY_EIGHT_SMS_SENDER", "EIGHT_BY_EIGHT_SMS_SENDERS"],
    ["EIGHT_BY_EIGHT_VOICE_SOURCE", "EIGHT_BY_EIGHT_VOICE_SOURCES"],
  ] as const;
  return pairs
    .filter((pair) => pair.every((name) => env[name] !== undefined))
    .map(([name, list]) => ({ name, warning: `is ignored, because ${list} is set` }));
}

function guardWarnings(env: Environment): readonly SettingWarning[] {
  const name = "GUARD_COUNTRY_LIMITS";
  const { GUARD_COUNTRY_LIMITS: limits, PHONE_POLICY_ALLOWED_COUNTRIES: allowed } = env;
  const all = [...(limits?.values() ?? [])];
  const isOld = all.some(({ unusedSignIns }) => unusedSignIns !== undefined);
  const old = isOld
    ? [{ name, warning: "has unusedSignIns, which is gone; remove it" } as const]
    : [];
  if (env.GUARD_MODE !== "enforce") return old;
  if (allowed?.some((country) => !limits?.has(country))) {
    const warning = "has no entry for an allowed country, which then shares the limits of *";
    return [...old, { name, warning, refusedByTemplate: true }];
  }
  if (limits === undefined)
    return [
      {
        name: "GUARD_MODE",
        warning: "is enforce, but no country has limits; docs/guard.md has limits to start with",
      },
    ];
  const warning = "has no entry *, so countries without an entry have no limits";
  return allowed !== undefined || limits.has("*") ? old : [...old, { name, warning }];
}

export function findExpiredRanges(
  { guard }: Pick<Config, "guard">,
  now: number,
): readonly SettingWarning[] {
  const isExpired = guard?.exemptRanges.some(({ untilMs }) => untilMs <= now);
  const warning =
    "has an entry whose last day is over, so the entry no longer counts; remove the entry or change its date";
  return isExpired ? [{ name: "GUARD_EXEMPT_RANGES", warning }] : [];
}

function defaultCountryWarnings({
  PHONE_DEFAULT_COUNTRY: country,
  PHONE_POLICY_ALLOWED_COUNTRIES: allowed,
  PHONE_POLICY_BLOCKED_COUNTRIES: blocked = [],
}: Environment): readonly SettingWarning[] {
  if (country === undefined) return [];
  const isServed = allowed?.includes(country) ?? !blocked.includes(country);
  return isServed ? [] : [{ name: "PHONE_DEFAULT_COUNTRY", warning: "is not a served country" }];
}

function secondHookWarnings(env: Environment): readonly SettingWarning[] {
  if (env.SECOND_HOOK_URL !== undefined) return [];
  const without = "has no effect without SECOND_HOOK_URL";
  return [
    ...(env.SECOND_HOOK_FIRST_FOR
      ? [{ name: "SECOND_HOOK_FIRST_FOR", warning: without } as const]
      : []),
    ...(env.SECOND_HOOK_ON_RESEND === "other"
      ? [{ name: "SECOND_HOOK_ON_RESEND", warning: without } as const]
      : []),
  ];
}

const prefixes =
  /^(?:OKTA|EIGHT_BY_EIGHT|SECOND_HOOK|RECEIPT|SECRET|PHONE|REFUSED|UNCONFIRMED|GUARD|HOOK|MESSAGE|STATE)_/i;

/** Returns probable typing errors: names with one of the app's prefixes that are not settings. */
export function unknownSettings(names: readonly string[]): string[] {
  const known: readonly string[] = [...settingNames, ...localSettingNames];
  return names.filter((name) => prefixes.test(name) && !known.includes(name));
}

export const goneSettings: ReadonlyMap<string, string> = new Map([
  [
    "GUARD_KNOWN_RANGES",
    "Remove it. The guard counts phone numbers whose enrollment is not finished. Each finished enrollment lowers the count.",
  ],
  [
    "GUARD_COUNTRY_BUDGET",
    "Remove it. GUARD_COUNTRY_LIMITS has a country's limit for each kind of code.",
  ],
]);

export function describeUnknown(name: string): string {
  const advice = goneSettings.get(name.toUpperCase());
  return advice === undefined
    ? `There is no setting ${name}. Check its spelling.`
    : `The setting ${name} is gone. ${advice}`;
}

/** The Azure SDKs read these variables when they are loaded, and then print bearer tokens. */
const readLater = ["AZURE_LOG_LEVEL", "DEBUG"];
/** Node.js reads this variable before the app's code runs, and then prints headers with tokens. */
const readAlready = ["NODE_DEBUG"];

/** The app can still delete the `removable` variables before it loads an SDK. */
export function findDebugVariables(env: Given, onLaptop: boolean) {
  const set = (names: readonly string[]) => names.filter((name) => !onLaptop && env[name]);
  return { removable: set(readLater), remaining: set(readAlready) };
}
