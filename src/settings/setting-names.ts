import { environment, type Environment } from "./environment.ts";

export const settingNames = Object.keys(environment.shape) as (keyof Environment)[];

/** On a laptop the values themselves; anywhere else their presence is an error. */
export const requiredLocalSettingNames = ["OKTA_HOOK_SECRET", "EIGHT_BY_EIGHT_API_KEY"] as const;
export const localSettingNames = [...requiredLocalSettingNames, "OKTA_EVENT_SECRET", "RECEIPT_SECRET"] as const;

export type LocalSettingName = (typeof localSettingNames)[number];
export type SettingName = keyof Environment | LocalSettingName;

const prefixes = /^(?:OKTA|EIGHT_BY_EIGHT|RECEIPT|SECRET|PHONE|REFUSED|UNCONFIRMED|GUARD|HOOK|MESSAGE|STATE)_/i;

/** Settings that earlier versions had, and what to set instead. */
const replacements: Readonly<Record<string, string>> = {
  GUARD_NUMBER_CODES: "GUARD_NUMBER_ENROLLMENTS limits enrollments by number, GUARD_USER_CODES everything else by user",
  GUARD_USER_NUMBERS: "GUARD_NUMBER_ENROLLMENTS and the limits of unfinished enrollments hold instead",
  GUARD_RANGE_UNVERIFIED: "it is called GUARD_RANGE_UNFINISHED",
  GUARD_COUNTRY_UNVERIFIED: "it is called GUARD_COUNTRY_UNFINISHED",
};

/** A warning about a setting that does not exist. */
export function describeUnknown(name: string): string {
  const replacement = replacements[name];
  return replacement === undefined
    ? `There is no setting ${name}: is it a typing error?`
    : `There is no setting ${name} any more: ${replacement}.`;
}

/** Names that look like ours and are not: typing errors, most likely. */
export function unknownSettings(names: readonly string[]): string[] {
  const known = new Set<string>([...settingNames, ...localSettingNames]);
  return names.filter((name) => prefixes.test(name) && !known.has(name));
}
