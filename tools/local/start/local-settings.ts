import { readFileSync } from "node:fs";
import { settingNames } from "../../../src/settings/environment.ts";
import { print } from "../../terminal.ts";

/** The settings of func: https://learn.microsoft.com/azure/azure-functions/functions-develop-local#local-settings-file */
const file = "local.settings.json";

/**
 * Adds the app's settings in local.settings.json that have a value, unless the environment has
 * them. Secrets are not among them, because the example's secret must not be behind a tunnel. The
 * example's URLs must not replace the sandbox.
 * @param isReal Whether the app sends through the real 8x8. The example's sub-account is not
 * added then.
 */
export function addLocalSettings(env: NodeJS.ProcessEnv, isReal: boolean): void {
  const values = readValues();
  const names = settingNames.filter(
    (name) =>
      !name.endsWith("_URL") &&
      name !== "APPLICATIONINSIGHTS_CONNECTION_STRING" &&
      !(isReal && name.startsWith("EIGHT_BY_EIGHT_")),
  );
  let isUsed = false;
  for (const name of names) {
    const value = values[name];
    if (typeof value !== "string" || value.trim() === "") continue;
    env[name] ??= value;
    isUsed = true;
  }
  if (isUsed)
    print(`Settings also come from ${file}, except secrets, URLs and the connection string.`);
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
