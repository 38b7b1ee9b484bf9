import { createServer, type Server } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import { createEventHook } from "../../sandbox/okta.ts";

interface Seen {
  readonly method: string | undefined;
  readonly authorization: string | undefined;
  readonly events: readonly unknown[];
}

let server: Server;
let url: string;
/** What it answers in turn, the last of them for good. */
let statuses: (number | "nothing")[];
const seen: Seen[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    const { method, headers } = request;
    const challenge = headers["x-okta-verification-challenge"];
    const body = method === "POST" ? json(request) : Promise.resolve({ data: { events: [] } });
    void body.then((batch) => {
      const { events } = (batch as { data: { events: unknown[] } }).data;
      seen.push({ method, authorization: headers.authorization, events });
      const status = statuses.length > 1 ? statuses.shift() : statuses[0];
      if (typeof status !== "number") return;
      response.writeHead(status).end(challenge && JSON.stringify({ verification: challenge }));
    });
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/okta/events`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  seen.length = 0;
});

test("Okta's challenge is met by its own value in a 200, and by nothing else", async () => {
  statuses = [200];
  expect(await createEventHook(url, "secret").verify()).toBe(true);
  expect(seen).toEqual([{ method: "GET", authorization: "secret", events: [] }]);
  statuses = [204];
  expect(await createEventHook(url, "secret").verify()).toBe(false);
});

test.each<[string, (number | "nothing")[], (number | undefined)[]]>([
  ["200", [200], [200]],
  ["204", [204], [204]],
  ["4xx is not repeated", [404], [404]],
  ["5xx is, once", [503, 204], [503, 204]],
  ["5xx is, and no more than once", [500], [500, 500]],
  ["no answer within 3 s is, once", ["nothing", 204], [undefined, 204]],
])("a batch is posted as Okta does: %s", async (_, answers, expected) => {
  statuses = answers;
  const deliveries = await createEventHook(url, undefined).deliver([{ uuid: 1 }, { uuid: 2 }]);
  expect(deliveries.map(({ status }) => status)).toEqual(expected);
  expect(seen).toEqual(expected.map(() => ({ method: "POST", events: [{ uuid: 1 }, { uuid: 2 }] })));
});

test("careless delivery brings each event twice, and in another order", async () => {
  statuses = [204];
  await createEventHook(url, "secret").deliverCarelessly([1, 2, 3]);
  expect(seen.map(({ events }) => events).sort()).toEqual([[1], [2], [3], [3, 2, 1]]);
});
