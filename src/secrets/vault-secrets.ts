import { createRefreshedValue } from "./refresh.ts";
import {
  createFixedValue,
  type RefreshedValue,
  type RefreshSettings,
  type SecretRow,
  type Versions,
} from "./refreshed-value.ts";

interface SecretSources {
  readonly vaultUrl: string | undefined;
  readonly hookSecret: SecretRow | undefined;
  readonly apiKey: SecretRow;
  readonly secondSecret: SecretRow | undefined;
  readonly phoneHashKey: SecretRow | undefined;
  readonly oktaEventSecret: SecretRow;
  readonly receiptSecret: SecretRow;
}

interface Reading extends Pick<RefreshSettings, "clock" | "warn" | "maxAgeMs" | "outageMs"> {
  readonly wait: RefreshSettings["wait"];
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
