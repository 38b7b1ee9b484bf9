import { describeUnknown, unknownSettings } from "../src/settings/warnings.ts";

/**
 * Beginnings that nobody else's variables have, Okta's own tools among them: OKTA_CLIENT_TOKEN is
 * theirs.
 */
const ours =
  /^(?:EIGHT_BY_EIGHT|GUARD|OKTA_(?:AUTH|EVENT|HOOK|TOKEN)|PHONE_(?:HASH|POLICY)|RECEIPT|REFUSED|UNCONFIRMED)_/i;

/** Not the app's: scripts/receipts.sh, and Okta's documents for the tests. */
const others = ["EIGHT_BY_EIGHT_ACCOUNT", "OKTA_EVENT_TYPES"];

/**
 * Throws where a variable looks like a setting of ours and is none. The app warns of it; a command
 * ends, before it takes a default.
 */
export function refuseUnknownNames(env: Readonly<Record<string, string | undefined>>): void {
  const unknown = unknownSettings(Object.keys(env)).filter(
    (name) => ours.test(name) && !others.includes(name),
  );
  if (unknown.length > 0) throw new Error(unknown.map(describeUnknown).join("\n"));
}
