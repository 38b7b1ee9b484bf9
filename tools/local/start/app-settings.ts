import type { FakeAzure } from "../../sandbox/azure.ts";
import { voiceSettings } from "../../../src/settings/problems.ts";
import { settingsInAzure, type Secrets } from "./secrets.ts";

type Env = Readonly<Record<string, string | undefined>>;

/**
 * The voice for each language. 8x8's public pages have the names for en and zh. The other names
 * follow the pattern of the Azure voices in 8x8's list.
 */
const voices = {
  en: "en-GB-Emma",
  de: "de-DE-KatjaNeural",
  fr: "fr-FR-DeniseNeural",
  es: "es-ES-ElviraNeural",
  it: "it-IT-ElsaNeural",
  pt: "pt-PT-RaquelNeural",
  nl: "nl-NL-ColetteNeural",
  ja: "ja-JP-NanamiNeural",
  zh: "zh-CN-XiaoxiaoNeural",
  ko: "ko-KR-SunHiNeural",
  id: "id-ID-GadisNeural",
  th: "th-TH-PremwadeeNeural",
};

export const sandboxSettings = (
  env: Env,
  ofSandbox: Readonly<Record<string, string>>,
): Record<string, string> => ({
  ...(!env["EIGHT_BY_EIGHT_VOICE_PROFILES"] && {
    EIGHT_BY_EIGHT_VOICE_PROFILES: JSON.stringify(voices),
  }),
  ...ofSandbox,
});

/** @param eightByEight Settings for the sandbox, or for the servers in front of the real 8x8. */
export function appSettings(
  env: Env,
  eightByEight: Readonly<Record<string, string>>,
  secrets: Secrets,
  azure: FakeAzure | undefined,
): Record<string, string> {
  const settings = {
    ...env,
    // These variables tell the app that it runs in Azure. The program func itself sets
    // AZURE_FUNCTIONS_ENVIRONMENT.
    KEY_VAULT_URL: undefined,
    AZURE_FUNCTIONS_ENVIRONMENT: undefined,
    ...eightByEight,
    // The app refuses settings with both a single source number and a map of source numbers.
    ...(env["EIGHT_BY_EIGHT_VOICE_SOURCES"] && { EIGHT_BY_EIGHT_VOICE_SOURCE: "" }),
    ...channelsOff(env),
    ...secrets,
    OKTA_AUTH_HEADER: env["OKTA_AUTH_HEADER"] || "authorization",
    ...(azure && settingsInAzure(azure, secrets)),
  };
  const entries = Object.entries<string | undefined>(settings);
  return Object.fromEntries(
    entries.filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

/** People switch a channel off with an empty setting, which the sandbox must not override. */
function channelsOff(env: Env): Record<string, string> {
  const isOff = voiceSettings.some((name) => env[name] === "");
  return Object.fromEntries(isOff ? voiceSettings.map((name) => [name, ""]) : []);
}

/** Makes the stand-in for Resource Manager return a deployment with these settings. */
export function deployTo(azure: FakeAzure, settings: Readonly<Record<string, string>>): void {
  const { EIGHT_BY_EIGHT_API_KEY: _, ...open } = settings;
  const hookSettings = Object.fromEntries(
    Object.entries(open).filter(([name]) => /^(?:EIGHT_BY_EIGHT|SECOND_HOOK)_/.test(name)),
  );
  Object.assign(azure.manager.group, {
    outputs: { functionAppName: settings["WEBSITE_SITE_NAME"] ?? "", vaultName: "kv-test" },
    parameters: { alerts: "none", stateTable: true, hookSettings },
  });
}
