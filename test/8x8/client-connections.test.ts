import type { Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { Reply } from "../../src/8x8/client.ts";
import { closeAll, eightByEight, post, raw } from "./open-clients.ts";
import { httpAnswer } from "./raw-server.ts";
import { until } from "../until.ts";

afterEach(closeAll);

const queued = expect.objectContaining({ kind: "answered", status: 200 }) as Reply;

test("a connection stands before the first request, which uses it; another takes its place", async () => {
  const sockets: Socket[] = [];
  const { server, client } = await raw({
    onConnection: (socket) => sockets.push(socket),
    onRequest: (socket) => socket.write(httpAnswer(`{"first":${socket === sockets[0]}}`)),
  });
  await until(() => server.accepted() === 1);
  expect(server.requests).toEqual([]);
  expect(await post(client)).toMatchObject({ body: { first: true } });
  await until(() => server.accepted() === 2);
});

test("requests one after another share their connections", async () => {
  const { sandbox, client } = await eightByEight();
  for (let count = 0; count < 50; count++) expect(await post(client)).toEqual(queued);
  // Two are needed, and one more where a request follows in the very moment of an answer.
  expect(sandbox.accepted()).toBeLessThan(10);
});

test("200 requests that 8x8 leaves hanging are all back at the deadline, and the next is served at once", async () => {
  const { sandbox, client } = await eightByEight();
  sandbox.fail("sms", { fault: "hang" });
  const sent = until(() => sandbox.requests.length === 200);
  const replies = await Promise.all(Array.from({ length: 200 }, () => post(client, sent)));
  expect(replies).toEqual(replies.map(() => ({ kind: "unanswered", cause: "deadline" })));
  sandbox.recover();
  expect(await post(client)).toEqual(queued);
});

test("a connection whose answer was cut is not used again", async () => {
  const { sandbox, client } = await eightByEight();
  sandbox.fail("sms", { fault: "trickle" }, 1);
  await post(
    client,
    until(() => sandbox.requests.length === 1),
  );
  expect(await post(client)).toEqual(queued);
});

test("a preconnected socket that the other side has closed costs nothing", async () => {
  const { client } = await raw({
    onConnection: (socket) => setTimeout(() => socket.end(), 30),
    onRequest: (socket) => socket.write(httpAnswer('{"a":1}')),
  });
  await sleep(100);
  expect(await post(client)).toEqual(queued);
});

describe("a server that gives up on an idle connection with a 408", () => {
  const timedOut = httpAnswer("{}", "408 Request Timeout", "connection: close\r\n");
  const answers = (socket: Socket) => socket.write(httpAnswer('{"a":1}'));

  test("has not answered the request that comes later: it goes over another connection", async () => {
    let said = false;
    const { server, client } = await raw({
      onConnection(socket) {
        if (server.accepted() === 1) socket.end(timedOut, () => (said = true));
      },
      onRequest: answers,
    });
    await until(() => said);
    await sleep(50);
    expect(await post(client)).toEqual(queued);
    expect(server.requests).toHaveLength(1);
  });

  test("in the very moment of the request has not answered it either", async () => {
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
    // Nobody reads what it said, so that it would stay open for good.
    await closed;
  });
});

test.each([
  ["after a request", true],
  ["while it connects", false],
])("a client that is closed %s leaves no connection behind, and opens none", async (_, posts) => {
  const { sandbox, client } = await eightByEight();
  if (posts) await post(client);
  await client.close();
  await sleep(50);
  await until(() => sandbox.connections() === 0);
});
