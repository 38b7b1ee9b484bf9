import { request } from "node:http";
import { text } from "node:stream/consumers";
import type { HookItem, Item, MessageItem } from "../../../../tools/local/phone/shown-items.ts";
import { until } from "../../../until.ts";
import { npmStart } from "../starting.ts";

export type Desk = Awaited<ReturnType<typeof startDesk>>;

/** Sends requests to the page's server. */
export function clientOf(url: string) {
  /** Unlike fetch, can send every header, including Host. */
  async function ask(
    method: string,
    path: string,
    headers: Record<string, string> = {},
    body = "",
  ) {
    const sent = request(url + path, { method, headers });
    const answered = new Promise<{ status: number; text: string; headers: object }>(
      (resolve, reject) => {
        sent.on("error", reject).on("response", (response) => {
          text(response).then((read) => {
            resolve({ status: response.statusCode ?? 0, text: read, headers: response.headers });
          }, reject);
        });
      },
    );
    sent.end(body);
    const answer = await answered;
    return { ...answer, json: () => JSON.parse(answer.text) as unknown };
  }
  const json = { "content-type": "application/json" };
  return {
    ask,
    get: (path: string) => ask("GET", path),
    /** Sends JSON, as the page does. */
    post: (path: string, body: object) => ask("POST", path, json, JSON.stringify(body)),
  };
}

/** `npm start`, with its phone page. */
export async function startDesk(args: readonly string[] = [], env: Record<string, string> = {}) {
  const command = npmStart(args, env);
  const url = await command.printed(/^Phone page: +(\S+)\/\n/m);
  const hookUrl = await command.printed(/^Okta's hook: +(\S+)\n/m);
  const stream = openStream(url);
  return {
    command,
    url,
    hookUrl,
    ...clientOf(url),
    /** Waits until the stream sends message `n` in a state for which `isReady` returns true. */
    message: (n: number, isReady?: (message: MessageItem) => unknown) =>
      stream.item<MessageItem>("message", n, isReady),
    hook: (n: number, isReady?: (hook: HookItem) => unknown) =>
      stream.item<HookItem>("hook", n, isReady),
    async stop() {
      await stream.close();
      return command.stop();
    },
  };
}

/** Reads the stream like a browser's EventSource, but does not reconnect. */
export function openStream(url: string, lastEventId?: string) {
  const gone = new AbortController();
  const events: { readonly id: string; readonly item: Item }[] = [];
  const headers: Record<string, string> =
    lastEventId === undefined ? {} : { "last-event-id": lastEventId };

  async function read(): Promise<void> {
    const { body } = await fetch(`${url}/sandbox/stream`, { headers, signal: gone.signal });
    let rest = "";
    for await (const chunk of body?.pipeThrough(new TextDecoderStream()) ?? []) {
      const parts = (rest + chunk).split("\n\n");
      rest = parts.pop() ?? "";
      for (const part of parts) {
        const [, id, data] = /^id: (.*)\ndata: (.*)$/.exec(part) ?? [];
        if (id !== undefined && data !== undefined)
          events.push({ id, item: JSON.parse(data) as Item });
      }
    }
  }
  const reading = read().catch(() => undefined);

  return {
    events,
    /** Waits until `isReady` returns true for the newest state of item `n`. */
    async item<Wanted extends Item>(
      kind: Wanted["kind"],
      n: number,
      isReady: (item: Wanted) => unknown = () => true,
    ) {
      const find = () => {
        const last = events.findLast(({ item }) => item.kind === kind && item.n === n)?.item as
          Wanted | undefined;
        return last !== undefined && isReady(last) ? last : undefined;
      };
      await until(() => find() !== undefined);
      return find() as Wanted;
    },
    async close() {
      gone.abort();
      await reading;
    },
  };
}
