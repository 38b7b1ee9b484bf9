import { requestTo8x8 } from "../../src/8x8/provider.ts";
import type { Client } from "../../src/providers/client.ts";
import { startDeadline } from "../../src/timing/clock.ts";
import { clock, closeAll, eightByEight, path, raw, sms } from "./open-clients.ts";
import { httpReply } from "./raw-server.ts";
import { until } from "../until.ts";

afterEach(closeAll);

/** Posts with a deadline after 2 s, and waits for the reply for 1 s. */
const post = (client: Client) =>
  client.post(
    requestTo8x8({ path, body: sms }, "key"),
    startDeadline(clock, 2_000),
    startDeadline(clock, 1_000),
  );

test("after `answerBy`, a written request stays open for a later reply", async () => {
  let answer = (): void => undefined;
  const { client, server } = await raw({
    onRequest: (socket) => (answer = () => socket.write(httpReply('{"a":1}'))),
  });
  const reply = post(client);
  await until(() => server.requests.length === 1);
  clock.turn(1_000);
  const { later, ...soFar } = (await reply) as { later?: Promise<unknown> };
  expect(soFar).toEqual({ kind: "unanswered", cause: "deadline" });
  answer();
  expect(await later).toMatchObject({ kind: "answered", status: 200, body: { a: 1 } });
});

test("an open request ends at the deadline, and its connection closes", async () => {
  const { client, sandbox } = await eightByEight();
  sandbox.fail("sms", { fault: "hang" });
  const reply = post(client);
  await until(() => sandbox.requests.length === 1);
  clock.turn(1_000);
  const { later } = (await reply) as { later?: Promise<unknown> };
  expect(sandbox.connections()).toBe(1);
  clock.turn(1_000);
  expect(await later).toEqual({ kind: "unanswered", cause: "deadline" });
  await until(() => sandbox.connections() === 0);
});

test("a request that is not written at `answerBy` is never written", async () => {
  const { client, sandbox } = await eightByEight();
  const reply = post(client);
  clock.turn(1_000);
  expect(await reply).toEqual({ kind: "unsent", cause: "deadline" });
  await until(() => sandbox.accepted() === 1);
  await until(() => sandbox.connections() === 0);
  expect(sandbox.requests).toEqual([]);
});
