import { systemClock } from "../../src/timing/clock.ts";
import type { Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { createClient, type Reply } from "../../src/8x8/client.ts";
import { until } from "../until.ts";
import { clock, closeAll, eightByEight, post } from "./open-clients.ts";
import { httpAnswer, startRawServer } from "./raw-server.ts";

afterEach(closeAll);

const queued = expect.objectContaining({ kind: "answered", status: 200 }) as Reply;

describe("8x8 closes what has been idle for 5 s, as Node does", () => {
  let replies: Reply[];

  /** A request of each client in one of the moments in which it can be written while the connection is being closed. */
  async function postAroundTheClosing(): Promise<Reply[]> {
    const seenAt = new Map<Socket, number>();
    const server = await startRawServer({
      onConnection: (socket) => void seenAt.set(socket, performance.now()),
      onRequest(socket) {
        // Closed after 5 s, though the word of it is still under way: what is written meanwhile is lost.
        const idleFor = performance.now() - (seenAt.get(socket) ?? 0);
        seenAt.set(socket, performance.now());
        if (idleFor < 5_000) socket.write(httpAnswer('{"a":1}'));
        else socket.resetAndDestroy();
      },
    });
    const moments = [
      3_950,
      4_000,
      4_050,
      ...Array.from({ length: 15 }, (_, index) => 4_930 + index * 10),
      5_200,
      6_000,
    ];
    const clients = moments.flatMap((moment) =>
      [true, false].map((warm) => ({ client: createClient(systemClock, server.url), moment, warm })),
    );
    const all = await Promise.all(
      clients.map(async ({ client, moment, warm }) => {
        if (warm) await post(client);
        await sleep(moment);
        return post(client);
      }),
    );
    for (const { client } of clients) await client.close();
    await server.close();
    return all;
  }

  beforeAll(async () => {
    replies = await postAroundTheClosing();
  }, 60_000);

  test("and that never costs a request", () => {
    expect(replies).toEqual(replies.map(() => queued));
  });

  test("the preconnected one is renewed before, and the old one is let go", async () => {
    const { sandbox } = await eightByEight();
    await until(() => sandbox.accepted() === 1);
    clock.turn(4_500);
    await until(() => sandbox.accepted() === 2 && sandbox.connections() === 1);
  });
});
