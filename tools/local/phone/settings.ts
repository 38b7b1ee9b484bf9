import { describedSettings, plain } from "../../described-settings.ts";
import { localSettingNames } from "../../../src/settings/secret-list.ts";
import { mask } from "../host/observer.ts";
import type { SettingsAnswer } from "./protocol.ts";

/** Returns whether a setting's value is a secret. A secret's name in the vault is not. */
const isSecret = (name: string): boolean =>
  (localSettingNames as readonly string[]).includes(name) ||
  /(?:SECRET|KEY|TOKEN|PASSWORD|CONNECTION_STRING)$/.test(name);

export async function readSettings(
  env: Readonly<Record<string, string | undefined>>,
  healthUrl: string,
): Promise<SettingsAnswer> {
  const described = describedSettings.map(({ name, meaning, byDefault = "" }) => ({
    name,
    byDefault,
    sentence: plain(meaning),
  }));
  const local = localSettingNames.map((name) => ({
    name,
    byDefault: "",
    sentence: "The secret itself. Only an app on a laptop reads this setting.",
  }));
  const settings = [...described, ...local].map(({ name, byDefault, sentence }) => {
    const set = env[name]?.trim() ?? "";
    const value = set !== "" && isSecret(name) ? mask : set || byDefault;
    return { name, sentence, value, isSet: set !== "" };
  });
  const secondHook = Boolean(env["SECOND_HOOK_URL"]?.trim());
  return { settings, health: await readHealth(healthUrl), secondHook };
}

async function readHealth(url: string): Promise<object> {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(3_000) });
    return (await answer.json()) as object;
  } catch {
    return { status: "unreachable" };
  }
}
