import { createEventHook, eventsOfUse, sentByOkta } from "../../sandbox/okta.ts";
import type { HookItem, MessageItem } from "./protocol.ts";
import { Refusal } from "./serve-own.ts";
import type { Store } from "./store.ts";

interface Events {
  readonly url: string;
  readonly secret: string;
}

/**
 * Returns the HTTP status of the app's answer to the events of a used code.
 * @throws Refusal if the code cannot be used, or the app does not answer.
 */
export async function signIn(
  { hooks, messages }: Store,
  events: Events,
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
  return deliver(events, used);
}

/**
 * Sends Okta's event that Okta's own provider sent the code of the request.
 * @throws Refusal if the app does not answer.
 */
export async function reportFallback(events: Events, { read }: HookItem): Promise<void> {
  const { channel = "sms", oktaUserId: userId } = read;
  await deliver(events, [sentByOkta(channel, true, { ...(userId && { userId }) })]);
}

async function deliver({ url, secret }: Events, events: readonly object[]): Promise<number> {
  const deliveries = await createEventHook(url, secret).deliver(events);
  const status = deliveries.at(-1)?.status;
  if (status === undefined) throw new Refusal(409, "The app did not answer in 3 s.");
  if (status >= 300) throw new Refusal(409, `The app answered Okta's event with HTTP ${status}.`);
  return status;
}
