import { within, type Deadline } from "../timing/deadline.ts";
import { createFailureWarning } from "../timing/failure-warning.ts";
import { createWeaknessWarning, isWeak } from "./warnings.ts";
import { createReads } from "./reads.ts";
import { liveValues, type Versions } from "./version.ts";

/** A secret's accepted values, newest first. */
export type Values = readonly string[];

/** One secret, kept fresh behind the hooks that use it. None of these ever rejects. */
export interface Secret {
  readonly name: string;
  /** Without a wait. None until the first read is done, after a read that found none, and after too long an outage. */
  current(): Values;
  /** Waits for the first good read; past the maximum age for a read of at most a second, unless reads are failing. */
  get(deadline: Deadline): Promise<Values>;
  /** Waits for a read that starts after this call, for when a value turned out to be unknown. */
  reload(deadline: Deadline): Promise<Values>;
  /** The vault has been asked, and has no version that may be used. */
  isAbsent(): boolean;
  /** Whether a value in use is so short that it can be guessed. */
  isWeak(): boolean;
}

export interface SecretSettings {
  readonly name: string;
  /** Whether it may be absent. Such a one is not read at once, but when it is asked for or the others had their turn. */
  readonly optional?: boolean;
  /** How many of the newest versions are accepted. */
  readonly count: number;
  /** In characters. What is shorter is told, and is accepted all the same. */
  readonly minLength?: number;
  /** Older values are believed only after another look, if there is somebody to ask. */
  readonly maxAgeMs: number;
  /** How old values may become while there is nobody to ask. */
  readonly outageMs: number;
  readonly read: (signal: AbortSignal) => Promise<Versions>;
  readonly warn: (message: string) => void;
  /** Told after each good read, for whoever wants to know when the newest version expires. */
  readonly onRead?: (versions: Versions) => void;
}

/** Reads at once, unawaited. */
export function createSecret(settings: SecretSettings): Secret {
  const { name, optional = false, count, minLength = 0, maxAgeMs, outageMs, read, warn, onRead } = settings;
  const warnOfWeakness = createWeaknessWarning(name, minLength, warn);
  let versions: Versions = [];
  let readAt = -Infinity;
  const reads = createReads({
    optional,
    read,
    keep(fresh, startedAt) {
      versions = fresh;
      readAt = startedAt;
      warnOfWeakness(fresh);
      onRead?.(fresh);
    },
    failed: createFailureWarning(`${name} could not be read`, warn),
  });
  const ageMs = () => performance.now() - readAt;

  function current(): Values {
    reads.startIfDue();
    return ageMs() > outageMs ? [] : liveValues(versions, count);
  }

  function isAbsent(): boolean {
    return current().length === 0 && ageMs() <= outageMs;
  }

  return {
    name,
    current,
    isAbsent,
    async get(deadline) {
      while (current().length === 0 && !(optional && isAbsent()) && !deadline.signal.aborted)
        // A good read that found nothing is an answer.
        if (await within(reads.joined(), deadline)) break;
      if (ageMs() > maxAgeMs && !reads.troubled) await within(reads.joinedWhileQuick(), deadline);
      return current();
    },
    async reload(deadline) {
      await within(reads.next(), deadline);
      return current();
    },
    isWeak: () => current().some((value) => isWeak(value, minLength)),
  };
}

/** What is known from the start, as on a laptop: the value, or that there is none. */
export function knownSecret({ name, value, minLength = 0, warn }: KnownSecretSettings): Secret {
  const values = value === undefined ? [] : [value];
  createWeaknessWarning(name, minLength, warn)(values.map((known) => ({ value: known })));
  const get = () => Promise.resolve(values);
  return {
    name,
    current: () => values,
    get,
    reload: get,
    isAbsent: () => value === undefined,
    isWeak: () => values.some((known) => isWeak(known, minLength)),
  };
}

export type KnownSecretSettings = Pick<SecretSettings, "name" | "minLength" | "warn"> & {
  readonly value: string | undefined;
};
