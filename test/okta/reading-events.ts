import { parseEventHook, readEvent, type OktaEvent } from "../../src/okta/event-hook.ts";

export interface EventBatch {
  readonly events: readonly OktaEvent[];
  readonly unreadable: number;
  readonly unknownFactors: number;
}

export function readBatch(body: string): EventBatch | string {
  const batch = parseEventHook(body);
  if (!batch.ok) return batch.reason;
  const read = batch.events.map(readEvent);
  return {
    events: read.flatMap((item) => (item.ok && item.event !== undefined ? [item.event] : [])),
    unreadable: read.filter((item) => !item.ok && item.reason === "malformed-events").length,
    unknownFactors: read.filter((item) => !item.ok && item.reason === "unknown-factor").length,
  };
}
