import { createRefreshedValue } from "./refresh.ts";
import {
  createFixedValue,
  type RefreshedValue,
  type RefreshSettings,
  type SecretRow,
  type Version,
  type Versions,
} from "./refreshed-value.ts";

interface Reading extends Pick<
  RefreshSettings,
  "clock" | "warn" | "maxAgeMs" | "outageMs" | "wait"
> {
  readonly openVault: (
    url: string,
  ) => (name: string, count: number, signal: AbortSignal) => Promise<Versions>;
  readonly onInUse: (name: string, version: Version) => void;
}

/** Starts to read the secrets from the vault. On a laptop, takes them from the settings. */
export function createSecrets<Rows extends Readonly<Record<string, SecretRow | undefined>>>(
  vaultUrl: string | undefined,
  rows: Rows,
  { openVault, onInUse, wait, ...reading }: Reading,
) {
  const read = vaultUrl === undefined ? undefined : openVault(vaultUrl);

  function create(row: SecretRow): RefreshedValue {
    if (read === undefined) return createFixedValue({ ...row, warn: reading.warn });
    return createRefreshedValue({
      ...row,
      ...reading,
      wait: row.ofCallers ? wait : undefined,
      read: (signal) => read(row.name, row.count, signal),
      onInUse: (version) => {
        onInUse(row.name, version);
      },
    });
  }

  const secrets = Object.entries(rows).map(([key, row]) => [key, row && create(row)] as const);
  return Object.fromEntries(secrets) as {
    readonly [Key in keyof Rows]: RefreshedValue | Extract<Rows[Key], undefined>;
  };
}
