import { once } from "node:events";
import {
  createServer,
  request,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from "node:http";
import { connect, type AddressInfo } from "node:net";
import { startGateway, type Gateway } from "../../../tools/local/start/gateway.ts";
import { claimPort } from "../../../tools/local/start/ports.ts";
import { until } from "../../until.ts";

/** The server behind the gateway, and the requests that reach this server. */
let host: Server;
let arrived: IncomingMessage[];
let answer: (request: IncomingMessage, response: ServerResponse) => void;
let gateway: Gateway;
let port: number;
beforeEach(async () => {
  arrived = [];
  answer = (got, response) => got.resume().on("end", () => response.end("taken"));
  host = createServer((got, response) => {
    arrived.push(got);
    answer(got, response);
  });
  await once(host.listen(0, "127.0.0.1"), "listening");
  port = Number(await claimPort("0", "--public-port"));
  gateway = await startGateway(
    String(port),
    `http://127.0.0.1:${(host.address() as AddressInfo).port}`,
    "X-Okta-Hook",
  );
});
afterEach(async () => {
  await gateway.close();
  host.closeAllConnections();
  host.close();
});

const mebibyte = 1024 * 1024;
const path = "/api/okta/events";
const post = async (headers: Record<string, string>, body: Buffer) => {
  const sent = request({ port, host: "127.0.0.1", path, method: "POST", headers });
  sent.on("error", () => undefined).end(body);
  const [reply] = (await once(sent, "response")) as [IncomingMessage];
  reply.resume();
  return reply.statusCode;
};

/** Returns the answer to a request with these lines, or "" if the gateway cuts the connection. */
async function raw(...lines: string[]): Promise<string> {
  const socket = connect(port, "127.0.0.1").on("error", () => undefined);
  socket.write([...lines, "", ""].join("\r\n"));
  const chunks: Buffer[] = [];
  for await (const chunk of socket) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

test.each([
  [["Expect: 100-continue", "Trailer: x", "Content-Length: 0"]],
  [["Trailer: x", "Content-Length: 0"]],
  [["Transfer-Encoding: gzip, chunked", "", "0"]],
  [["TE: trailers", "Upgrade: x", "Keep-Alive: x", "Content-Length: 0"]],
])("the gateway still answers after a request with the headers %j", async (headers) => {
  await raw(`POST ${path} HTTP/1.1`, "Host: x.test", "Connection: close", ...headers);
  expect(await post({ "content-type": "application/json" }, Buffer.from("{}"))).toBe(200);
});

test("the gateway forwards only the headers that the app reads", async () => {
  const lines = ["Trailer: x", "Forwarded: for=x", "X-Forwarded-For: 192.0.2.1", "Cookie: a=b"];
  await raw(
    `POST ${path} HTTP/1.1`,
    ...["Host: x.test", "Connection: close", "Content-Length: 2", "Content-Type: application/json"],
    ...["Authorization: a", "X-Okta-Hook: b", "X-Okta-Verification-Challenge: c", ...lines],
    ...["", "{}"],
  );
  const { host: name, connection, ...headers } = arrived[0]?.headers ?? {};
  expect([name?.startsWith("127.0.0.1:"), connection]).toEqual([true, expect.anything()]);
  expect(headers).toEqual({
    authorization: "a",
    "content-length": "2",
    "content-type": "application/json",
    "x-okta-hook": "b",
    "x-okta-verification-challenge": "c",
  });
});

test("the gateway forwards only Okta's routes, and answers 404 to other routes", async () => {
  const ask = async (method: string, path: string) =>
    (await fetch(`http://127.0.0.1:${port}${path}`, { method })).status;
  const hook = "/api/okta/telephony";
  expect([await ask("POST", hook), await ask("POST", path), await ask("GET", path)]).toEqual([
    200, 200, 200,
  ]);
  for (const closed of [
    "/",
    "/page.js",
    "/api/health",
    "/sandbox/messages",
    hook,
    `${hook}/../../health`,
  ])
    expect([closed, await ask("GET", closed)]).toEqual([closed, 404]);
  for (const closed of [
    "/api/8x8/receipts",
    "/sandbox/hooks",
    "/api/v1/subaccounts/local_sms/messages",
  ])
    expect([closed, await ask("POST", closed)]).toEqual([closed, 404]);
  expect(arrived).toHaveLength(3);
});

test("the gateway forwards a body of 2 MiB, and answers 413 to a larger one itself", async () => {
  expect(await post({ "content-length": String(2 * mebibyte) }, Buffer.alloc(2 * mebibyte))).toBe(
    200,
  );
  expect(await post({ "content-length": String(2 * mebibyte + 1) }, Buffer.alloc(10))).toBe(413);
  expect(arrived).toHaveLength(1);
});

test("the gateway cuts both connections if a chunked body exceeds 2 MiB", async () => {
  const socket = connect(port, "127.0.0.1").on("error", () => undefined);
  socket.write(`POST ${path} HTTP/1.1\r\nhost: gateway\r\ntransfer-encoding: chunked\r\n\r\n`);
  const chunk = Buffer.concat([
    Buffer.from("10000\r\n"),
    Buffer.alloc(65_536),
    Buffer.from("\r\n"),
  ]);
  for (let sent = 0; sent < 33; sent++) socket.write(chunk);
  await until(() => socket.destroyed && arrived[0]?.destroyed === true);
  expect(arrived[0]?.complete).toBe(false);
});

test("the gateway answers 502 if the host does not run", async () => {
  host.close();
  expect(await post({ "content-length": "2" }, Buffer.from("{}"))).toBe(502);
});
