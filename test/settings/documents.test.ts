import { randomUUID } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { localSettingNames, settingNames } from "../../src/settings/environment.ts";
import { loadSettings } from "../../src/settings/settings.ts";

const root = join(__dirname, "../..");
const read = (file: string) => readFileSync(join(root, file), "utf8");
const example = "local.settings.json.example";
const table = "docs/configure.md";
// What the Functions host itself asks for.
const hostNames = ["AzureWebJobsStorage", "FUNCTIONS_WORKER_RUNTIME", "AZURE_FUNCTIONS_ENVIRONMENT", "languageWorkers"];
const isHostName = (name: string) => hostNames.some((host) => name === host || name.startsWith(`${host}__`));

/** The names in the first cells of a document's tables: `NAME`, or `NAME`, `OTHER`. */
function namesIn(document: string): string[] {
  const cells = read(document).matchAll(/^\|\s*((?:`[A-Z][A-Z0-9_]+`(?:,\s*)?)+)\s*\|/gm);
  return [...cells].flatMap(([, cell = ""]) => [...cell.matchAll(/`([^`]+)`/g)].map(([, name = ""]) => name));
}

function exampleValues(): Record<string, string> {
  return (JSON.parse(read(example)) as { Values: Record<string, string> }).Values;
}

test("the table's settings are the code's, each once", () => {
  const names = namesIn(table).filter((name) => !isHostName(name));
  const local: readonly string[] = localSettingNames;
  expect(names.filter((name) => !local.includes(name)).sort()).toEqual([...settingNames].sort());
});

test("the table names the settings in the code's order", () => {
  const names: readonly string[] = settingNames;
  expect(namesIn(table).filter((name) => names.includes(name))).toEqual(names);
});

test("the README names the six settings that matter most, as the code does", () => {
  const names = namesIn("README.md");
  expect(names).toHaveLength(6);
  expect(names.filter((name) => !(settingNames as readonly string[]).includes(name))).toEqual([]);
});

test("the example settings use only names that the code or the host knows", () => {
  const known: readonly string[] = [...settingNames, ...localSettingNames];
  expect(Object.keys(exampleValues()).filter((name) => !known.includes(name) && !isHostName(name))).toEqual([]);
});

test("the example settings leave none out", () => {
  expect(Object.keys(exampleValues())).toEqual(expect.arrayContaining([...settingNames, ...localSettingNames]));
});

test("the table's defaults are the code's", () => {
  const rows = [...read(table).matchAll(/^\|\s*`([A-Z][A-Z0-9_]+)`\s*\|\s*`([^`]+)`\s*\|/gm)];
  const defaults = Object.fromEntries(rows.map(([, name = "", value = ""]) => [name, value]));
  expect(Object.keys(defaults).length).toBeGreaterThan(10);
  const required = { KEY_VAULT_URL: "https://a.vault.azure.net", AZURE_CLIENT_ID: randomUUID() };
  const unset = { ...required, EIGHT_BY_EIGHT_SMS_SUBACCOUNT: "account" };
  const voice = { EIGHT_BY_EIGHT_VOICE_SUBACCOUNT: "account", EIGHT_BY_EIGHT_VOICE_SOURCE: "+6588000000" };
  // Written out or left out, a default makes the same configuration.
  expect(loadSettings({ ...unset, ...voice, ...defaults }).config).toEqual(loadSettings({ ...unset, ...voice }).config);
  for (const name of Object.keys(defaults)) expect(settingNames).toContain(name);
});

test("the example settings are good settings of a laptop", () => {
  const env = { AZURE_FUNCTIONS_ENVIRONMENT: "Development", ...exampleValues() };
  expect(loadSettings(env).problems).toEqual([]);
});

test("what a developer makes of the example is not committed", () => {
  expect(read(".gitignore")).toMatch(/^local\.settings\.json$/m);
  expect(existsSync(join(root, example))).toBe(true);
});

test("no name stands twice", () => {
  const names = [...settingNames, ...localSettingNames];
  expect(new Set(names).size).toBe(names.length);
});
