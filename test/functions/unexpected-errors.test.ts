import { createHandler } from "../../src/functions/http.ts";
import { until } from "../until.ts";
import { callHandler } from "./call-handler.ts";

const secretive = new TypeError("about 84067315 for +4915123456789");
const explode = (): never => {
  throw secretive;
};
const route = {
  doing: "testing",
  budgetMs: 1_000,
  createTrace: (): { afterwards?: Promise<void> } => ({}),
  handle: () => Promise.resolve("handled"),
  failed: "failed",
  answer: (result: string) => ({ status: result === "handled" ? 200 : 503 }),
  events: (result: string) => [{ name: "an-event", properties: { result } }],
};
const unexpected = ["error: Unexpected TypeError while testing."];

test("if a handler throws, the answer and the event report the failure, and the log has only the error's name", async () => {
  const handle = () => Promise.reject(secretive);
  const { status, events, log } = await callHandler(
    (http) => createHandler(http, { ...route, handle }),
    {},
  );
  expect(status).toBe(503);
  expect(events).toMatchObject([{ name: "an-event", properties: { result: "failed" } }]);
  expect(log).toEqual(unexpected);
});

test("if an event cannot be created, the handler answers anyway, and the log has only the error's name", async () => {
  const { status, events, log } = await callHandler(
    (http) => createHandler(http, { ...route, events: explode }),
    {},
  );
  expect([status, events]).toEqual([200, []]);
  expect(log).toEqual(unexpected);
});

test("if work after the answer fails, the log has only the error's name", async () => {
  const handle = (_: unknown, __: unknown, trace: { afterwards?: Promise<void> }) => {
    trace.afterwards = Promise.reject(secretive);
    return Promise.resolve("handled");
  };
  const { status, log } = await callHandler(
    (http) => createHandler(http, { ...route, handle }),
    {},
  );
  expect(status).toBe(200);
  await until(() => log.length > 0);
  expect(log).toEqual(unexpected);
});
