import { findFor } from "../delivery/by-country.ts";
import type { Country } from "../delivery/phone-number.ts";
import { senderRules } from "../delivery/sender-rules.ts";
import { createChannelSettings } from "./channels.ts";
import type { Environment } from "./environment.ts";
import type { SettingName } from "./setting-names.ts";

/** A setting that has its form and will probably not do what it is for: its name, and why. Never its value. */
export interface Doubt {
  readonly name: SettingName;
  /** Where it will not. */
  readonly country: Country;
  readonly doubt: string;
}

/** What is doubtful in settings without problems. Where 8x8 chooses the sender, nothing is. */
export function findDoubts(env: Environment): Doubt[] {
  const { senders } = createChannelSettings(env).sms;
  const name = env.EIGHT_BY_EIGHT_SMS_SENDERS ? "EIGHT_BY_EIGHT_SMS_SENDERS" : "EIGHT_BY_EIGHT_SMS_SENDER";
  const allowed = env.PHONE_POLICY_ALLOWED_COUNTRIES;
  const blocked = env.PHONE_POLICY_BLOCKED_COUNTRIES ?? [];
  const rules = Object.entries(senderRules) as [Country, { readonly takes: "numbers" | "registered" }][];
  return rules.flatMap(([country, { takes }]) => {
    const isServed = allowed?.includes(country) ?? !blocked.includes(country);
    const sender = findFor(senders, { country, callingCode: "" });
    if (!isServed || sender === undefined) return [];
    if (takes === "numbers" && /[a-z]/i.test(sender))
      return [{ name, country, doubt: `has letters for ${country}, whose operators take numbers alone` }];
    // Who names no countries has not said that this one matters.
    if (allowed !== undefined && !senders.has(country))
      return [{ name, country, doubt: `has no entry for ${country}, where a sender has to be registered` }];
    return [];
  });
}
