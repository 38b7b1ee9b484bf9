import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createEventHook } from "../../../tools/sandbox/okta.ts";

/** Statuses of the hook's answers, in order. The last status repeats. */
let statuses: number[];
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

test("verify() returns true for a 200 with the challenge's value, and false for a 204", async () => {
  statuses = [200];
  expect(await hook().verify()).toBe(true);
  statuses = [204];
  expect(await hook().verify()).toBe(false);
});

// https://developer.okta.com/docs/concepts/event-hooks/#event-hook-eligible-events
test.each<[string, number[], (number | undefined)[]]>([
  ["once after a 4xx", [404], [404]],
  ["again after a 5xx", [503, 204], [503, 204]],
  ["at most twice after 5xx", [500], [500, 500]],
])("deliver() posts a batch %s", async (_, answers, expected) => {
  statuses = answers;
  expect((await hook().deliver([{ uuid: 1 }])).map(({ status }) => status)).toEqual(expected);
});
