import { readFileSync } from "node:fs";
import { settingNames } from "../../../src/settings/environment.ts";
import { print } from "../../terminal.ts";

/** The settings of func: https://learn.microsoft.com/azure/azure-functions/functions-develop-local#local-settings-file */
const file = "local.settings.json";

/**
 * Adds the nonempty settings in local.settings.json to `env`, unless `env` has them. Leaves out
 * secrets, because a tunnel must not expose an app with the example's public secret. Leaves out
 * URLs, because the example's URLs must not replace the sandbox.
 * @param isReal Whether the app sends through the real 8x8. If true, leaves out 8x8's settings too,
 * because the example's sub-account does not exist.
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

/** Returns spaces, because func would read empty variables from local.settings.json. */
export function blanksFor(settings: Readonly<Record<string, string>>): Record<string, string> {
  const names = settingNames.filter(
    (name) => !settings[name] && name !== "APPLICATIONINSIGHTS_CONNECTION_STRING",
  );
  return Object.fromEntries(names.map((name) => [name, " "]));
}
