import { channelNames, isOptional, type OptionalChannel } from "../delivery/channels.ts";
import { neededSettings } from "./channels.ts";
import { environment, type Environment } from "./environment.ts";
import { localSettingNames, requiredLocalSettingNames, secretList } from "./secrets.ts";
import { settingNames, type SettingName } from "./setting-names.ts";

/** A setting that is missing or wrong: its name, and what to do. Never its value, which may be a secret. */
export interface Problem {
  readonly name: string;
  readonly kind: "missing" | "wrong";
  readonly problem: string;
}

export type Given = Readonly<Record<string, string | undefined>>;
type Has = (name: SettingName) => boolean;

/** Problems between settings, whatever the form of each. */
export function problemsAmong(given: Given, local: boolean): Problem[] {
  const has: Has = (name) => given[name] !== undefined;
  return [
    ...missing(has, local, hookAuth(given)),
    ...missingTable(given, local),
    ...contradictions(has, local),
    ...sameNames(given),
  ];
}

/** Undefined where its form is wrong, which is a problem of its own. */
function hookAuth(given: Given): Environment["OKTA_HOOK_AUTH"] | undefined {
  return environment.shape.OKTA_HOOK_AUTH.safeParse(given["OKTA_HOOK_AUTH"]).data;
}

function needed(where: "always" | "in Azure" | "with tokens"): SettingName[] {
  return settingNames.filter((name) => environment.shape[name].meta()?.needed === where);
}

function missing(has: Has, local: boolean, auth: Environment["OKTA_HOOK_AUTH"] | undefined): Problem[] {
  const laptops = requiredLocalSettingNames.filter((name) => name !== "OKTA_HOOK_SECRET" || auth !== "token");
  const required: readonly SettingName[] = [...needed("always"), ...(local ? laptops : needed("in Azure"))];
  const ofTokens = auth === "token" || auth === "either" ? needed("with tokens") : [];
  return [
    ...required.filter((name) => !has(name)).map((name) => ({ name, kind: "missing" as const, problem: "is missing" })),
    ...ofTokens
      .filter((name) => !has(name))
      .map((name) => ({ name, kind: "missing" as const, problem: `is missing beside OKTA_HOOK_AUTH=${auth}` })),
    ...channelNames.filter(isOptional).flatMap((channel) => missingBeside(neededSettings[channel], has)),
  ];
}

/** All or none are set; of those that stand together, one. */
function missingBeside(needed: (typeof neededSettings)[OptionalChannel], has: Has): Problem[] {
  const given = needed.flat().find(has);
  if (given === undefined) return [];
  const problem = `is missing beside ${given}`;
  return needed.filter((names) => !names.some(has)).map(([name]) => ({ name, kind: "missing", problem }));
}

/** Feedback needs the table, which holds the SMS of each code. */
function missingTable(given: Given, local: boolean): Problem[] {
  const sends = given["EIGHT_BY_EIGHT_FEEDBACK"]?.toLowerCase() === "send";
  if (!sends || local || given["STATE_TABLE_URL"] !== undefined) return [];
  return [{ name: "STATE_TABLE_URL", kind: "missing", problem: "is missing beside EIGHT_BY_EIGHT_FEEDBACK=send" }];
}

const eitherOr = [
  ["PHONE_POLICY_ALLOWED_COUNTRIES", "PHONE_POLICY_BLOCKED_COUNTRIES"],
  ["EIGHT_BY_EIGHT_SMS_SENDERS", "EIGHT_BY_EIGHT_SMS_SENDER"],
  ["EIGHT_BY_EIGHT_VOICE_SOURCES", "EIGHT_BY_EIGHT_VOICE_SOURCE"],
] as const;

function contradictions(has: Has, local: boolean): Problem[] {
  const secret = "holds a secret, which only a laptop's settings may; remove it and change the secret";
  return [
    ...eitherOr
      .filter((two) => two.every(has))
      .map(([one, other]) => wrongSetting(other, `is set beside ${one}; keep one of the two`)),
    ...localSettingNames.filter((name) => !local && has(name)).map((name) => wrongSetting(name, secret)),
  ];
}

/** Two secrets may not have the same name; a vault ignores case in names. The problem is that of the setting that was set. */
function sameNames(given: Given): Problem[] {
  const nameSettings = Object.values(secretList).map(({ setting }) => setting);
  const nameIn = (setting: (typeof nameSettings)[number]) =>
    environment.shape[setting].safeParse(given[setting]).data?.toLowerCase();
  const givenLast = nameSettings.toSorted((a, b) => Number(a in given) - Number(b in given));
  return givenLast.flatMap((setting, index) => {
    const name = nameIn(setting);
    const same = givenLast.slice(0, index).find((other) => name !== undefined && nameIn(other) === name);
    return same === undefined ? [] : [wrongSetting(setting, `names the same secret as ${same}`)];
  });
}

export function wrongSetting(name: string, problem: string): Problem {
  return { name, kind: "wrong", problem };
}
