import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { checked } from "../../../tools/bench/load.ts";
import { measure } from "../../../tools/bench/measure.ts";

let server: Server | undefined;
afterEach(() => {
  server?.close();
  server?.closeAllConnections();
});

/** A contestant that gives every request the same answer. */
async function startAnswering(status: number, body: string) {
  const listening = createServer((_, response) => response.writeHead(status).end(body));
  server = listening;
  await once(listening.listen(0, "127.0.0.1"), "listening");
  return {
    title: "tutorial",
    url: `http://127.0.0.1:${(listening.address() as AddressInfo).port}`,
    pid: process.pid,
    stop: () => Promise.resolve(),
  };
}

test.each([
  ["500", 500, ""],
  ["200 and FAILED", 200, '{"commands":[{"value":[{"status":"FAILED"}]}]}'],
])("measure() rejects if a contestant answers %s to its first request", async (_, status, body) => {
  const running = await startAnswering(status, body);
  const contestant = { title: running.title, start: () => Promise.resolve(running) };
  await expect(measure([contestant], 1)).rejects.toThrow(
    `Nothing was measured, because tutorial first answered HTTP ${status}, not SUCCESSFUL.`,
  );
});

const good = { "2xx": 1_000, non2xx: 0, mismatches: 0, errors: 0, duration: 4 };

test.each([
  ["a status other than 2xx", { "2xx": 999, non2xx: 1, mismatches: 1 }, "1 of 1000"],
  ["a 200 without SUCCESSFUL", { mismatches: 2 }, "2 of 1000"],
  ["an unanswered request", { errors: 3 }, "3 of 1003"],
  ["no request", { "2xx": 0 }, "0 of 0"],
])("checked() throws if the load has %s", (_, counts, failed) => {
  expect(() => checked("tutorial", { ...good, ...counts })).toThrow(
    `Nothing was measured, because tutorial failed ${failed} requests.`,
  );
});

test("checked() returns a load whose answers were all SUCCESSFUL", () => {
  expect(checked("tutorial", good)).toBe(good);
});
