import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { forward, said } from "./forwarding.ts";

// The limit: Node's own server and client, forwarding one call, with neither platform nor
// framework.
const server = createServer((request, response) => {
  void text(request)
    .then(forward)
    .then(() => {
      response
        .writeHead(200, { "content-type": "application/json", "content-length": said.length })
        .end(said);
    });
});
server.listen(0, "127.0.0.1", () => {
  process.send?.(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
});
process.on("disconnect", () => process.exit());
