import type { Received } from "../../sandbox/8x8.ts";
import { parsePhoneNumber, PhoneNumber } from "../../../src/delivery/phone-number.ts";
import { RawPhoneNumber } from "../../../src/delivery/redacted.ts";
import { loadSettings } from "../../../src/settings/settings.ts";

/**
 * Why the sender of a message is doubtful with the app's settings, in the words of its own warning
 * at the start.
 */
export function createDoubts(
  settings: Readonly<Record<string, string | undefined>>,
): (message: Received) => string | undefined {
  const { doubts } = loadSettings({ ...settings, AZURE_FUNCTIONS_ENVIRONMENT: "Development" });
  return ({ channel, destination }) => {
    const number = parsePhoneNumber(new RawPhoneNumber(destination), undefined);
    const country = number instanceof PhoneNumber ? number.country : undefined;
    const found =
      channel === "sms" && country ? doubts.find((doubt) => doubt.country === country) : undefined;
    return found && `${found.name} ${found.doubt}.`;
  };
}
