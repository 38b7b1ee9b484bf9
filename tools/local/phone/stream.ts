import type { ServerResponse } from "node:http";
import type { Items } from "./items.ts";

/** Time in ms. Changes within this time are sent together. */
const gatherForMs = 20;
/** Interval in ms at which a comment is sent, so that a browser notices a dead connection. */
const pingAfterMs = 15_000;

/** Server-sent events: https://html.spec.whatwg.org/multipage/server-sent-events.html. */
export function createStream(
  items: Items,
): (response: ServerResponse, lastEventId: string | undefined) => void {
  return (response, lastEventId = "") => {
    // The id contains the run, because the same seq is another item in another run.
    const [ofRun, number] = lastEventId.split(".");
    let [run, sent] = [ofRun, Number(number)];
    let timer: NodeJS.Timeout | undefined;

    function flush(): void {
      timer = undefined;
      if (run !== items.run()) {
        run = items.run();
        sent = 0;
        response.write(`event: run\ndata: ${run}\n\n`);
      }
      const news = items.since(sent);
      sent = news.at(-1)?.seq ?? sent;
      response.write(
        news.map((item) => `id: ${run}.${item.seq}\ndata: ${JSON.stringify(item)}\n\n`).join(""),
      );
    }

    response.writeHead(200, { "content-type": "text/event-stream" });
    response.write("retry: 500\n\n");
    flush();
    const stopListening = items.onChange(() => {
      timer ??= setTimeout(flush, gatherForMs);
    });
    const ping = setInterval(() => response.write(": ping\n\n"), pingAfterMs);
    response.on("close", () => {
      stopListening();
      clearInterval(ping);
      clearTimeout(timer);
    });
  };
}
