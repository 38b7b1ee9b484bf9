import type { GuardSettings } from "../../src/guard/guard-settings.ts";
import { createGuardSettings } from "../../src/settings/config.ts";
import { environment } from "../../src/settings/environment.ts";
import { describeUnknown, unknownSettings } from "../../src/settings/setting-names.ts";

const isGuards = (name: string) => /^GUARD_/i.test(name);

/** The guard's settings as the environment has them, defaults for the rest. Throws, by name, where one is wrong or does not exist. */
export function chosenSettings(env: Readonly<Record<string, string | undefined>>): GuardSettings {
  const given = Object.entries(env).filter(([name, value]) => isGuards(name) && value);
  const unknown = unknownSettings(given.map(([name]) => name));
  if (unknown.length > 0) throw new Error(unknown.map(describeUnknown).join("\n"));
  const { data, error } = environment.safeParse(Object.fromEntries(given));
  if (data === undefined)
    throw new Error(error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`).join("\n"));
  return createGuardSettings(data);
}

/** Those of a company that sets none of them. */
export const defaultSettings = chosenSettings({});
