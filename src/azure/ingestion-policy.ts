import { parseJson } from "../privacy/json.ts";
import { bounded } from "../timing/deadline.ts";
import type { Clock } from "../timing/clock.ts";

/** Includes the SDK's retries. A request that never ends would block its batch. */
const requestTimeoutMs = 10_000;

interface Sent {
  readonly body?: unknown;
}

interface Answered {
  readonly status: number;
  readonly bodyAsText?: string | null;
}

/**
 * Wraps the SDK's retries with one time limit.
 * @param accepted Counts the items that Application Insights accepts, by kind.
 */
export function createIngestionPolicy(clock: Clock, accepted: { events: number; others: number }) {
  return {
    name: "okta-8x8-telephony-ingestion",
    async sendRequest<Q extends Sent, A extends Answered>(
      request: Q,
      next: (request: Q) => Promise<A>,
    ): Promise<A> {
      const call = (abortSignal: AbortSignal) => next(Object.assign(request, { abortSignal }));
      const response = await bounded(clock, call, requestTimeoutMs);
      // The SDK sends each kind in separate requests.
      const kind = String(request.body).includes('"baseType":"EventData"') ? "events" : "others";
      accepted[kind] += acceptedIn(response) ?? (response.status === 200 ? itemsIn(request) : 0);
      return response;
    },
  };
}

/** With 206, and possibly with 200, only some items are accepted. */
function acceptedIn({ status, bodyAsText }: Answered): number | undefined {
  if (status !== 200 && status !== 206) return 0;
  const { itemsAccepted } = (parseJson(bodyAsText ?? "") ?? {}) as { itemsAccepted?: unknown };
  return typeof itemsAccepted === "number" ? itemsAccepted : undefined;
}

function itemsIn({ body }: Sent): number {
  const items = parseJson(String(body));
  return Array.isArray(items) ? items.length : 0;
}
