import { createServer, request, type IncomingMessage, type Server } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { startGateway } from "../../../tools/local/start/gateway.ts";

/** Server in place of the app. `arrived` has the forwarded requests. */
let host: Server;
let arrived: IncomingMessage[];
let gateway: Awaited<ReturnType<typeof startGateway>>;
/** What the gateway has printed. */
let printed: string[];
beforeEach(async () => {
  arrived = [];
  printed = [];
  jest.spyOn(process.stdout, "write").mockImplementation((text) => printed.push(String(text)) > 0);
  host = createServer((got, response) => {
    arrived.push(got);
    got.resume().on("end", () => response.writeHead(201).end("taken"));
  });
  await once(host.listen(0, "127.0.0.1"), "listening");
  const hostUrl = `http://127.0.0.1:${(host.address() as AddressInfo).port}`;
  gateway = await startGateway("0", hostUrl, "X-Okta-Hook");
});
afterEach(async () => {
  jest.restoreAllMocks();
  await gateway.close();
  host.closeAllConnections();
  host.close();
});

/** Returns the status, or 0 if the gateway cut the connection. */
const ask = (method: string, path: string, headers = {}, body: Uint8Array = new Uint8Array()) =>
  new Promise<number | undefined>((resolve) => {
    request(gateway.url + path, { method, headers }, (answer) => {
      resolve(answer.resume().statusCode);
    })
      .on("error", () => {
        resolve(0);
      })
      .end(body);
  });
const events = "/api/okta/events";

test("the gateway forwards only the headers that the app reads", async () => {
  const read = {
    authorization: "a",
    "content-type": "application/json",
    "x-okta-hook": "b",
    "x-okta-verification-challenge": "c",
  };
  const others = { cookie: "a=b", forwarded: "for=x", "x-forwarded-for": "192.0.2.1" };
  expect(await ask("POST", events, { ...read, ...others }, Buffer.from("{}"))).toBe(201);
  expect(arrived[0]?.headers).toMatchObject({ ...read, "content-length": "2" });
  expect(Object.keys(arrived[0]?.headers ?? {}).filter((name) => name in others)).toEqual([]);
});

test("the gateway forwards only requests for Okta's routes, and answers 404 to others", async () => {
  const hook = "/api/okta/telephony";
  const open = [await ask("POST", hook), await ask("POST", events), await ask("GET", events)];
  expect(open).toEqual([201, 201, 201]);
  for (const closed of ["/", "/api/health", "/sandbox/messages", hook, `${hook}/../../health`])
    expect([closed, await ask("GET", closed)]).toEqual([closed, 404]);
  for (const closed of ["/api/8x8/receipts", "/sandbox/hooks", `//x${hook}`])
    expect([closed, await ask("POST", closed)]).toEqual([closed, 404]);
  expect(arrived).toHaveLength(3);
});

test("the gateway forwards a body of 2 MiB, and cuts the connection if a body is longer", async () => {
  const limit = 2 * 1024 * 1024;
  expect(await ask("POST", events, {}, new Uint8Array(limit))).toBe(201);
  expect(await ask("POST", events, {}, new Uint8Array(limit + 1))).toBe(0);
  const chunked = { "transfer-encoding": "chunked" };
  expect(await ask("POST", events, chunked, new Uint8Array(limit + 1))).toBe(0);
  expect(arrived).toHaveLength(1);
});

test("if the host is down, the gateway cuts the connection, prints the cause and keeps running", async () => {
  host.close();
  expect([await ask("POST", events), await ask("GET", "/")]).toEqual([0, 404]);
  expect(printed).toEqual(["A request to the app was cut. The connection failed: ECONNREFUSED.\n"]);
});
