import type { SendHook } from "../protocol.ts";

/** A hook that ends in a known way, and what 8x8 does meanwhile. */
export interface Preset {
  readonly name: string;
  readonly says: string;
  /** outcome, or outcome and reason, as the bridge's event has them. */
  readonly ends: string;
  readonly send: Partial<SendHook>;
  /** 8x8's fault, set for one request right before the hook is sent. */
  readonly fault?: { readonly fault: string } & Readonly<Record<string, string | number>>;
  /** Ends so only where npm start was given this setting, as the shell writes it. */
  readonly needs?: string;
  /** How often it is sent, where only the last one ends so. */
  readonly repeat?: number;
}
