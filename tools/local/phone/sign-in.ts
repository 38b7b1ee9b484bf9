import { createEventHook, eventsOfUse } from "../../sandbox/okta.ts";
import type { MessageItem } from "./protocol.ts";
import { Refusal } from "./serve-own.ts";
import type { Store } from "./store.ts";

/**
 * Returns the HTTP status of the app's answer to the events of a used code.
 * @throws Refusal if the code cannot be used, or the app does not answer.
 */
export async function signIn(
  { hooks, messages }: Store,
  events: { readonly url: string; readonly secret: string },
  message: MessageItem,
): Promise<number> {
  const { n, to, channel, hook } = message;
  const newest = messages.all().findLast((other) => other.to === to && other.channel === channel);
  if (newest !== undefined && newest.n > n)
    throw new Refusal(
      409,
      `Okta accepts only the newest code. Use the code of message ${newest.n}.`,
    );
  const { oktaUserId, requestType } = hooks.get(hook)?.read ?? {};
  if (oktaUserId === undefined)
    throw new Refusal(
      409,
      "The user of this code is unknown, because the page did not see the request, or the request names no user. Send a new code from this page.",
    );
  const used = eventsOfUse(channel, requestType, { userId: oktaUserId, published: new Date() });
  const deliveries = await createEventHook(events.url, events.secret).deliver(used);
  const status = deliveries.at(-1)?.status;
  if (status === undefined) throw new Refusal(409, "The app did not answer in 3 s.");
  if (status >= 300) throw new Refusal(409, `The app answered Okta's event with HTTP ${status}.`);
  return status;
}
