import { systemClock } from "../../src/timing/clock.ts";
import type { Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { createClient } from "../../src/8x8/client.ts";
import { until } from "../until.ts";
import { clock, closeAll, eightByEight, opened, post, raw } from "./open-clients.ts";
import { httpAnswer, startRawServer } from "./raw-server.ts";

afterEach(closeAll);

test("8x8 closes what has been idle for 5 s, as Node does, and that never costs a request", async () => {
  const seenAt = new Map<Socket, number>();
  const { url } = opened(
    await startRawServer({
      onConnection: (socket) => void seenAt.set(socket, performance.now()),
      onRequest(socket) {
        // Closed after 5 s, though the word of it is still under way: what is written meanwhile is
        // lost.
        const idleFor = performance.now() - (seenAt.get(socket) ?? 0);
        seenAt.set(socket, performance.now());
        if (idleFor < 5_000) socket.write(httpAnswer('{"a":1}'));
        else socket.resetAndDestroy();
      },
    }),
  );
  /**
   * A request in one of the moments in which it can be written while the connection is being
   * closed.
   */
  const postAfter = async (idleMs: number, isFirst: boolean) => {
    const client = opened(createClient(systemClock, url));
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

test("the preconnected one is renewed before, and the old one is let go", async () => {
  const { sandbox } = await eightByEight();
  await until(() => sandbox.accepted() === 1);
  clock.turn(4_500);
  await until(() => sandbox.accepted() === 2 && sandbox.connections() === 1);
});

test("after several requests one connection is renewed, and not one for each request", async () => {
  const { server, client } = await raw({
    onRequest: (socket) => socket.end(httpAnswer('{"a":1}', "200 OK", "connection: close\r\n")),
  });
  for (let requests = 1; requests <= 5; requests++) {
    await until(() => server.accepted() === requests);
    await post(client);
  }
  await until(() => server.accepted() === 6);
  clock.turn(4_000);
  await until(() => server.accepted() > 6);
  // Others would have been opened in the same moment.
  await sleep(100);
  expect(server.accepted()).toBe(7);
});
