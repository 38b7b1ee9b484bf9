import type { Socket } from "node:net";
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { closeAll, eightByEight, post, raw } from "./open-clients.ts";
import { httpReply } from "./raw-server.ts";
import { until } from "../until.ts";

afterEach(closeAll);

describe("after the request was written", () => {
  test.each([
    ["hangs", ""],
    ["sends an interim reply and hangs", "HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n"],
  ])("the client returns `unanswered` at the deadline if 8x8 %s", async (_, text) => {
    const { server, client } = await raw({ onRequest: (socket) => socket.write(text) });
    const sent = until(() => server.requests.length === 1);
    expect(await post(client, sent)).toEqual({ kind: "unanswered", cause: "deadline" });
  });

  test.each([
    ["sends a byte now and then", " ", 100],
    ["sends data without end", "x".repeat(1024), 200],
  ])(
    "the client returns the status without a body if 8x8 %s until the deadline",
    async (_, text, everyMs) => {
      let isOpen = true;
      const { client } = await raw({
        onRequest(socket) {
          socket.write('HTTP/1.1 200 OK\r\ncontent-length: 100000000\r\n\r\n{"umid":"');
          const timer = setInterval(() => socket.write(text), everyMs);
          socket.on("close", () => {
            clearInterval(timer);
            isOpen = false;
          });
        },
      });
      const answered = new Promise<unknown>((resolve) => {
        const onHeaders = (message: unknown) => {
          unsubscribe("undici:request:headers", onHeaders);
          resolve(message);
        };
        subscribe("undici:request:headers", onHeaders);
      });
      expect(await post(client, answered)).toMatchObject({
        kind: "answered",
        status: 200,
        body: undefined,
      });
      await until(() => !isOpen);
    },
  );

  test("the client returns `unanswered` after one request if 8x8 resets the connection", async () => {
    const { sandbox, client } = await eightByEight();
    sandbox.fail("sms", { fault: "reset" });
    expect(await post(client)).toEqual({ kind: "unanswered", cause: "connection-cut" });
    expect(sandbox.requests).toHaveLength(1);
  });

  test.each([
    ["closes the connection without a reply", ""],
    ["stops within the headers", "HTTP/1.1 200 OK\r\ncontent-"],
    ["sends an unrequested 100 Continue", "HTTP/1.1 100 Continue\r\n\r\n"],
    ["does not speak HTTP", "SSH-2.0-OpenSSH_9.9\r\n"],
  ])("the client returns `unanswered` after one request if 8x8 %s", async (_, text) => {
    const { server, client } = await raw({ onRequest: (socket) => socket.end(text) });
    expect(await post(client)).toEqual({ kind: "unanswered", cause: "connection-cut" });
    expect(server.requests).toHaveLength(1);
  });

  test.each([
    ["closed", (socket: Socket) => socket.end()],
    ["reset", (socket: Socket) => socket.resetAndDestroy()],
  ])(
    "the client returns the status without a body if the connection is %s during the reply",
    async (_, stop) => {
      const { client } = await raw({
        onRequest(socket) {
          socket.write("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{", () =>
            setTimeout(() => stop(socket), 20),
          );
        },
      });
      expect(await post(client)).toEqual({
        kind: "answered",
        status: 200,
        retryAfter: undefined,
        body: undefined,
        cut: "connection-cut",
      });
    },
  );

  test.each([
    ["is incomplete JSON", '{"umid":', "200 OK"],
    ["is HTML", "<html><body>Bad gateway</body></html>", "502 Bad Gateway"],
  ])("the client returns no body if the reply %s", async (_, body, status) => {
    const { client } = await raw({ onRequest: (socket) => socket.write(httpReply(body, status)) });
    expect(await post(client)).toMatchObject({ kind: "answered", body: undefined, cut: undefined });
  });

  test("if a reply exceeds 64 KiB, the client returns no body, and closes the connection", async () => {
    let closed = false;
    const { client } = await raw({
      onRequest(socket) {
        socket.on("close", () => (closed = true));
        socket.write(`HTTP/1.1 200 OK\r\ncontent-length: 100000000\r\n\r\n${" ".repeat(70_000)}`);
      },
    });
    expect(await post(client)).toMatchObject({
      kind: "answered",
      status: 200,
      body: undefined,
      cut: undefined,
    });
    await until(() => closed);
  });
});
