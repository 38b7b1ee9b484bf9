import { request } from "node:http";
import { text } from "node:stream/consumers";
import type { HookItem, Item, MessageItem } from "../../../local/phone/protocol.ts";
import { until } from "../../until.ts";
import { npmStart } from "../starting.ts";

export type Desk = Awaited<ReturnType<typeof startDesk>>;

export interface DeskAnswer {
  readonly status: number;
  readonly text: string;
  readonly headers: Readonly<Record<string, unknown>>;
  json(): unknown;
}

/** `npm start`, with its phone page. */
export async function startDesk(args: readonly string[] = [], env: Record<string, string> = {}) {
  const command = npmStart(args, env);
  const url = await command.printed(/^The phone: +(\S+)\/\n/m);
  const hookUrl = await command.printed(/^Okta's hook: +(\S+)\n/m);
  const stream = openStream(url);
  /** By any header, Host too. */
  const ask = async (method: string, path: string, headers: Record<string, string> = {}, body = "") => {
    const sent = request(url + path, { method, headers });
    const answer = new Promise<DeskAnswer>((resolve, reject) => {
      sent.on("error", reject).on("response", (response) => {
        const { statusCode: status = 0, headers: answered } = response;
        text(response).then((read) => {
          resolve({ status, headers: answered, text: read, json: () => JSON.parse(read) as unknown });
        }, reject);
      });
    });
    sent.end(body);
    return answer;
  };
  const json = { "content-type": "application/json" };
  return {
    ...{ command, url, hookUrl, ask },
    get: (path: string) => ask("GET", path),
    /** JSON, as the page sends it. */
    post: (path: string, body: object) => ask("POST", path, json, JSON.stringify(body)),
    /** Waits until the stream has sent an item that is ready. */
    message: (n: number, isReady?: (message: MessageItem) => unknown) =>
      stream.item<MessageItem>("message", n, isReady),
    hook: (n: number, isReady?: (hook: HookItem) => unknown) => stream.item<HookItem>("hook", n, isReady),
    async stop() {
      await stream.close();
      return command.stop();
    },
  };
}

/** As a browser's EventSource reads it, but for the reconnection. */
export function openStream(url: string, lastEventId?: string) {
  const gone = new AbortController();
  const events: { readonly id: string; readonly item: Item }[] = [];
  const headers: Record<string, string> = lastEventId === undefined ? {} : { "last-event-id": lastEventId };

  async function read(): Promise<void> {
    const { body } = await fetch(`${url}/sandbox/stream`, { headers, signal: gone.signal });
    let rest = "";
    for await (const chunk of body?.pipeThrough(new TextDecoderStream()) ?? []) {
      const parts = (rest + chunk).split("\n\n");
      rest = parts.pop() ?? "";
      for (const part of parts) {
        const [, id, data] = /^id: (.*)\ndata: (.*)$/.exec(part) ?? [];
        if (id !== undefined && data !== undefined) events.push({ id, item: JSON.parse(data) as Item });
      }
    }
  }
  const reading = read().catch(() => undefined);

  return {
    events,
    /** Once this one says so. */
    async item<Wanted extends Item>(kind: Wanted["kind"], n: number, isReady: (item: Wanted) => unknown = () => true) {
      const find = () => {
        const last = events.findLast(({ item }) => item.kind === kind && item.n === n)?.item as Wanted | undefined;
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
