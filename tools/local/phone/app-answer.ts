import { localSettingNames } from "../../../src/settings/secret-list.ts";
import { settingNames } from "../../../src/settings/environment.ts";
import { mask } from "../host/observer.ts";
import type { PhoneApp } from "./phone-app.ts";
import { outcomeGroups } from "./outcomes.ts";
import type { AppAnswer, Explained } from "./protocol.ts";

/** The name of a secret in the vault is no secret. */
const isSecret = (name: string): boolean =>
  (localSettingNames as readonly string[]).includes(name) ||
  /(?:SECRET|KEY|TOKEN|PASSWORD|CONNECTION_STRING)$/.test(name);

/** @param app Undefined if no app runs. */
export function answerAboutApp(
  app: PhoneApp | undefined,
  commands: readonly Explained[],
): AppAnswer {
  const set = [...settingNames, ...localSettingNames].map((name) => ({
    name,
    value: app?.settings[name]?.trim() ?? "",
  }));
  return {
    host: app === undefined ? "none" : app.observed ? "local" : "func",
    outcomes: outcomeGroups,
    commands,
    settings: set
      .filter(({ value }) => value !== "")
      .map(({ name, value }) => ({ name, value: isSecret(name) ? mask : value })),
    secondHook: Boolean(app?.settings["SECOND_HOOK_URL"]?.trim()),
  };
}
