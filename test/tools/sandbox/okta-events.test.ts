import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createEventHook } from "../../../tools/sandbox/okta.ts";

/** What it answers in turn, the last of them for good. */
let statuses: (number | "nothing")[];
const server = createServer((request, response) => {
  const verification = request.headers["x-okta-verification-challenge"];
  const status = statuses.length > 1 ? statuses.shift() : statuses[0];
  if (typeof status === "number")
    response.writeHead(status).end(verification && JSON.stringify({ verification }));
});
beforeAll(() => once(server.listen(0, "127.0.0.1"), "listening"));
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const hook = () =>
  createEventHook(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`, "secret");

test("Okta's challenge is met by its own value in a 200, and by nothing else", async () => {
  statuses = [200];
  expect(await hook().verify()).toBe(true);
  statuses = [204];
  expect(await hook().verify()).toBe(false);
});

// https://developer.okta.com/docs/concepts/event-hooks/#event-hook-eligible-events
test.each<[string, (number | "nothing")[], (number | undefined)[]]>([
  ["4xx is not repeated", [404], [404]],
  ["5xx is, once", [503, 204], [503, 204]],
  ["5xx is, and no more than once", [500], [500, 500]],
  ["no answer within 3 s is, once", ["nothing", 204], [undefined, 204]],
])("a batch is posted as Okta does: %s", async (_, answers, expected) => {
  statuses = answers;
  expect((await hook().deliver([{ uuid: 1 }])).map(({ status }) => status)).toEqual(expected);
});
