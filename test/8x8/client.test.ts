import { setTimeout as sleep } from "node:timers/promises";
import { startDeadline } from "../../src/timing/deadline.ts";
import { clientOf, clock, closeAll, eightByEight, path, post, raw, sms } from "./open-clients.ts";
import { closedPort, httpReply } from "./raw-server.ts";
import { until } from "../until.ts";

afterEach(closeAll);

describe("a complete reply", () => {
  test("is returned with its status and JSON", async () => {
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
    "is returned with its Retry-After if the status is %s",
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

  test("is returned whole if the connection ends right after it", async () => {
    const { client } = await raw({
      onRequest: (socket) => socket.end(httpReply('{"a":1}', "200 OK", "connection: close\r\n")),
    });
    expect(await post(client)).toMatchObject({ kind: "answered", body: { a: 1 }, cut: undefined });
  });

  test("is parsed if it begins with a byte-order mark", async () => {
    const { client } = await raw({
      onRequest: (socket) => socket.end(httpReply('\ufeff{"a":1}')),
    });
    expect(await post(client)).toMatchObject({ kind: "answered", body: { a: 1 }, cut: undefined });
  });

  test("is returned if an interim reply comes first", async () => {
    const { client } = await raw({
      onRequest: (socket) =>
        socket.write(`HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n${httpReply('{"a":1}')}`),
    });
    expect(await post(client)).toMatchObject({ kind: "answered", status: 200, body: { a: 1 } });
  });
});

test("does not follow a redirect", async () => {
  const elsewhere = await eightByEight();
  const { sandbox, client } = await eightByEight();
  sandbox.fail("sms", { fault: "302", location: `${elsewhere.sandbox.url}${path}` });
  expect(await post(client)).toMatchObject({ kind: "answered", status: 302 });
  expect(elsewhere.sandbox.requests).toEqual([]);
  expect(sandbox.requests).toHaveLength(1);
});

describe("returns unsent", () => {
  test("if the connection is refused", async () => {
    const reply = await post(clientOf(`http://127.0.0.1:${await closedPort()}`));
    expect(reply).toEqual({ kind: "unsent", cause: "unreachable" });
  });

  test("if the host name does not resolve", async () => {
    const reply = await post(clientOf("https://nobody.invalid"));
    expect(reply).toEqual({ kind: "unsent", cause: "unreachable" });
  });

  test("if the server resets the connection during the TLS handshake", async () => {
    const { server } = await raw({
      onConnection: (socket) => socket.once("data", () => socket.resetAndDestroy()),
    });
    const reply = await post(clientOf(`https://127.0.0.1:${server.port}`));
    expect(reply).toEqual({ kind: "unsent", cause: "unreachable" });
  });

  test("if the deadline passes during the TLS handshake", async () => {
    // The server accepts the connection, but never continues the handshake.
    const { server } = await raw({});
    const connected = until(() => server.accepted() > 0);
    const reply = await post(clientOf(`https://127.0.0.1:${server.port}`), connected);
    expect(reply).toEqual({ kind: "unsent", cause: "deadline" });
  });

  test("without a later request if the deadline has passed before", async () => {
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

  test("if the key cannot be in a header", async () => {
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
