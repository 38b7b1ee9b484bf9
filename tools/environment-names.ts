import { describeUnknown, unknownSettings } from "../src/settings/warnings.ts";

/** Prefixes of this project. Okta's own tools use other names, such as OKTA_CLIENT_TOKEN. */
const ours =
  /^(?:EIGHT_BY_EIGHT|GUARD|OKTA_(?:AUTH|EVENT|HOOK|TOKEN)|PHONE_(?:HASH|POLICY)|RECEIPT|REFUSED|UNCONFIRMED)_/i;

/** Scripts, tools and tests read these variables, which are not settings of the app. */
const others = ["EIGHT_BY_EIGHT_ACCOUNT", "OKTA_EVENT_TYPES"];

/**
 * Throws if a variable has one of our prefixes but is not a setting. The app only warns about such
 * a variable. A command must stop, because otherwise it would silently use the setting's default.
 */
export function refuseUnknownNames(env: Readonly<Record<string, string | undefined>>): void {
  const unknown = unknownSettings(Object.keys(env)).filter(
    (name) => ours.test(name) && !others.includes(name),
  );
  if (unknown.length > 0) throw new Error(unknown.map(describeUnknown).join("\n"));
}
