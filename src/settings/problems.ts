import { optionalChannels } from "../delivery/channels.ts";
import { neededSettings } from "./channels.ts";
import { environment } from "./environment.ts";
import { localSettingNames } from "./secrets.ts";
import { settingNames, type SettingName } from "./setting-names.ts";

/**
 * A setting that is missing or invalid: its name, and what to do. Never its value, which may be a
 * secret.
 */
export interface Problem {
  readonly name: string;
  readonly kind: "missing" | "invalid";
  readonly problem: string;
}

export type Given = Readonly<Record<string, string | undefined>>;

const eitherOr = [
  ["PHONE_POLICY_ALLOWED_COUNTRIES", "PHONE_POLICY_BLOCKED_COUNTRIES"],
  ["EIGHT_BY_EIGHT_SMS_SENDERS", "EIGHT_BY_EIGHT_SMS_SENDER"],
  ["EIGHT_BY_EIGHT_VOICE_SOURCES", "EIGHT_BY_EIGHT_VOICE_SOURCE"],
] as const;

const misplacedSecret =
  "holds a secret, which only a laptop's settings may; remove it and change the secret";

/** Problems between settings, whatever the form of each. */
export function problemsAmong(given: Given, local: boolean): Problem[] {
  const has = (name: SettingName) => given[name] !== undefined;
  const missing = (names: readonly SettingName[], beside = ""): Problem[] =>
    names
      .filter((name) => !has(name))
      .map((name) => ({
        name,
        kind: "missing",
        problem: `is missing${beside && ` beside ${beside}`}`,
      }));
  const needed = (where: "always" | "in Azure" | "with tokens") =>
    settingNames.filter((name) => environment.shape[name].meta()?.needed === where);

  // Undefined where its form is wrong, which is a problem of its own.
  const auth = environment.shape.OKTA_HOOK_AUTH.safeParse(given["OKTA_HOOK_AUTH"]).data;
  const laptops: readonly SettingName[] = [
    ...(auth === "token" ? [] : (["OKTA_HOOK_SECRET"] as const)),
    "EIGHT_BY_EIGHT_API_KEY",
  ];
  const takesTokens = auth === "token" || auth === "either";
  const sendsFeedback = given["EIGHT_BY_EIGHT_FEEDBACK"]?.toLowerCase() === "send";
  return [
    ...missing([...needed("always"), ...(local ? laptops : needed("in Azure"))]),
    ...(takesTokens ? missing(needed("with tokens"), `OKTA_HOOK_AUTH=${auth}`) : []),
    ...optionalChannels.flatMap((channel) => {
      // All or none are set; of those that stand together, one.
      const settings = neededSettings[channel];
      const lacking = settings.filter((names) => !names.some(has)).map(([name]) => name);
      const [set] = settings.flat().filter(has);
      return set === undefined ? [] : missing(lacking, set);
    }),
    // The table holds the SMS of each code, of which feedback is.
    ...(sendsFeedback && !local
      ? missing(["STATE_TABLE_URL"], "EIGHT_BY_EIGHT_FEEDBACK=send")
      : []),
    ...eitherOr
      .filter((two) => two.every(has))
      .map(([one, other]) => invalidSetting(other, `is set beside ${one}; keep one of the two`)),
    ...localSettingNames
      .filter((name) => !local && has(name))
      .map((name) => invalidSetting(name, misplacedSecret)),
  ];
}

export function invalidSetting(name: string, problem: string): Problem {
  return { name, kind: "invalid", problem };
}
