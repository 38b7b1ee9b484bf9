import type { Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { Reply } from "../../src/8x8/client.ts";
import { closeAll, eightByEight, post, raw } from "./open-clients.ts";
import { httpReply } from "./raw-server.ts";
import { until } from "../until.ts";

afterEach(closeAll);

const queued = expect.objectContaining({ kind: "answered", status: 200 }) as Reply;

test("the client sends its first request on a preconnected socket, then preconnects again", async () => {
  const sockets: Socket[] = [];
  const { server, client } = await raw({
    onConnection: (socket) => sockets.push(socket),
    onRequest: (socket) => socket.write(httpReply(`{"first":${socket === sockets[0]}}`)),
  });
  await until(() => server.accepted() === 1);
  expect(server.requests).toEqual([]);
  expect(await post(client)).toMatchObject({ body: { first: true } });
  await until(() => server.accepted() === 2);
});

test("the client reuses connections for consecutive requests", async () => {
  const { sandbox, client } = await eightByEight();
  for (let count = 0; count < 50; count++) expect(await post(client)).toEqual(queued);
  // Two connections suffice. The client opens one more if a request starts just as a reply ends.
  expect(sandbox.accepted()).toBeLessThan(10);
});

test("the client ends 200 hanging requests at their deadline, and sends the next request", async () => {
  const { sandbox, client } = await eightByEight();
  sandbox.fail("sms", { fault: "hang" });
  const sent = until(() => sandbox.requests.length === 200);
  const replies = await Promise.all(Array.from({ length: 200 }, () => post(client, sent)));
  expect(replies).toEqual(replies.map(() => ({ kind: "unanswered", cause: "deadline" })));
  sandbox.recover();
  expect(await post(client)).toEqual(queued);
});

test("the client's next request succeeds after the deadline has cut a reply", async () => {
  const { sandbox, client } = await eightByEight();
  sandbox.fail("sms", { fault: "trickle" }, 1);
  await post(
    client,
    until(() => sandbox.requests.length === 1),
  );
  expect(await post(client)).toEqual(queued);
});

test("the client's request succeeds after the server has closed the preconnected socket", async () => {
  const { client } = await raw({
    onConnection: (socket) => setTimeout(() => socket.end(), 30),
    onRequest: (socket) => socket.write(httpReply('{"a":1}')),
  });
  await sleep(100);
  expect(await post(client)).toEqual(queued);
});

describe("a 408 on an idle connection", () => {
  const timedOut = httpReply("{}", "408 Request Timeout", "connection: close\r\n");
  const answers = (socket: Socket) => socket.write(httpReply('{"a":1}'));

  test("the client does not take an idle connection's 408 for a later request's reply", async () => {
    let is408Sent = false;
    const { server, client } = await raw({
      onConnection(socket) {
        if (server.accepted() === 1) socket.end(timedOut, () => (is408Sent = true));
      },
      onRequest: answers,
    });
    await until(() => is408Sent);
    await sleep(50);
    expect(await post(client)).toEqual(queued);
    expect(server.requests).toHaveLength(1);
  });

  test("the client does not take a 408 for the reply to a request that starts at the same time", async () => {
    const sockets: Socket[] = [];
    const { server, client } = await raw({
      onConnection: (socket) => sockets.push(socket),
      onRequest: answers,
    });
    await until(() => sockets.length > 0);
    const closed = new Promise((resolve) => sockets[0]?.once("close", resolve));
    sockets[0]?.end(timedOut);
    expect(await post(client)).toEqual(queued);
    expect(server.requests).toHaveLength(1);
    // The client never reads the 408, so it must destroy the socket.
    await closed;
  });
});

test.each([
  ["after a request", true],
  ["while it connects", false],
])("a client that is closed %s leaves no connection open", async (_, posts) => {
  const { sandbox, client } = await eightByEight();
  if (posts) await post(client);
  await client.close();
  await sleep(50);
  await until(() => sandbox.connections() === 0);
});
