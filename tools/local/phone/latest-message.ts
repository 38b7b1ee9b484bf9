import type { MessageItem } from "./protocol.ts";
import { Refusal } from "./serve-own.ts";
import type { Store } from "./store.ts";

const waitLimitS = 60;

/**
 * Returns the newest message to the number `to` (with or without plus) whose n is larger than
 * `after`. Waits up to `wait` seconds for such a message.
 * @throws Refusal if no such message arrives, or the query is invalid.
 */
export async function latestMessage(
  { messages, onChange }: Store,
  query: URLSearchParams,
  gone: AbortSignal,
): Promise<MessageItem> {
  const to = query.get("to")?.replaceAll(/\D/g, "");
  if (to === "") throw new Refusal(400, "to must be a phone number, such as +12025550123.");
  const after = Number(query.get("after") ?? 0);
  if (Number.isNaN(after)) throw new Refusal(400, "after must be the n of a message.");
  const wait = Number(query.get("wait") ?? 0);
  if (!(wait >= 0 && wait <= waitLimitS))
    throw new Refusal(400, `wait must be 0 to ${waitLimitS} seconds.`);
  const find = (): MessageItem | undefined =>
    messages
      .all()
      .findLast((message) => message.n > after && (to === undefined || message.to === `+${to}`));
  const found =
    find() ??
    (await new Promise<MessageItem | undefined>((resolve) => {
      const end = (): void => {
        stopListening();
        clearTimeout(timer);
        resolve(find());
      };
      const stopListening = onChange(() => {
        if (find() !== undefined) end();
      });
      const timer = setTimeout(end, wait * 1_000);
      gone.addEventListener("abort", end);
    }));
  if (found === undefined)
    throw new Refusal(404, "No message that matches the query arrived in time.");
  return found;
}
