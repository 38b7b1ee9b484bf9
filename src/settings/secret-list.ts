import type { SecretRow } from "../secrets/refreshed-value.ts";
import type { Environment, Given } from "./environment.ts";

// Callers send these secrets to a public address, so anyone can try values. Two versions are
// accepted, so that a rotation loses no request.
const ofCallers = { ofCallers: true, count: 2, minLength: 16 } as const;
const ofWebhooks = { ...ofCallers, optional: true } as const;

/** On a laptop, `localSetting` holds the value. In Azure, that setting is an error. */
export const secretList = {
  hookSecret: { name: "okta-hook-secret", localSetting: "OKTA_HOOK_SECRET", ...ofCallers },
  apiKey: { name: "eight-by-eight-api-key", localSetting: "EIGHT_BY_EIGHT_API_KEY", count: 1 },
  secondSecret: { name: "second-hook-secret", localSetting: "SECOND_HOOK_SECRET", count: 1 },
  oktaEventSecret: { name: "okta-event-secret", localSetting: "OKTA_EVENT_SECRET", ...ofWebhooks },
  receiptSecret: { name: "receipt-secret", localSetting: "RECEIPT_SECRET", ...ofWebhooks },
  // Anyone who has a phone number and its hash can try billions of keys a second.
  phoneHashKey: { name: "phone-hash-key", localSetting: undefined, count: 1, minLength: 32 },
} as const;

type SecretName = keyof typeof secretList;
type LocalSetting = NonNullable<(typeof secretList)[SecretName]["localSetting"]>;

export const localSettingNames: readonly LocalSetting[] = Object.values(secretList).flatMap(
  ({ localSetting }) => localSetting ?? [],
);

export type SettingName = keyof Environment | LocalSetting;

/** A secret that the settings do not need has no row. */
export function createSecretRows(
  { KEY_VAULT_URL: vaultUrl, OKTA_HOOK_AUTH: auth, SECOND_HOOK_URL: secondHook }: Environment,
  given: Given,
) {
  const rows = Object.entries(secretList).map(([key, { localSetting, ...row }]) => {
    if (vaultUrl !== undefined) return [key, row] as const;
    const value = localSetting && given[localSetting];
    return [key, { ...row, name: localSetting ?? row.name, value }] as const;
  });
  const all = Object.fromEntries(rows) as Readonly<Record<SecretName, SecretRow>>;
  return {
    ...all,
    hookSecret: auth === "token" ? undefined : all.hookSecret,
    secondSecret: secondHook === undefined ? undefined : all.secondSecret,
  };
}
