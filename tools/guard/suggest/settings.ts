import { environment, type Environment } from "../../../src/settings/environment.ts";

export type Given = Readonly<Record<string, string | undefined>>;

/** Reads the settings that affect limits and prices. Throws if one is invalid, and names it. */
export function readSettings(env: Given): Environment {
  const given = Object.entries(env).filter(
    ([name, value]) => /^(?:GUARD|PHONE_POLICY|EIGHT_BY_EIGHT_SMS)_/i.test(name) && value,
  );
  const { data, error } = environment.safeParse(Object.fromEntries(given));
  if (data === undefined)
    throw new Error(
      error.issues.map(({ path, message }) => `${path.join(".")} ${message}`).join("\n"),
    );
  return data;
}
