import type { Environment } from "./environment.ts";
import type { Given } from "./problems.ts";
import type { LocalSettingName } from "./setting-names.ts";

export type SecretSources = ReturnType<typeof createSecretSources>;

/** On a laptop the values themselves; elsewhere their names in the vault. Without a hook secret where tokens alone are accepted. */
export function createSecretSources(env: Environment, local: boolean, given: Given) {
  const takesSecret = env.OKTA_HOOK_AUTH !== "token";
  if (local) {
    const secret = (name: LocalSettingName) => ({ name, value: given[name] });
    return {
      from: "local" as const,
      hookSecret: takesSecret ? secret("OKTA_HOOK_SECRET") : undefined,
      apiKey: secret("EIGHT_BY_EIGHT_API_KEY"),
      oktaEventSecret: secret("OKTA_EVENT_SECRET"),
      receiptSecret: secret("RECEIPT_SECRET"),
    };
  }
  return {
    from: "vault" as const,
    url: env.KEY_VAULT_URL ?? "",
    clientId: env.AZURE_CLIENT_ID ?? "",
    hookSecretName: takesSecret ? env.OKTA_HOOK_SECRET_NAME : undefined,
    apiKeyName: env.EIGHT_BY_EIGHT_API_KEY_NAME,
    oktaEventSecretName: env.OKTA_EVENT_SECRET_NAME,
    receiptSecretName: env.RECEIPT_SECRET_NAME,
    phoneHashKeyName: env.PHONE_HASH_SECRET_NAME,
    maxAgeMs: env.SECRET_MAX_AGE_MINUTES * 60_000,
    outageMs: env.SECRET_OUTAGE_HOURS * 3_600_000,
  };
}
