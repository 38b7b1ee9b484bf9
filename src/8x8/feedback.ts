import { startDeadline, type Clock, type Deadline } from "../timing/clock.ts";
import type { Client } from "../providers/client.ts";
import type { ProviderSecret } from "../providers/send.ts";
import { requestTo8x8 } from "./provider.ts";

export type Feedback = ReturnType<typeof createFeedback>;

// https://developer.8x8.com/connect/docs/tutorial-sms-feedback-api
const acceptedForMs = 15 * 60_000;
const timeoutMs = 1_000;

/**
 * Reports only used codes, because Okta has no event for an unused code.
 * https://developer.8x8.com/connect/reference/api-sms-feedback
 */
export function createFeedback(
  clock: Clock,
  client: Client,
  subAccount: string,
  apiKey: Pick<ProviderSecret, "get">,
) {
  return async (
    {
      providerId,
      sentAt,
      usedAt,
    }: { readonly providerId: string; readonly sentAt: Date; readonly usedAt: Date },
    deadline: Deadline,
  ): Promise<"sent" | "failed" | "too-late"> => {
    if (clock.now() - sentAt.getTime() >= acceptedForMs) return "too-late";
    const ownDeadline = startDeadline(clock, Math.min(timeoutMs, deadline.remainingMs()));
    const [key] = await apiKey.get(ownDeadline);
    const path = `/api/v1/subaccounts/${encodeURIComponent(subAccount)}/messages/${encodeURIComponent(providerId)}/feedback`;
    const body = { outcome: "success", timestamp: usedAt.toISOString() };
    const reply =
      key === undefined
        ? undefined
        : await client.post(requestTo8x8({ path, body }, key), ownDeadline);
    ownDeadline.end();
    return reply?.kind === "answered" && reply.status === 200 ? "sent" : "failed";
  };
}
