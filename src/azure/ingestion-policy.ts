import { parseJson } from "../delivery/json.ts";
import { bounded } from "../timing/deadline.ts";
import type { Clock } from "../timing/clock.ts";

/**
 * For a request to Application Insights, retries included: one that never ends would hold its batch
 * for good.
 */
const requestTimeoutMs = 10_000;

/** How many of each kind Application Insights accepted since the last count. */
export interface Accepted {
  events: number;
  others: number;
}

interface Sent {
  readonly body?: unknown;
}

interface Answered {
  readonly status: number;
  readonly bodyAsText?: string | null;
}

/** Wraps the SDK's retries: one time limit for all of them, and a count of the accepted items. */
export function createIngestionPolicy(clock: Clock, accepted: Accepted) {
  return {
    name: "okta-8x8-telephony-ingestion",
    async sendRequest<Q extends Sent, A extends Answered>(
      request: Q,
      next: (request: Q) => Promise<A>,
    ): Promise<A> {
      const call = (abortSignal: AbortSignal) => next(Object.assign(request, { abortSignal }));
      const response = await bounded(clock, call, requestTimeoutMs);
      // The SDK sends each kind in requests of its own.
      const kind = String(request.body).includes('"baseType":"EventData"') ? "events" : "others";
      accepted[kind] += acceptedIn(response) ?? (response.status === 200 ? itemsIn(request) : 0);
      return response;
    },
  };
}

/** A 206 refuses some of the items, and a 200 may. */
function acceptedIn({ status, bodyAsText }: Answered): number | undefined {
  if (status !== 200 && status !== 206) return 0;
  const { itemsAccepted } = (parseJson(bodyAsText ?? "") ?? {}) as { itemsAccepted?: unknown };
  return typeof itemsAccepted === "number" ? itemsAccepted : undefined;
}

function itemsIn({ body }: Sent): number {
  const items = parseJson(String(body));
  return Array.isArray(items) ? items.length : 0;
}
