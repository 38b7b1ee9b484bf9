/** Every setting there is, in the README's order. */
export const settingNames = [
  "KEY_VAULT_URL",
  "AZURE_CLIENT_ID",
  "OKTA_AUTH_HEADER",
  "OKTA_HOOK_SECRET_NAME",
  "EIGHT_BY_EIGHT_API_KEY_NAME",
  "EIGHT_BY_EIGHT_SMS_URL",
  "EIGHT_BY_EIGHT_SMS_SUBACCOUNT",
  "EIGHT_BY_EIGHT_SMS_SENDER",
  "EIGHT_BY_EIGHT_VOICE_URL",
  "EIGHT_BY_EIGHT_VOICE_SUBACCOUNT",
  "EIGHT_BY_EIGHT_VOICE_SOURCE",
  "EIGHT_BY_EIGHT_VOICE_PROFILES",
  "EIGHT_BY_EIGHT_CLIENT_IP",
  "PHONE_POLICY_ALLOWED_COUNTRIES",
  "PHONE_POLICY_BLOCKED_COUNTRIES",
  "PHONE_POLICY_MODE",
  "PHONE_HASH_SECRET_NAME",
  "PHONE_DEFAULT_COUNTRY",
  "REFUSED_ANSWER",
  "UNCONFIRMED_ANSWER",
  "HOOK_BUDGET_MS",
  "APPLICATIONINSIGHTS_CONNECTION_STRING",
] as const;

/** On a laptop the values themselves; anywhere else their presence is an error. */
export const localSettingNames = ["OKTA_HOOK_SECRET", "EIGHT_BY_EIGHT_API_KEY"] as const;

export type SettingName = (typeof settingNames)[number] | (typeof localSettingNames)[number];
