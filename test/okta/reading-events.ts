import { parseEventHook, readEvent, type OktaEvent } from "../../src/okta/event-hook.ts";

export interface EventBatch {
  readonly events: readonly OktaEvent[];
  readonly unreadable: number;
  readonly unknownFactors: number;
}

/** All of a batch at once; why it is none, where it is none. */
export function readBatch(body: string): EventBatch | string {
  const batch = parseEventHook(body);
  if (typeof batch === "string") return batch;
  const read = batch.map(readEvent);
  return {
    events: read.filter((event) => typeof event === "object"),
    unreadable: read.filter((event) => event === "unreadable").length,
    unknownFactors: read.filter((event) => event === "unknown-factor").length,
  };
}
