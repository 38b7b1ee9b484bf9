import { parseEventHook, readEvent, type OktaEvent } from "../../src/okta/event-hook.ts";

export interface EventBatch {
  readonly events: readonly OktaEvent[];
  readonly unreadable: number;
  readonly unknownFactors: number;
}

/** Reads all events of a batch at once. Returns the reason if the body is not a batch. */
export function readBatch(body: string): EventBatch | string {
  const batch = parseEventHook(body);
  if (!batch.ok) return batch.reason;
  const read = batch.events.map(readEvent);
  return {
    events: read.flatMap((result) =>
      result.ok && result.event !== undefined ? [result.event] : [],
    ),
    unreadable: read.filter((result) => !result.ok && result.reason === "wrong-events").length,
    unknownFactors: read.filter((result) => !result.ok && result.reason === "unknown-factor")
      .length,
  };
}
