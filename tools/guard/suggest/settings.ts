import { environment, type Environment } from "../../../src/settings/environment.ts";

export type Given = Readonly<Record<string, string | undefined>>;

/** Those that the guard's numbers depend on. Throws, by name, if one is wrong. */
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
