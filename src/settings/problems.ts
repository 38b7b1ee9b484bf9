import type * as z from "zod";
import { environment, settingNames, type Given } from "./environment.ts";
import { localSettingNames, type SettingName } from "./secret-list.ts";

interface Problem {
  readonly name: string;
  readonly kind: "missing" | "invalid";
  /** The end of a sentence that begins with the setting's name. The text never contains a value. */
  readonly problem: string;
}

export const voiceSettings = [
  "EIGHT_BY_EIGHT_VOICE_SUBACCOUNT",
  "EIGHT_BY_EIGHT_VOICE_SOURCE",
  "EIGHT_BY_EIGHT_VOICE_SOURCES",
] as const satisfies readonly SettingName[];

export function findProblems(
  given: Given,
  issues: readonly Pick<z.core.$ZodIssue, "path" | "message">[],
  onLaptop: boolean,
): Problem[] {
  const has = (name: SettingName) => given[name] !== undefined;
  const invalid = (name: string, problem: string): Problem => ({ name, kind: "invalid", problem });
  const missing = (names: readonly SettingName[], beside?: string): Problem[] => {
    const problem = beside === undefined ? "is missing" : `is missing; ${beside} needs it`;
    return names.filter((name) => !has(name)).map((name) => ({ name, kind: "missing", problem }));
  };
  const needed = (when: "always" | "in Azure" | "with tokens") =>
    settingNames.filter((name) => environment.shape[name].meta()?.needed === when);

  const auth = environment.shape.OKTA_HOOK_AUTH.safeParse(given["OKTA_HOOK_AUTH"]).data;
  const takesTokens = auth === "token" || auth === "either";
  const [subAccount, source, sources] = voiceSettings;
  const voiceSet = voiceSettings.find(has);
  const sendsFeedback = given["EIGHT_BY_EIGHT_FEEDBACK"]?.toLowerCase() === "send";
  return [
    ...issues
      .map(({ path, message }) => invalid(String(path[0]), message))
      .filter(({ name }) => given[name] !== undefined),
    ...missing(needed("always")),
    ...(onLaptop
      ? missing([
          ...(auth === "token" ? [] : (["OKTA_HOOK_SECRET"] as const)),
          "EIGHT_BY_EIGHT_API_KEY",
        ])
      : missing(needed("in Azure"))),
    ...(takesTokens ? missing(needed("with tokens"), `OKTA_HOOK_AUTH=${auth}`) : []),
    // Calls need the sub-account and one of the numbers. If all are unset, calls are off.
    ...(voiceSet === undefined
      ? []
      : missing([subAccount, has(sources) ? sources : source], voiceSet)),
    // Feedback needs the id of the SMS, and only the table keeps that id.
    ...(sendsFeedback && !onLaptop
      ? missing(["STATE_TABLE_URL"], "EIGHT_BY_EIGHT_FEEDBACK=send")
      : []),
    ...(isOwnHost(given)
      ? [invalid("SECOND_HOOK_URL", "is a URL of this app; use the other provider's")]
      : []),
    ...(has("PHONE_POLICY_ALLOWED_COUNTRIES") && has("PHONE_POLICY_BLOCKED_COUNTRIES")
      ? [
          invalid(
            "PHONE_POLICY_BLOCKED_COUNTRIES",
            "is set beside PHONE_POLICY_ALLOWED_COUNTRIES; keep one of the two",
          ),
        ]
      : []),
    ...localSettingNames
      .filter((name) => !onLaptop && has(name))
      .map((name) =>
        invalid(
          name,
          "holds a secret, which is allowed only on a laptop; remove the setting and change the secret",
        ),
      ),
  ];
}

/** A hook that passes codes to itself would loop forever. */
function isOwnHost({ SECOND_HOOK_URL: url = "", WEBSITE_HOSTNAME: own = "" }: Given): boolean {
  const second = URL.parse(url);
  // In DNS, a dot at the end does not change a name.
  const host = second?.host.replace(/\.$/, "");
  return second !== null && host === URL.parse(`${second.protocol}//${own}`)?.host;
}
