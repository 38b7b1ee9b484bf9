import type { SendHook, SettingsAnswer } from "../protocol.ts";

interface Need {
  readonly name: string;
  readonly value: string;
  /** Whether a set value is enough. By default it must equal `value`. */
  readonly isMet?: (value: string) => boolean;
}

/** A hook with a known outcome, and the 8x8 fault that causes it. */
export interface Preset {
  readonly name: string;
  readonly says: string;
  /** The outcome in the app's event, followed by its reason if it has one. */
  readonly outcome: string;
  readonly send: Partial<SendHook>;
  /** 8x8's fault, set for one request right before the hook is sent. */
  readonly fault?: { readonly fault: string } & Readonly<Record<string, string | number>>;
  /** Settings that the outcome depends on. */
  readonly needs?: readonly Need[];
  /** How often the hook is sent. Only the last one has this outcome. */
  readonly repeat?: number;
}

/** The settings that a preset still needs, in shell syntax: `GUARD_MODE=enforce`. */
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
