import { findFor } from "../delivery/phone-policy.ts";
import type { Country } from "../delivery/phone-number.ts";
import { senderRules } from "../delivery/sender-rules.ts";
import type { Config } from "./config.ts";
import type { Environment } from "./environment.ts";
import type { SettingName } from "./setting-names.ts";

/**
 * A setting that has its form and will probably not do what it is for: its name, and why. Never its
 * value.
 */
export interface Doubt {
  readonly name: SettingName;
  /**
   * Where a sender will not. +1: numbers whose country nobody knows, which may be the US or Canada.
   */
  readonly country?: Country | "+1";
  readonly doubt: string;
}

/** What is doubtful in settings without problems. */
export function findDoubts(env: Environment, { channels }: Pick<Config, "channels">): Doubt[] {
  return [
    ...doubtsOfSenders(env, channels.sms),
    ...doubtsOfGuard(env),
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

/** Where 8x8 chooses the sender, none is. */
function doubtsOfSenders(env: Environment, { senders }: Config["channels"]["sms"]): Doubt[] {
  const name = env.EIGHT_BY_EIGHT_SMS_SENDERS
    ? "EIGHT_BY_EIGHT_SMS_SENDERS"
    : "EIGHT_BY_EIGHT_SMS_SENDER";
  const allowed = env.PHONE_POLICY_ALLOWED_COUNTRIES;
  const rules = Object.entries(senderRules) as [Country, (typeof senderRules)[Country] & object][];
  const doubts = rules.flatMap(([country, { takes, register }]): Doubt[] => {
    const sender = findFor(senders, { country, callingCode: "" });
    if (!isServed(country, env) || sender === undefined) return [];
    if (takes === "numbers" && hasLetters(sender))
      return [{ name, country, doubt: `${lettersFor(country)}: ${register}` }];
    // Who names no countries has not said that this one matters.
    if (allowed !== undefined && !senders.has(country))
      return [
        { name, country, doubt: `has no entry for ${country}, where one registers ${register}` },
      ];
    return [];
  });
  const unknown = findFor(senders, { country: undefined, callingCode: "1" });
  const isDoubtful =
    (isServed("US", env) || isServed("CA", env)) && unknown !== undefined && hasLetters(unknown);
  return isDoubtful ? [...doubts, { name, country: "+1", doubt: lettersFor("+1") }] : doubts;
}

function hasLetters(sender: string): boolean {
  return /[a-z]/i.test(sender);
}

function lettersFor(where: Country | "+1"): string {
  return `has letters for ${where}, whose operators take numbers alone`;
}
