import type { Clock } from "../timing/clock.ts";
import { RefreshedSecret } from "./refreshed-secret.ts";
import {
  knownSecret,
  type KnownSecretSettings,
  type Secret,
  type SecretSettings,
  type WaitForReload,
} from "./secret.ts";
import { type Versions, callerSecretMinLength, hashKeyMinLength } from "./version.ts";

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

export interface VaultNames {
  readonly hookSecretName: string | undefined;
  readonly apiKeyName: string;
  readonly phoneHashKeyName: string;
  readonly oktaEventSecretName: string;
  readonly receiptSecretName: string;
  readonly maxAgeMs: number;
  readonly outageMs: number;
}

/** Reads the newest `count` versions that may be used now, and those that may be used later. */
export type VaultReader = (name: string, count: number, signal: AbortSignal) => Promise<Versions>;

export interface Vault {
  readonly clock: Clock;
  readonly read: VaultReader;
  /** After each good read. */
  readonly onRead: (name: string, versions: Versions) => void;
  /** How a request waits for a reload of what others send us. */
  readonly wait: WaitForReload;
  readonly warn: (message: string) => void;
}

/** Two versions are accepted of what others send us, so that a rotation loses nothing; the newest is what we send. */
export function createVaultSecrets(names: VaultNames, { clock, read, onRead, wait, warn }: Vault): Secrets {
  const { maxAgeMs, outageMs } = names;
  const secret = (name: string, count: number, more: Pick<SecretSettings, "minLength" | "optional" | "wait"> = {}) =>
    new RefreshedSecret({
      ...{ clock, name, count, maxAgeMs, outageMs, warn, ...more },
      read: (signal) => read(name, count, signal),
      onRead(versions) {
        onRead(name, versions);
      },
    });
  const ofCallers = { minLength: callerSecretMinLength, wait };
  return {
    hookSecret: names.hookSecretName === undefined ? undefined : secret(names.hookSecretName, 2, ofCallers),
    apiKey: secret(names.apiKeyName, 1),
    phoneHashKey: secret(names.phoneHashKeyName, 1, { minLength: hashKeyMinLength }),
    oktaEventSecret: secret(names.oktaEventSecretName, 2, { ...ofCallers, optional: true }),
    receiptSecret: secret(names.receiptSecretName, 2, { ...ofCallers, optional: true }),
  };
}

type LocalSecret = Pick<KnownSecretSettings, "name" | "value">;

/** The secrets of a laptop, whose values are settings. */
export function createLocalSecrets(
  local: Readonly<Record<Exclude<keyof Secrets, "phoneHashKey" | "hookSecret">, LocalSecret>> & {
    readonly hookSecret: LocalSecret | undefined;
  },
  warn: (message: string) => void,
): Secrets {
  const minLength = callerSecretMinLength;
  return {
    hookSecret: local.hookSecret && knownSecret({ ...local.hookSecret, minLength, warn }),
    apiKey: knownSecret({ ...local.apiKey, warn }),
    phoneHashKey: undefined,
    oktaEventSecret: knownSecret({ ...local.oktaEventSecret, minLength, warn }),
    receiptSecret: knownSecret({ ...local.receiptSecret, minLength, warn }),
  };
}
