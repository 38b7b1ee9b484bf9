import { randomUUID } from "node:crypto";
import { eventBatch } from "./event-batch.ts";

/** Okta's side of an event hook: https://developer.okta.com/docs/concepts/event-hooks/ */
export interface EventHook {
  /** The one-time challenge; whether Okta takes the URL for good. */
  verify(): Promise<boolean>;
  /**
   * Posts a batch, once more where the answer is late or an error of the server's. What each try
   * was answered.
   */
  deliver(events: readonly unknown[]): Promise<Delivery[]>;
  /**
   * At least once, and in any order: every event comes twice, alone and in a batch that is turned
   * around.
   */
  deliverCarelessly(events: readonly unknown[]): Promise<Delivery[]>;
}

export interface Delivery {
  /** Undefined where no answer came in time. */
  readonly status: number | undefined;
  readonly text: string;
  readonly ms: number;
}

/**
 * @param timeoutMs How long Okta waits
 * (https://developer.okta.com/docs/concepts/event-hooks/#timeout-and-retry), unless a test judges
 * something else.
 */
export function createEventHook(
  url: string,
  secret: string | undefined,
  timeoutMs = 3_000,
): EventHook {
  async function call(
    method: string,
    more: Record<string, string>,
    body: Buffer | null = null,
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
    // As bytes: of a string, fetch would say that it is text/plain.
    const body = Buffer.from(JSON.stringify(eventBatch(events)));
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
