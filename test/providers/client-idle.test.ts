import type { Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { createClient } from "../../src/providers/client.ts";
import { closeAll, opened, post } from "./open-clients.ts";
import { httpReply, startRawServer } from "./raw-server.ts";

afterEach(closeAll);

test("the client loses no request if the server closes a connection after 5 s without a request", async () => {
  const seenAt = new Map<Socket, number>();
  const { url } = opened(
    await startRawServer({
      onConnection: (socket) => void seenAt.set(socket, performance.now()),
      onRequest(socket) {
        // After 5 s without a request, a server may close the connection. The client then loses a
        // request that is on its way.
        const idleFor = performance.now() - (seenAt.get(socket) ?? 0);
        seenAt.set(socket, performance.now());
        if (idleFor < 5_000) socket.write(httpReply('{"a":1}'));
        else socket.resetAndDestroy();
      },
    }),
  );
  const postAfter = async (idleMs: number, isFirst: boolean) => {
    const client = createClient(url);
    if (!isFirst) await post(client);
    await sleep(idleMs);
    return post(client);
  };
  const moments = [
    3_950,
    4_000,
    4_050,
    ...Array.from({ length: 15 }, (_, at) => 4_930 + at * 10),
    5_200,
    6_000,
  ];
  const replies = await Promise.all(
    moments.flatMap((ms) => [true, false].map((isFirst) => postAfter(ms, isFirst))),
  );
  expect(replies).toMatchObject(replies.map(() => ({ kind: "answered", status: 200 })));
});
