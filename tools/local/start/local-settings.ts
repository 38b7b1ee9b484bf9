import { readFileSync } from "node:fs";
import { settingNames } from "../../../src/settings/environment.ts";

/** The settings of func: https://learn.microsoft.com/azure/azure-functions/functions-develop-local#local-settings-file */
const file = "local.settings.json";

/**
 * The example's URLs must not replace the sandbox, and its sub-account must not be used with the
 * real 8x8.
 */
const notRead = (name: string, isReal: boolean): boolean =>
  name.endsWith("_URL") ||
  name === "APPLICATIONINSIGHTS_CONNECTION_STRING" ||
  (isReal && name.startsWith("EIGHT_BY_EIGHT_"));

/**
 * Returns the app's settings in local.settings.json that have a value. Secrets are not among them,
 * because the example's secret must not be behind a tunnel. Empty if there is no such file.
 * @param isReal Whether the app sends through the real 8x8.
 */
export function readLocalSettings(isReal: boolean): Readonly<Record<string, string>> {
  const values = readValues();
  return Object.fromEntries(
    settingNames.flatMap((name) => {
      const value = values[name];
      return typeof value === "string" && value.trim() !== "" && !notRead(name, isReal)
        ? [[name, value]]
        : [];
    }),
  );
}

function readValues(): Readonly<Record<string, unknown>> {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    return {};
  }
  try {
    return (JSON.parse(text) as { Values?: Record<string, unknown> }).Values ?? {};
  } catch {
    throw new Error(`${file} is not JSON. Correct it, or delete it.`);
  }
}

/**
 * Returns every setting of the app that has no value, as a space. func would read the value in
 * local.settings.json in place of an empty one.
 */
export function blanksFor(settings: Readonly<Record<string, string>>): Record<string, string> {
  const names = settingNames.filter(
    (name) => !settings[name] && name !== "APPLICATIONINSIGHTS_CONNECTION_STRING",
  );
  return Object.fromEntries(names.map((name) => [name, " "]));
}
