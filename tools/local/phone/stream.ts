import type { ServerResponse } from "node:http";
import type { Items } from "./items.ts";

/** Changes that come at once go out together. */
const gatherForMs = 20;
/** How often a comment is sent, so that a browser notices a dead connection. */
const pingAfterMs = 15_000;

/**
 * Server-sent events: https://html.spec.whatwg.org/multipage/server-sent-events.html. A reader that
 * is slow gets the newest state of each item when it is ready for it, and nothing waits for it
 * here.
 */
export function createStream(
  items: Items,
): (response: ServerResponse, lastEventId: string | undefined) => void {
  return (response, lastEventId = "") => {
    // The id names the run too, because numbers of another run mean other items.
    const [ofRun, number] = lastEventId.split(".");
    let [run, sent] = [ofRun, Number(number)];
    let scheduled = false;
    let timer: NodeJS.Timeout | undefined;

    function flush(): void {
      scheduled = response.writableNeedDrain;
      if (scheduled) {
        response.once("drain", flush);
        return;
      }
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
      if (scheduled) return;
      scheduled = true;
      timer = setTimeout(flush, gatherForMs);
    });
    const ping = setInterval(() => response.write(": ping\n\n"), pingAfterMs);
    response.on("close", () => {
      stopListening();
      clearInterval(ping);
      clearTimeout(timer);
    });
  };
}
