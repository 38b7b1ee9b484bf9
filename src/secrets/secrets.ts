import { createSecret, type Secret } from "./secret.ts";
import type { Versions } from "./version.ts";
import { hookSecretMinLength } from "./warnings.ts";

/** The secrets of the program. */
export interface Secrets {
  readonly hookSecret: Secret;
  readonly apiKey: Secret;
  /** Undefined where numbers are not hashed. */
  readonly phoneHashKey: Secret | undefined;
}

export interface VaultNames {
  readonly hookSecretName: string;
  readonly apiKeyName: string;
  readonly phoneHashKeyName: string;
  readonly maxAgeMs: number;
  readonly outageMs: number;
}

export interface Vault {
  /** Of the newest `count` versions that are active, and those to come. */
  readonly read: (name: string, count: number, signal: AbortSignal) => Promise<Versions>;
  /** After each good read. */
  readonly onRead: (name: string, versions: Versions) => void;
  readonly warn: (message: string) => void;
}

/** Two versions are accepted of what others send us, so that a rotation loses nothing; the newest is what we send. */
export function createVaultSecrets(names: VaultNames, { read, onRead, warn }: Vault): Secrets {
  const { maxAgeMs, outageMs } = names;
  const secret = (name: string, count: number, minLength = 0): Secret =>
    createSecret({
      ...{ name, count, minLength, maxAgeMs, outageMs, warn },
      read: (signal) => read(name, count, signal),
      onRead(versions) {
        onRead(name, versions);
      },
    });
  return {
    hookSecret: secret(names.hookSecretName, 2, hookSecretMinLength),
    apiKey: secret(names.apiKeyName, 1),
    phoneHashKey: secret(names.phoneHashKeyName, 1),
  };
}
