import type { ServerResponse } from "node:http";
import type { Change } from "./protocol.ts";
import type { Store } from "./store.ts";

export function sendStream(store: Store, response: ServerResponse): void {
  const send = (change: Change): void => {
    response.write(`data: ${JSON.stringify(change)}\n\n`);
  };
  response.writeHead(200, { "content-type": "text/event-stream" });
  response.write("retry: 500\n\n");
  send(store.all());
  response.on("close", store.onChange(send));
}
