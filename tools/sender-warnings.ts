import { findFor } from "../src/rules/phone-policy.ts";
import type { Country } from "../src/rules/phone-number.ts";
import type { Config } from "../src/settings/config.ts";
import { senderRules } from "./sender-rules.ts";

/**
 * A warning about a sender that a country's operators will probably not deliver. The warning does
 * not contain the sender.
 */
export interface SenderWarning {
  /** `+1` means numbers in the US or Canada. */
  readonly country: Country | "+1";
  /** The end of a sentence that begins with the setting's name. */
  readonly warning: string;
}

/** If 8x8 chooses the sender, there is no warning. */
export function senderWarnings({
  channels,
  phonePolicy,
}: Pick<Config, "channels" | "phonePolicy">): SenderWarning[] {
  const { senders } = channels.sms;
  const { allowedCountries: allowed, blockedCountries: blocked } = phonePolicy;
  const isServed = (country: Country) =>
    allowed.length > 0 ? allowed.includes(country) : !blocked.includes(country);

  const rules = Object.entries(senderRules) as [Country, (typeof senderRules)[Country] & object][];
  const warnings = rules.flatMap(([country, { takes, register }]): SenderWarning[] => {
    const sender = findFor(senders, { country, callingCode: "" });
    if (!isServed(country) || sender === undefined) return [];
    if (takes === "numbers" && hasLetters(sender))
      return [{ country, warning: `${lettersFor(country)}: ${register}` }];
    // Without a list of allowed countries, the warnings would include countries that get no
    // messages.
    if (allowed.length > 0 && !senders.has(country))
      return [
        { country, warning: `has no entry for ${country}, where you must register ${register}` },
      ];
    return [];
  });

  const unknown = findFor(senders, { country: undefined, callingCode: "1" });
  if ((isServed("US") || isServed("CA")) && unknown !== undefined && hasLetters(unknown))
    warnings.push({ country: "+1", warning: lettersFor("+1") });
  return warnings;
}

function hasLetters(sender: string): boolean {
  return /[a-z]/i.test(sender);
}

function lettersFor(country: Country | "+1"): string {
  return `has letters for ${country}, whose operators accept only numbers`;
}
