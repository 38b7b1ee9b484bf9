import { createRefreshedValue } from "./refresh.ts";
import {
  createFixedValue,
  type RefreshedValue,
  type RefreshSettings,
  type SecretRow,
} from "./refreshed-value.ts";
import type { Versions } from "./versions.ts";

interface SecretSources {
  /** Undefined on a laptop whose settings hold the secrets. */
  readonly vaultUrl: string | undefined;
  /** Undefined if Okta authenticates with access tokens only. */
  readonly hookSecret: SecretRow | undefined;
  readonly apiKey: SecretRow;
  /** Undefined if there is no second hook. */
  readonly secondSecret: SecretRow | undefined;
  /** Undefined on a laptop. */
  readonly phoneHashKey: SecretRow | undefined;
  /** What Okta sends with its events. */
  readonly oktaEventSecret: SecretRow;
  /** What 8x8 sends with its receipts. */
  readonly receiptSecret: SecretRow;
}

interface Reading extends Pick<RefreshSettings, "clock" | "warn" | "maxAgeMs" | "outageMs"> {
  /** How requests wait for a secret that callers send. */
  readonly wait: RefreshSettings["wait"];
  /** Reads the newest `count` versions that are valid now, and versions that become valid later. */
  readonly openVault: (
    url: string,
  ) => (name: string, count: number, signal: AbortSignal) => Promise<Versions>;
  readonly onRead: (name: string, versions: Versions) => void;
}

/** Starts to read the secrets from the vault. On a laptop, takes them from the settings. */
export function createSecrets(sources: SecretSources, reading: Reading) {
  const { vaultUrl, hookSecret, apiKey, secondSecret } = sources;
  const { phoneHashKey, oktaEventSecret, receiptSecret } = sources;
  const { clock, warn, maxAgeMs, outageMs, wait, openVault, onRead } = reading;
  const read = vaultUrl === undefined ? undefined : openVault(vaultUrl);

  function create(row: SecretRow): RefreshedValue {
    if (read === undefined) return createFixedValue({ ...row, warn });
    return createRefreshedValue({
      ...row,
      clock,
      warn,
      maxAgeMs,
      outageMs,
      wait: row.ofCallers ? wait : undefined,
      read: (signal) => read(row.name, row.count, signal),
      onRead: (versions) => {
        onRead(row.name, versions);
      },
    });
  }

  return {
    hookSecret: hookSecret && create(hookSecret),
    apiKey: create(apiKey),
    secondSecret: secondSecret && create(secondSecret),
    phoneHashKey: phoneHashKey && create(phoneHashKey),
    oktaEventSecret: create(oktaEventSecret),
    receiptSecret: create(receiptSecret),
  };
}
