import type { SendHook, SettingsAnswer } from "../protocol.ts";

interface Need {
  readonly name: string;
  readonly value: string;
  /** Whether another value does as well. */
  readonly isMet?: (value: string) => boolean;
}

/** A hook with a known outcome, and what 8x8 does meanwhile. */
export interface Preset {
  readonly name: string;
  readonly says: string;
  /** The outcome, or the outcome and its reason, as the app's event has them. */
  readonly outcome: string;
  readonly send: Partial<SendHook>;
  /** 8x8's fault, set for one request right before the hook is sent. */
  readonly fault?: { readonly fault: string } & Readonly<Record<string, string | number>>;
  /** Has this outcome only with these settings. */
  readonly needs?: readonly Need[];
  /** How often it is sent, where only the last one has this outcome. */
  readonly repeat?: number;
}

/**
 * The settings that a preset misses, as the shell writes them: `GUARD_MODE=enforce`. Empty where it
 * misses none.
 */
export function missingFor({ needs = [] }: Preset, settings: SettingsAnswer["settings"]): string {
  const isMissing = ({
    name,
    value: wanted,
    isMet = (value) => value === wanted,
  }: Need): boolean => {
    const setting = settings.find((one) => one.name === name);
    return setting !== undefined && !isMet(setting.value);
  };
  return needs
    .filter(isMissing)
    .map(({ name, value }) => `${name}=${value}`)
    .join(" ");
}
