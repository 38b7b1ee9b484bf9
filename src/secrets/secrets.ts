import { RefreshedSecret } from "./refreshed-secret.ts";
import { knownSecret, type Secret, type SecretSettings } from "./secret.ts";
import type { Versions } from "./version.ts";

/** The secrets of the program. */
export interface Secrets {
  /** Undefined where Okta signs in with access tokens alone. */
  readonly hookSecret: Secret | undefined;
  readonly apiKey: Secret;
  /** Undefined where numbers are not hashed. */
  readonly phoneHashKey: Secret | undefined;
  /**
   * What Okta sends with its events, and 8x8 with its receipts. One that is absent switches its
   * route off.
   */
  readonly oktaEventSecret: Secret;
  readonly receiptSecret: Secret;
}

/** What settings say of a secret: src/settings/secrets.ts. */
export interface SecretRow extends Pick<
  SecretSettings,
  "name" | "count" | "minLength" | "optional"
> {
  /** Strangers can make a request wait for a reload of what others send us. */
  readonly ofCallers?: boolean;
  /** On a laptop. */
  readonly value?: string | undefined;
}

type Rows = Readonly<Record<string, SecretRow>>;

interface Vault extends Pick<SecretSettings, "clock" | "warn" | "wait" | "maxAgeMs" | "outageMs"> {
  /** Reads the newest `count` versions that may be used now, and those that may be used later. */
  readonly read: (name: string, count: number, signal: AbortSignal) => Promise<Versions>;
  /** After each good read. */
  readonly onRead: (name: string, versions: Versions) => void;
}

export function createVaultSecrets(rows: Rows, { wait, read, onRead, ...reading }: Vault): Secrets {
  return each(
    rows,
    ({ ofCallers, ...row }) =>
      new RefreshedSecret({
        ...row,
        ...reading,
        ...(ofCallers && wait && { wait }),
        read: (signal) => read(row.name, row.count, signal),
        onRead(versions) {
          onRead(row.name, versions);
        },
      }),
  );
}

/** The secrets of a laptop, whose values are settings. */
export function createLocalSecrets(rows: Rows, warn: SecretSettings["warn"]): Secrets {
  return each(rows, ({ name, value, minLength = 0 }) =>
    knownSecret({ name, value, minLength, warn }),
  );
}

function each(rows: Rows, create: (row: SecretRow) => Secret): Secrets {
  const secrets = Object.fromEntries(Object.entries(rows).map(([key, row]) => [key, create(row)]));
  return secrets as unknown as Secrets;
}
