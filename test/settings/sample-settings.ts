import type { Config } from "../../src/settings/config.ts";
import { loadSettings } from "../../src/settings/settings.ts";

type Environment = Parameters<typeof loadSettings>[0];

export const clientId = "01234567-89ab-cdef-0123-456789abcdef";
export const connectionString =
  "InstrumentationKey=01234567-89ab-cdef-0123-456789abcdef;IngestionEndpoint=https://x.in.applicationinsights.azure.com/";
export const azure: Environment = {
  KEY_VAULT_URL: "https://vault.vault.azure.net",
  AZURE_CLIENT_ID: clientId,
  EIGHT_BY_EIGHT_SMS_SUBACCOUNT: "acme_hq",
};
export const laptop: Environment = {
  AZURE_FUNCTIONS_ENVIRONMENT: "Development",
  OKTA_HOOK_SECRET: "hook-secret",
  EIGHT_BY_EIGHT_API_KEY: "api-key",
  EIGHT_BY_EIGHT_SMS_SUBACCOUNT: "acme_hq",
};
export const voice: Environment = {
  EIGHT_BY_EIGHT_VOICE_SUBACCOUNT: "acme_voice",
  EIGHT_BY_EIGHT_VOICE_SOURCE: "+6588000000",
};

export function load(changes: Environment = {}, base: Environment = azure): Config {
  const { config, problems } = loadSettings({ ...base, ...changes });
  expect(problems).toEqual([]);
  if (config === undefined) throw new Error("There is no config");
  return config;
}
export const problemNames = (changes: Environment, base: Environment = azure) => {
  const { config, problems } = loadSettings({ ...base, ...changes });
  expect(config === undefined).toBe(problems.length > 0);
  for (const { problem } of problems) expect(problem).toMatch(/^[a-z]+ /);
  return problems.map(({ name }) => name);
};
