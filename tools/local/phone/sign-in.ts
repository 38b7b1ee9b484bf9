import { createEventHook, eventsOfUse } from "../../sandbox/okta.ts";
import { readHook } from "./hook-body.ts";
import type { Items } from "./items.ts";

/**
 * Uses the code of a message: the sandbox sends Okta's event to the app. Returns the status of the
 * app's answer, or a sentence that says why the app gave no answer.
 */
export type SignIn = (message: number) => Promise<number | string>;

/** @param onUsed Called if the app accepts the event. */
export function createSignIn(
  items: Items,
  url: string,
  secret: string,
  onUsed: (message: number, at: string) => void,
): SignIn {
  const events = createEventHook(url, secret);
  return async (n) => {
    const message = items.get("message", n);
    if (message === undefined) return `There is no message ${n}.`;
    const { to, channel } = message;
    const newest = items
      .all("message")
      .findLast((other) => other.to === to && other.channel === channel && other.n > n);
    if (newest !== undefined)
      return `Okta accepts only the newest code. Use the code of message ${newest.n}.`;
    const hook = message.hook === undefined ? undefined : items.get("hook", message.hook);
    const { oktaUserId, requestType } = readHook(hook?.request.body ?? "");
    if (oktaUserId === undefined)
      return "The code's user is unknown, because the page did not see the request or the request names no user.";
    const at = new Date();
    const deliveries = await events.deliver(
      eventsOfUse(channel, requestType, { userId: oktaUserId, published: at }),
    );
    const status = deliveries.at(-1)?.status;
    if (status === undefined) return "The app did not answer in 3 s.";
    if (status < 300) onUsed(n, at.toISOString());
    return status;
  };
}
