import { localSettingNames } from "../../../src/settings/secret-list.ts";
import { settingNames } from "../../../src/settings/environment.ts";
import { describedSettings } from "../../described-settings.ts";
import { knownFates } from "../../sandbox/8x8.ts";
import { mask } from "../host/observer.ts";
import { outcomeGroups } from "./outcomes.ts";
import type { PhoneApp } from "./phone-app.ts";
import type { AppAnswer, Explained } from "./protocol.ts";

/** The name of a secret in the vault is no secret. */
const isSecret = (name: string): boolean =>
  (localSettingNames as readonly string[]).includes(name) ||
  /(?:SECRET|KEY|TOKEN|PASSWORD|CONNECTION_STRING)$/.test(name);

const withSecondHook = ["SECOND_HOOK_FIRST_FOR", "SECOND_HOOK_ON_RESEND"];
export const tryableNames: readonly string[] = [
  "GUARD_MODE",
  "PHONE_POLICY_ALLOWED_COUNTRIES",
  "HOOK_BUDGET_MS",
  ...withSecondHook,
];

export const hasSecondHook = (app: PhoneApp | undefined): boolean =>
  Boolean(app?.settings["SECOND_HOOK_URL"]?.trim());

/** @param app Undefined if no app runs. */
export function answerAboutApp(
  app: PhoneApp | undefined,
  commands: readonly Explained[],
  warnings: readonly string[],
): AppAnswer {
  const valueOf = (name: string) => app?.settings[name]?.trim() ?? "";
  const set = [...settingNames, ...localSettingNames].filter((name) => valueOf(name) !== "");
  const tryable = describedSettings.filter(
    ({ name }) =>
      tryableNames.includes(name) && (hasSecondHook(app) || !withSecondHook.includes(name)),
  );
  const tried = Object.entries(app?.tried ?? {}).filter(([, value]) => value !== "");
  return {
    host: app === undefined ? "none" : app.observed ? "local" : "func",
    outcomes: outcomeGroups,
    commands,
    settings: set.map((name) => ({ name, value: isSecret(name) ? mask : valueOf(name) })),
    secondHook: hasSecondHook(app),
    tryable: tryable.map(({ name, byDefault = "", choices }) => {
      return { name, value: valueOf(name), byDefault, choices };
    }),
    lines: tried
      .map(([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(value)}`)
      .join(",\n"),
    warnings,
    fates: knownFates,
  };
}
