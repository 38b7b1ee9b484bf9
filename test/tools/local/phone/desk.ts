import { request } from "node:http";
import { text } from "node:stream/consumers";
import type { Change, HookItem, MessageItem } from "../../../../tools/local/phone/protocol.ts";
import { until } from "../../../until.ts";
import { npmStart } from "../starting.ts";

export type Desk = Awaited<ReturnType<typeof startDesk>>;

export function clientOf(url: string) {
  /** Sends a request with any headers, even Host, which fetch does not send. */
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
    post: (path: string, body: object) => ask("POST", path, json, JSON.stringify(body)),
  };
}

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
    stream,
    message: (n: number, isReady: (message: MessageItem) => unknown = () => true) =>
      arrived(() => stream.now().messages.get(n), isReady),
    hook: (n: number, isReady: (hook: HookItem) => unknown = () => true) =>
      arrived(() => stream.now().hooks.get(n), isReady),
    async stop() {
      await stream.close();
      return command.stop();
    },
  };
}

async function arrived<Item>(
  find: () => Item | undefined,
  isReady: (item: Item) => unknown,
): Promise<Item> {
  await until(() => {
    const item = find();
    return item !== undefined && Boolean(isReady(item));
  });
  return find() as Item;
}

function openStream(url: string) {
  const gone = new AbortController();
  const changes: Change[] = [];

  async function read(): Promise<void> {
    const { body } = await fetch(`${url}/sandbox/stream`, { signal: gone.signal });
    let rest = "";
    for await (const chunk of body?.pipeThrough(new TextDecoderStream()) ?? []) {
      const parts = (rest + chunk).split("\n\n");
      rest = parts.pop() ?? "";
      for (const part of parts)
        if (part.startsWith("data: ")) changes.push(JSON.parse(part.slice(6)) as Change);
    }
  }
  const reading = read().catch(() => undefined);

  return {
    changes,
    now() {
      const since = changes.slice(
        Math.max(
          0,
          changes.findLastIndex(({ all }) => all),
        ),
      );
      return {
        hooks: new Map(since.flatMap(({ hooks = [] }) => hooks.map((hook) => [hook.n, hook]))),
        messages: new Map(
          since.flatMap(({ messages = [] }) => messages.map((message) => [message.n, message])),
        ),
        faults: since.findLast(({ faults }) => faults)?.faults ?? [],
      };
    },
    async close() {
      gone.abort();
      await reading;
    },
  };
}
