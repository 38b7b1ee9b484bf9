import type { Received } from "../../sandbox/8x8.ts";
import { senderWarnings } from "../../sender-warnings.ts";
import { parsePhoneNumber } from "../../../src/rules/phone-number.ts";
import { RawPhoneNumber } from "../../../src/privacy/redacted.ts";
import { loadSettings } from "../../../src/settings/settings.ts";

/** Finds the warning of scripts/check-environment.sh about a message's sender. */
export function createSenderWarnings(
  settings: Readonly<Record<string, string | undefined>>,
): (message: Received) => string | undefined {
  const { config } = loadSettings({ ...settings, AZURE_FUNCTIONS_ENVIRONMENT: "Development" });
  const warnings = config ? senderWarnings(config) : [];
  return ({ channel, destination }) => {
    const parsed = parsePhoneNumber(new RawPhoneNumber(destination), undefined);
    const country = parsed.ok ? parsed.phoneNumber.country : undefined;
    if (channel !== "sms" || country === undefined) return undefined;
    const found = warnings.find((one) => one.country === country);
    return found && `The sender ${found.warning}.`;
  };
}
