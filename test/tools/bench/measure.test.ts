import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { send } from "../../../tools/bench/measure.ts";

test("send() rejects with the name of a build that does not answer SUCCESSFUL", async () => {
  const failed = '{"commands":[{"value":[{"status":"FAILED"}]}]}';
  const server = createServer((_, response) => response.end(failed)).listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await expect(send({ name: "1a2b3c4d", url })).rejects.toThrow(
    "Nothing was measured, because 1a2b3c4d did not answer SUCCESSFUL (HTTP 200).",
  );
  server.close();
  server.closeAllConnections();
});
