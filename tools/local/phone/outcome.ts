import type { SendHook, SettingsAnswer } from "./protocol.ts";

interface Need {
  readonly name: string;
  readonly value: string;
  /** Returns whether the outcome works with this value. Default: only with `value`. */
  readonly isMet?: (value: string) => boolean;
}

/** A hook request with a known outcome, and the fault of 8x8 that causes the outcome. */
export interface Outcome {
  readonly name: string;
  readonly says: string;
  /** The outcome in the app's event, followed by its reason if it has one. */
  readonly expected: string;
  readonly send: Partial<SendHook>;
  /** Fault of 8x8, which is set for one request right before the hook request is sent. */
  readonly fault?: { readonly fault: string } & Readonly<Record<string, string | number>>;
  /** Settings that the outcome depends on. */
  readonly needs?: readonly Need[];
  /** Number of times that the request is sent. Only the last request has this outcome. */
  readonly repeat?: number;
}

/** "Premium number" is `premium-number`. */
export const idOf = ({ name }: Pick<Outcome, "name">): string =>
  name.toLowerCase().replaceAll(/[^a-z\d]+/g, "-");

/** Returns the settings that an outcome still needs, in shell syntax: `GUARD_MODE=enforce`. */
export function missingFor({ needs = [] }: Outcome, settings: SettingsAnswer["settings"]): string {
  const isMissing = ({ name, value, isMet = (set) => set === value }: Need): boolean => {
    const setting = settings.find((one) => one.name === name);
    return setting !== undefined && !isMet(setting.value);
  };
  return needs
    .filter(isMissing)
    .map(({ name, value }) => `${name}=${value}`)
    .join(" ");
}
