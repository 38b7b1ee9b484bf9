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
  /** What Okta sends with its events, and 8x8 with its receipts. One that is absent switches its route off. */
  readonly oktaEventSecret: Secret;
  readonly receiptSecret: Secret;
}

/** What settings say of a secret: src/settings/secrets.ts. */
export interface SecretRow extends Pick<SecretSettings, "name" | "count" | "minLength" | "optional"> {
  /** Strangers can make a request wait for a reload of what others send us. */
  readonly ofCallers?: boolean;
  /** On a laptop. */
  readonly value?: string | undefined;
}

interface Sources extends Pick<SecretSettings, "maxAgeMs" | "outageMs"> {
  readonly secrets: Readonly<Record<string, SecretRow>>;
}

interface Vault extends Pick<SecretSettings, "clock" | "warn" | "wait"> {
  /** Reads the newest `count` versions that may be used now, and those that may be used later. */
  readonly read: (name: string, count: number, signal: AbortSignal) => Promise<Versions>;
  /** After each good read. */
  readonly onRead: (name: string, versions: Versions) => void;
}

export function createVaultSecrets({ secrets, maxAgeMs, outageMs }: Sources, vault: Vault): Secrets {
  const { clock, warn, wait, read, onRead } = vault;
  return each(
    secrets,
    ({ ofCallers, ...row }) =>
      new RefreshedSecret({
        ...{ ...row, clock, warn, maxAgeMs, outageMs },
        ...(ofCallers && wait && { wait }),
        read: (signal) => read(row.name, row.count, signal),
        onRead(versions) {
          onRead(row.name, versions);
        },
      }),
  );
}

/** The secrets of a laptop, whose values are settings. */
export function createLocalSecrets({ secrets }: Pick<Sources, "secrets">, warn: SecretSettings["warn"]): Secrets {
  return each(secrets, ({ name, value, minLength = 0 }) => knownSecret({ name, value, minLength, warn }));
}

function each(rows: Sources["secrets"], create: (row: SecretRow) => Secret): Secrets {
  const secrets = Object.fromEntries(Object.entries(rows).map(([key, row]) => [key, create(row)]));
  return secrets as unknown as Secrets;
}
