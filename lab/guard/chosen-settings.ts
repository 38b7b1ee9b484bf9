import type { GuardSettings } from "../../src/guard/guard-settings.ts";
import { createGuardSettings } from "../../src/settings/config.ts";
import { environment } from "../../src/settings/environment.ts";

/** The guard's settings as the environment has them, defaults for the rest. Throws, by name, where one is wrong. */
export function chosenSettings(env: Readonly<Record<string, string | undefined>>): GuardSettings {
  const given = Object.entries(env).filter(([name, value]) => name.startsWith("GUARD_") && value);
  const { data, error } = environment.safeParse(Object.fromEntries(given));
  if (data === undefined)
    throw new Error(error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`).join("\n"));
  return createGuardSettings(data);
}

/** Those of a company that sets none of them. */
export const defaultSettings = chosenSettings({});
