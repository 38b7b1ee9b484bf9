import type { SecretRow } from "../secrets/refreshed-value.ts";
import type { Environment, Given } from "./environment.ts";

// Callers send these secrets to a public address, so anyone can try values. Two versions are
// accepted, so that a rotation loses no request.
const ofCallers = { ofCallers: true, count: 2, minLength: 16 } as const;

/** On a laptop, `localSetting` holds the value. In Azure, that setting is an error. */
export const secretList = {
  hookSecret: { name: "okta-hook-secret", localSetting: "OKTA_HOOK_SECRET", ...ofCallers },
  apiKey: { name: "eight-by-eight-api-key", localSetting: "EIGHT_BY_EIGHT_API_KEY", count: 1 },
  secondSecret: {
    name: "second-hook-secret",
    localSetting: "SECOND_HOOK_SECRET",
    count: 1,
  },
  // Anyone who has a phone number and its hash can try billions of keys a second.
  phoneHashKey: { name: "phone-hash-key", count: 1, minLength: 32 },
  oktaEventSecret: {
    name: "okta-event-secret",
    localSetting: "OKTA_EVENT_SECRET",
    ...ofCallers,
    optional: true,
  },
  receiptSecret: {
    name: "receipt-secret",
    localSetting: "RECEIPT_SECRET",
    ...ofCallers,
    optional: true,
  },
} as const;

const { hookSecret, apiKey, secondSecret, phoneHashKey, oktaEventSecret, receiptSecret } =
  secretList;

export const localSettingNames = [
  hookSecret,
  apiKey,
  secondSecret,
  oktaEventSecret,
  receiptSecret,
].map(({ localSetting }) => localSetting);

export type SettingName = keyof Environment | (typeof localSettingNames)[number];

export function createSecretSources(
  { KEY_VAULT_URL: vaultUrl, OKTA_HOOK_AUTH: auth, SECOND_HOOK_URL: secondHook }: Environment,
  given: Given,
) {
  const rowOf = ({ localSetting, ...row }: SecretRow & { localSetting: string }): SecretRow =>
    vaultUrl === undefined ? { ...row, name: localSetting, value: given[localSetting] } : row;
  return {
    vaultUrl,
    hookSecret: auth === "token" ? undefined : rowOf(hookSecret),
    apiKey: rowOf(apiKey),
    secondSecret: secondHook === undefined ? undefined : rowOf(secondSecret),
    phoneHashKey: vaultUrl === undefined ? undefined : phoneHashKey,
    oktaEventSecret: rowOf(oktaEventSecret),
    receiptSecret: rowOf(receiptSecret),
  };
}
