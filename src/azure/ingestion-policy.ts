/** A request to Application Insights with all its tries: one that never ends would hold a batch for good. */
const requestTimeoutMs = 10_000;

/** As many of either kind as Application Insights took since the last count. */
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

/** Stands around the SDK's retries, bounds them all together, and counts what was taken. */
export function createIngestionPolicy(accepted: Accepted) {
  return {
    name: "okta-8x8-telephony-ingestion",
    async sendRequest<Q extends Sent, A extends Answered>(request: Q, next: (request: Q) => Promise<A>): Promise<A> {
      const abortSignal = AbortSignal.timeout(requestTimeoutMs);
      // Not everything on the way listens to the signal: the identity does not.
      const late = new Promise<never>((_, reject) => {
        abortSignal.addEventListener("abort", () => {
          reject(new Error("Application Insights did not answer in time."));
        });
      });
      const response = await Promise.race([next(Object.assign(request, { abortSignal })), late]);
      // The SDK sends each kind in requests of its own.
      const kind = String(request.body).includes('"baseType":"EventData"') ? "events" : "others";
      accepted[kind] += acceptedIn(response) ?? (response.status === 200 ? itemsIn(request) : 0);
      return response;
    },
  };
}

/** A part is refused by a 206, and may be by a 200. */
function acceptedIn({ status, bodyAsText }: Answered): number | undefined {
  if (status !== 200 && status !== 206) return 0;
  const { itemsAccepted } = parse(bodyAsText) as { itemsAccepted?: unknown };
  return typeof itemsAccepted === "number" ? itemsAccepted : undefined;
}

function itemsIn({ body }: Sent): number {
  const items = parse(body);
  return Array.isArray(items) ? items.length : 0;
}

function parse(text: unknown): object {
  try {
    return Object(JSON.parse(String(text))) as object;
  } catch {
    return {};
  }
}
