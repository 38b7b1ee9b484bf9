import { randomUUID } from "node:crypto";
import { eventBatch } from "./event-batch.ts";

/** Okta's side of an event hook: https://developer.okta.com/docs/concepts/event-hooks/ */
export interface EventHook {
  /** Sends the one-time challenge. Returns whether Okta would accept the URL. */
  verify(): Promise<boolean>;
  /**
   * Posts the events in one batch. Posts the batch once more if no answer comes in time or the
   * status is 5xx. Returns each delivery.
   */
  deliver(events: readonly unknown[]): Promise<Delivery[]>;
  /**
   * Delivers every event twice: first alone, then in one batch in reverse order. Okta may also
   * deliver an event several times, and in any order.
   */
  deliverCarelessly(events: readonly unknown[]): Promise<Delivery[]>;
}

export interface Delivery {
  /** HTTP status of the answer. Undefined if no answer came in time. */
  readonly status: number | undefined;
  readonly text: string;
  readonly ms: number;
}

/**
 * @param timeoutMs Default: Okta's timeout,
 * https://developer.okta.com/docs/concepts/event-hooks/#timeout-and-retry
 */
export function createEventHook(
  url: string,
  secret: string | undefined,
  timeoutMs = 3_000,
): EventHook {
  async function call(
    method: string,
    more: Record<string, string>,
    body: string | null = null,
  ): Promise<Delivery> {
    const start = performance.now();
    const headers = {
      accept: "application/json",
      ...(secret !== undefined && { authorization: secret }),
      ...more,
    };
    try {
      const answer = await fetch(url, {
        method,
        headers,
        body,
        signal: AbortSignal.timeout(timeoutMs),
      });
      return { status: answer.status, text: await answer.text(), ms: performance.now() - start };
    } catch {
      return { status: undefined, text: "", ms: performance.now() - start };
    }
  }

  async function deliver(events: readonly unknown[]): Promise<Delivery[]> {
    const body = JSON.stringify(eventBatch(events));
    const post = () => call("POST", { "content-type": "application/json" }, body);
    const first = await post();
    return first.status === undefined || first.status >= 500 ? [first, await post()] : [first];
  }

  return {
    async verify() {
      const value = randomUUID();
      const { status, text } = await call("GET", { "x-okta-verification-challenge": value });
      return (
        status === 200 && (JSON.parse(text) as { verification?: unknown }).verification === value
      );
    },
    deliver,
    async deliverCarelessly(events) {
      const alone = await Promise.all(events.map((event) => deliver([event])));
      return [...alone.flat(), ...(await deliver(events.toReversed()))];
    },
  };
}
