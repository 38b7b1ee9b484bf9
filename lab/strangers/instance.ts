import { once } from "node:events";
import { Agent, createServer, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/**
 * A way to the app that lets 100 requests into it at once, as an instance does with `scale.concurrency` of infra/main.bicep;
 * what comes then waits for a place.
 */
export async function startInstance(
  url: string,
  atOnce = 100,
): Promise<{ readonly url: string; readonly server: Server }> {
  const agent = new Agent({ keepAlive: true });
  const waiting: (() => void)[] = [];
  let free = atOnce;
  const leave = () => {
    const next = waiting.shift();
    if (next === undefined) free += 1;
    else next();
  };
  const server = createServer((incoming, answer) => {
    const enter = () => {
      answer.once("close", leave);
      const { method, headers } = incoming;
      const passed = request(url + String(incoming.url), { method, headers, agent }, (reply) => {
        answer.writeHead(reply.statusCode ?? 502, reply.headers);
        reply.pipe(answer);
      });
      passed.on("error", () => answer.destroy());
      incoming.pipe(passed);
    };
    if (free === 0) waiting.push(enter);
    else {
      free -= 1;
      enter();
    }
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}
