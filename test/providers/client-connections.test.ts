import { setTimeout as sleep } from "node:timers/promises";
import type { Reply } from "../../src/providers/client.ts";
import { closeAll, eightByEight, post, raw } from "./open-clients.ts";
import { httpReply } from "./raw-server.ts";
import { until } from "../until.ts";

afterEach(closeAll);

const queued = expect.objectContaining({ kind: "answered", status: 200 }) as Reply;

test("the client reuses connections for consecutive requests", async () => {
  const { sandbox, client } = await eightByEight();
  for (let count = 0; count < 50; count++) expect(await post(client)).toEqual(queued);
  // The client opens another connection if a request starts while a reply ends.
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
  const { server, client } = await raw({
    onRequest(socket, count) {
      const reply = httpReply('{"a":1}');
      socket.write(count === 1 ? reply.slice(0, -1) : reply);
    },
  });
  await post(
    client,
    until(() => server.requests.length === 1),
  );
  expect(await post(client)).toEqual(queued);
});

test("the client does not use a 408 from an idle connection as the reply to the next request", async () => {
  const timedOut = httpReply("{}", "408 Request Timeout", "connection: close\r\n");
  const { server, client } = await raw({
    onRequest(socket, count) {
      socket.write(httpReply('{"a":1}'));
      if (count === 1) setTimeout(() => socket.end(timedOut), 30);
    },
  });
  expect(await post(client)).toEqual(queued);
  await sleep(100);
  expect(await post(client)).toEqual(queued);
  expect(server.accepted()).toBe(2);
});
