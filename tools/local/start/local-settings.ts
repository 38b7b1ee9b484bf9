import { existsSync, readFileSync } from "node:fs";
import { settingNames } from "../../../src/settings/environment.ts";
import { localSettingNames } from "../../../src/settings/secret-list.ts";
import { describeUnknown, unknownSettings } from "../../../src/settings/warnings.ts";
import { print } from "../../terminal.ts";

/** The settings of func: https://learn.microsoft.com/azure/azure-functions/functions-develop-local#local-settings-file */
const file = "local.settings.json";

/** Names that func, its workers and the Azure SDKs read. */
const ofFunc =
  /^(?:FUNCTIONS_|AzureFunctions|AzureWebJobs|languageWorkers__|WEBSITE_|AZURE_|APPLICATIONINSIGHTS_|NODE_)/i;

/**
 * Adds the nonempty settings in local.settings.json to `env`, unless `env` has them. Leaves out
 * secrets, because a tunnel must not expose an app with the example's public secret. Leaves out
 * URLs, because the example's URLs must not replace the sandbox. Prints the names of all values
 * that it leaves out.
 * @param isReal Whether the app sends through the real 8x8. If true, leaves out 8x8's settings too,
 * because the example's sub-account does not exist.
 * @throws Error if the file cannot be read, or has a setting that does not exist.
 */
export function addLocalSettings(env: NodeJS.ProcessEnv, isReal: boolean): void {
  if (existsSync(".env"))
    print(`The file .env is not read. Set its variables in the shell, or write them into ${file}.`);
  const values = readValues();
  const unknown = unknownSettings(Object.keys(values));
  if (unknown.length > 0)
    throw new Error(`${file}: ${unknown.map((name) => describeUnknown(name)).join("\n")}`);
  const known: readonly string[] = [...settingNames, ...localSettingNames];
  const isRead = (name: string) =>
    known.includes(name) &&
    !(localSettingNames as readonly string[]).includes(name) &&
    !name.endsWith("_URL") &&
    name !== "APPLICATIONINSIGHTS_CONNECTION_STRING" &&
    !(isReal && name.startsWith("EIGHT_BY_EIGHT_"));
  const names = Object.keys(values);
  const read = names.filter(isRead);
  const replaced = read.filter((name) => env[name] !== undefined && env[name] !== values[name]);
  for (const name of read) env[name] ??= values[name];
  if (read.length > 0) print(`Settings also come from ${file}.`);
  printNames(
    "start uses its own values of",
    names.filter((name) => known.includes(name) && !isRead(name)),
  );
  printNames("The environment replaces", replaced);
  printNames(
    "The app does not read",
    names.filter((name) => !known.includes(name) && !ofFunc.test(name)),
  );
}

function printNames(words: string, names: readonly string[]): void {
  if (names.length > 0) print(`${file}: ${words} ${names.join(", ")}.`);
}

/** Returns the nonempty values as text. */
function readValues(): Readonly<Record<string, string>> {
  if (!existsSync(file)) return {};
  const json = parse(readFileSync(file, "utf8"));
  // Like func, ignore the case of the property's name.
  const [, values] =
    Object.entries(json ?? {}).find(([name]) => name.toLowerCase() === "values") ?? [];
  if (typeof values !== "object" || values === null)
    throw new Error(
      `${file} has no object Values, which holds the settings. Add it, or delete the file.`,
    );
  const entries = Object.entries(values as Record<string, unknown>).map(([name, value]) => {
    if (typeof value !== "string" && typeof value !== "number" && typeof value !== "boolean")
      throw new Error(`${file}: the value of ${name} must be a text in quotes.`);
    return [name, String(value)] as const;
  });
  return Object.fromEntries(entries.filter(([, value]) => value.trim() !== ""));
}

function parse(text: string): object | null {
  try {
    // Some editors on Windows write a byte order mark.
    return JSON.parse(text.replace(/^\uFEFF/, "")) as object | null;
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
