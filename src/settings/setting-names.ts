import { environment, type Environment } from "./environment.ts";
import { localSettingNames, type LocalSettingName } from "./secrets.ts";

export const settingNames = Object.keys(environment.shape) as (keyof Environment)[];

export type SettingName = keyof Environment | LocalSettingName;

const prefixes =
  /^(?:OKTA|EIGHT_BY_EIGHT|RECEIPT|SECRET|PHONE|REFUSED|UNCONFIRMED|GUARD|HOOK|MESSAGE|STATE)_/i;

/** A warning about a setting that does not exist. */
export function describeUnknown(name: string): string {
  return `There is no setting ${name}: is it a typing error?`;
}

/** Names that look like ours and are not: typing errors, most likely. */
export function unknownSettings(names: readonly string[]): string[] {
  const known = new Set<string>([...settingNames, ...localSettingNames]);
  return names.filter((name) => prefixes.test(name) && !known.has(name));
}

/**
 * Make the Azure SDKs print bearer tokens; read when an SDK is loaded, so that removing them before
 * is enough.
 */
const readLater = ["AZURE_LOG_LEVEL", "DEBUG"];
/**
 * Makes Node.js print headers, the identity's among them; read before any of our code, so that it
 * can only be reported.
 */
const readAlready = ["NODE_DEBUG"];

/**
 * The variables that are set and make somebody else's code print secrets. On a laptop they are the
 * developer's choice.
 */
export function findDebugVariables(
  env: Readonly<Record<string, string | undefined>>,
  onLaptop: boolean,
) {
  const set = (names: readonly string[]) => names.filter((name) => !onLaptop && env[name]);
  return { removable: set(readLater), remaining: set(readAlready) };
}
