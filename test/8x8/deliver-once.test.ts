import { setTimeout as sleep } from "node:timers/promises";
import type { Fault } from "../../sandbox/8x8.ts";
import { closeAll, deliverTo, eightByEight, keysOf } from "./delivering.ts";

afterEach(closeAll);

describe("there is no retry", () => {
  test.each<[string, Fault, object]>([
    ["a hang", { fault: "hang" }, { outcome: "unconfirmed", reason: "deadline" }],
    ["a reset", { fault: "reset" }, { outcome: "unconfirmed", reason: "connection-cut" }],
    ["a trickle", { fault: "trickle" }, { outcome: "unconfirmed", reason: "deadline" }],
    ["a 500", { fault: "500" }, { outcome: "unavailable", reason: "provider-error", code: "2000" }],
    ["a 502", { fault: "html-502" }, { outcome: "unavailable", reason: "provider-error", code: "502" }],
    ["a redirect", { fault: "302" }, { outcome: "unavailable", reason: "redirected" }],
    ["a 429 that says not when", { fault: "429" }, { outcome: "unavailable", reason: "rate-limited" }],
    ["a 429 that says too late", { fault: "429", retryAfter: 60 }, { outcome: "unavailable", reason: "rate-limited" }],
    ["a 403", { fault: "403" }, { outcome: "rejected", reason: "forbidden" }],
    ["a 426", { fault: "426" }, { outcome: "rejected", reason: "insecure-protocol" }],
    ["REJECTED", { fault: "rejected" }, { outcome: "rejected", reason: "invalid-number" }],
    ["garbage", { fault: "garbage" }, { outcome: "unconfirmed", reason: "unreadable-answer" }],
    ["another shape", { fault: "wrong-shape" }, { outcome: "unconfirmed", reason: "unreadable-answer" }],
  ])("after %s", async (_, fault, expected) => {
    const sandbox = await eightByEight();
    sandbox.fail(fault);
    const { outcome, calls, ms } = await deliverTo(sandbox.url)(600);
    expect(outcome).toMatchObject(expected);
    expect(calls).toHaveLength(1);
    expect(sandbox.requests).toHaveLength(1);
    expect(ms).toBeLessThan(1_600);
  });

  test("after a 401 with the same key, though the key is asked for anew", async () => {
    const sandbox = await eightByEight();
    sandbox.setApiKey("rotated");
    const keys = keysOf(["key"]);
    const { outcome, calls } = await deliverTo(sandbox.url, keys)();
    expect(outcome).toMatchObject({ outcome: "rejected", reason: "key-rejected", code: "1200" });
    expect(calls).toHaveLength(1);
    expect(keys.reloads).toBe(1);
  });

  test.each<[string, string[]]>([
    ["a 401 after which no key is left", []],
    ["a 401 whose reload outlasted the deadline", ["rotated"]],
  ])("after %s", async (name, next) => {
    const sandbox = await eightByEight();
    sandbox.setApiKey("rotated");
    const keys = keysOf(["key"], next);
    const reload = async () => {
      await sleep(name.includes("outlasted") ? 500 : 0);
      return next;
    };
    const { outcome, calls } = await deliverTo(sandbox.url, { ...keys, reload })(300);
    expect(outcome).toMatchObject({ outcome: "rejected", reason: "key-rejected" });
    expect(calls).toHaveLength(1);
  });

  test("where the budget is nearly spent", async () => {
    const sandbox = await eightByEight();
    sandbox.fail({ fault: "503" });
    const { calls } = await deliverTo(sandbox.url)(150);
    expect(calls).toHaveLength(1);
  });
});

test("a call is not created twice either: NOT_CREATED is rejected at once", async () => {
  const sandbox = await eightByEight();
  sandbox.fail({ fault: "not-created", statusCode: -1014, status: 200 });
  const { outcome, calls } = await deliverTo(sandbox.url)(2_500, "voice");
  expect(outcome).toMatchObject({ outcome: "rejected", reason: "invalid-sender", code: "-1014" });
  expect(calls).toMatchObject([{ channel: "voice", status: 200, outcome: "rejected" }]);
});
