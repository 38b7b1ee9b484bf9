import { getEventListeners } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { requestTo8x8 } from "../../src/8x8/provider.ts";
import { startDeadline } from "../../src/timing/clock.ts";
import { createClient } from "../../src/providers/client.ts";
import { clock, closeAll, eightByEight, path, post, raw, sms } from "./open-clients.ts";
import { closedPort, httpReply } from "./raw-server.ts";
import { until } from "../until.ts";

afterEach(closeAll);

describe("a complete reply", () => {
  test("after a reply, the client has removed its listener from the deadline's signal", async () => {
    const { client } = await eightByEight();
    const deadline = startDeadline(clock, 600_000);
    await client.post(requestTo8x8({ path, body: sms }, "key"), deadline);
    expect(getEventListeners(deadline.signal, "abort")).toEqual([]);
  });

  test("the client posts JSON with the key, and returns the reply's status and JSON", async () => {
    const { sandbox, client } = await eightByEight();
    const reply = await post(client);
    expect(reply).toMatchObject({
      kind: "answered",
      status: 200,
      cut: undefined,
      body: { status: { code: "QUEUED" } },
    });
    expect(sandbox.requests).toMatchObject([
      {
        method: "POST",
        path,
        body: sms,
        headers: {
          authorization: "Bearer key",
          "content-type": "application/json",
          accept: "application/json",
        },
      },
    ]);
  });

  test.each(["429", "503", "500", "401"] as const)(
    "the client returns the status, body and Retry-After of a %s reply",
    async (fault) => {
      const { sandbox, client } = await eightByEight();
      sandbox.fail("sms", fault === "429" ? { fault, retryAfter: 7 } : { fault });
      const reply = await post(client);
      expect(reply).toMatchObject({
        kind: "answered",
        status: Number(fault),
        retryAfter: fault === "429" ? "7" : undefined,
        body: { code: expect.any(Number) as number },
      });
    },
  );

  test("the client returns the whole reply if the connection ends right after it", async () => {
    const { client } = await raw({
      onRequest: (socket) => socket.end(httpReply('{"a":1}', "200 OK", "connection: close\r\n")),
    });
    expect(await post(client)).toMatchObject({ kind: "answered", body: { a: 1 }, cut: undefined });
  });

  test("the client returns the final reply after an interim reply", async () => {
    const { client } = await raw({
      onRequest: (socket) =>
        socket.write(`HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n${httpReply('{"a":1}')}`),
    });
    expect(await post(client)).toMatchObject({ kind: "answered", status: 200, body: { a: 1 } });
  });
});

test("the client does not follow a redirect", async () => {
  const elsewhere = await eightByEight();
  const { sandbox, client } = await eightByEight();
  sandbox.fail("sms", { fault: "302", location: `${elsewhere.sandbox.url}${path}` });
  expect(await post(client)).toMatchObject({ kind: "answered", status: 302 });
  expect(elsewhere.sandbox.requests).toEqual([]);
  expect(sandbox.requests).toHaveLength(1);
});

describe("a request that cannot be sent", () => {
  test("the client returns `unsent` if the connection is refused", async () => {
    const reply = await post(createClient(`http://127.0.0.1:${await closedPort()}`));
    expect(reply).toEqual({ kind: "unsent", cause: "unreachable" });
  });

  test("the client returns `unsent` if the host name does not resolve", async () => {
    const reply = await post(createClient("https://nobody.invalid"));
    expect(reply).toEqual({ kind: "unsent", cause: "unreachable" });
  });

  test("the client returns `unsent` if the server resets the connection during the TLS handshake", async () => {
    const { server } = await raw({
      onConnection: (socket) => socket.once("data", () => socket.resetAndDestroy()),
    });
    const reply = await post(createClient(`https://127.0.0.1:${server.port}`));
    expect(reply).toEqual({ kind: "unsent", cause: "unreachable" });
  });

  test("the client returns `unsent` if the deadline passes during the TLS handshake", async () => {
    // The server accepts the connection, but never continues the handshake.
    const { server } = await raw({});
    const connected = until(() => server.accepted() > 0);
    const reply = await post(createClient(`https://127.0.0.1:${server.port}`), connected);
    expect(reply).toEqual({ kind: "unsent", cause: "deadline" });
  });

  test("the client returns `unsent`, and sends nothing, if the deadline has already passed", async () => {
    const { sandbox, client } = await eightByEight();
    const budget = startDeadline(clock, 1);
    clock.turn(1);
    expect(await client.post(requestTo8x8({ path, body: sms }, "key"), budget)).toEqual({
      kind: "unsent",
      cause: "deadline",
    });
    await sleep(100);
    expect(sandbox.requests).toEqual([]);
  });

  test("a request that is not written at `answerBy` is never written", async () => {
    const { sandbox, client } = await eightByEight();
    const [deadline, answerBy] = [startDeadline(clock, 2_000), startDeadline(clock, 1_000)];
    const reply = client.post(requestTo8x8({ path, body: sms }, "key"), deadline, answerBy);
    clock.turn(1_000);
    expect(await reply).toEqual({ kind: "unsent", cause: "deadline" });
    await until(() => sandbox.accepted() === 1);
    await until(() => sandbox.connections() === 0);
    expect(sandbox.requests).toEqual([]);
  });

  test("the client returns `unsent`, and sends nothing, if the key is not a valid header value", async () => {
    const { sandbox, client } = await eightByEight();
    const budget = startDeadline(clock, 500);
    expect(await client.post(requestTo8x8({ path, body: sms }, "key\r\nx: y"), budget)).toEqual({
      kind: "unsent",
      cause: "unreachable",
    });
    budget.end();
    expect(sandbox.requests).toEqual([]);
  });
});
