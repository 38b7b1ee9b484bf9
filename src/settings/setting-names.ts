import { environment, type Environment } from "./environment.ts";

export const settingNames = Object.keys(environment.shape) as (keyof Environment)[];

/** On a laptop the values themselves; anywhere else their presence is an error. */
export const requiredLocalSettingNames = ["OKTA_HOOK_SECRET", "EIGHT_BY_EIGHT_API_KEY"] as const;
export const localSettingNames = [...requiredLocalSettingNames, "OKTA_EVENT_SECRET", "RECEIPT_SECRET"] as const;

export type LocalSettingName = (typeof localSettingNames)[number];
export type SettingName = keyof Environment | LocalSettingName;

const prefixes = /^(?:OKTA|EIGHT_BY_EIGHT|RECEIPT|SECRET|PHONE|REFUSED|UNCONFIRMED|GUARD|HOOK|MESSAGE|STATE)_/i;

/** Names that look like ours and are not: typing errors, most likely. */
export function unknownSettings(names: readonly string[]): string[] {
  const known = new Set<string>([...settingNames, ...localSettingNames]);
  return names.filter((name) => prefixes.test(name) && !known.has(name));
}
