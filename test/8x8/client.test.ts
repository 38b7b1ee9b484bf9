import { setTimeout as sleep } from "node:timers/promises";
import { startDeadline } from "../../src/timing/deadline.ts";
import { clientOf, clock, closeAll, eightByEight, path, post, raw, sms } from "./open-clients.ts";
import { closedPort, httpAnswer } from "./raw-server.ts";
import { until } from "../until.ts";

afterEach(closeAll);

describe("a good answer", () => {
  test("is there with its status and its JSON", async () => {
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
    "a %s is one, with its Retry-After",
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

  test("that came in one packet with the connection's end is whole", async () => {
    const { client } = await raw({
      onRequest: (socket) => socket.end(httpAnswer('{"a":1}', "200 OK", "connection: close\r\n")),
    });
    expect(await post(client)).toMatchObject({ kind: "answered", body: { a: 1 }, cut: undefined });
  });

  test("is read behind a byte-order mark too", async () => {
    const { client } = await raw({
      onRequest: (socket) => socket.end(httpAnswer('\ufeff{"a":1}')),
    });
    expect(await post(client)).toMatchObject({ kind: "answered", body: { a: 1 }, cut: undefined });
  });

  test("after an interim one is the answer", async () => {
    const { client } = await raw({
      onRequest: (socket) =>
        socket.write(`HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n${httpAnswer('{"a":1}')}`),
    });
    expect(await post(client)).toMatchObject({ kind: "answered", status: 200, body: { a: 1 } });
  });
});

test("a redirect is not followed: the key stays here", async () => {
  const elsewhere = await eightByEight();
  const { sandbox, client } = await eightByEight();
  sandbox.fail("sms", { fault: "302", location: `${elsewhere.sandbox.url}${path}` });
  expect(await post(client)).toMatchObject({ kind: "answered", status: 302 });
  expect(elsewhere.sandbox.requests).toEqual([]);
  expect(sandbox.requests).toHaveLength(1);
});

describe("nothing was written, and it is unsent", () => {
  test("where the connection is refused", async () => {
    const reply = await post(clientOf(`http://127.0.0.1:${await closedPort()}`));
    expect(reply).toEqual({ kind: "unsent", cause: "unreachable" });
  });

  test("where the name is of nobody", async () => {
    const reply = await post(clientOf("https://nobody.invalid"));
    expect(reply).toEqual({ kind: "unsent", cause: "unreachable" });
  });

  test("where the other side resets before a secure connection stands", async () => {
    const { server } = await raw({
      onConnection: (socket) => socket.once("data", () => socket.resetAndDestroy()),
    });
    const reply = await post(clientOf(`https://127.0.0.1:${server.port}`));
    expect(reply).toEqual({ kind: "unsent", cause: "unreachable" });
  });

  test("where the deadline passes while connecting, and nothing is sent later", async () => {
    // A server that accepts and never shakes hands.
    const { server } = await raw({});
    const connected = until(() => server.accepted() > 0);
    const reply = await post(clientOf(`https://127.0.0.1:${server.port}`), connected);
    expect(reply).toEqual({ kind: "unsent", cause: "deadline" });
  });

  test("where the deadline has passed before", async () => {
    const { sandbox, client } = await eightByEight();
    const budget = startDeadline(clock, 1);
    clock.turn(1);
    expect(await client.post(path, sms, "key", budget)).toEqual({
      kind: "unsent",
      cause: "deadline",
    });
    await sleep(100);
    expect(sandbox.requests).toEqual([]);
  });

  test("where the key cannot stand in a header", async () => {
    const { sandbox, client } = await eightByEight();
    const budget = startDeadline(clock, 500);
    expect(await client.post(path, sms, "key\r\nx: y", budget)).toEqual({
      kind: "unsent",
      cause: "unreachable",
    });
    budget.end();
    expect(sandbox.requests).toEqual([]);
  });
});
