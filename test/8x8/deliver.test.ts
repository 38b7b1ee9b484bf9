import { setTimeout as sleep } from "node:timers/promises";
import type { Fault } from "../../sandbox/8x8.ts";
import { closeAll, deliverTo, eightByEight, keysOf } from "./delivering.ts";
import { closedPort } from "./raw-server.ts";

afterEach(closeAll);

test.each([
  ["sms", "QUEUED"],
  ["voice", "CREATED"],
] as const)("a code by %s is accepted at the first try", async (channel, code) => {
  const sandbox = await eightByEight();
  const { outcome, calls } = await deliverTo(sandbox.url)(2_500, channel);
  expect(outcome).toMatchObject({ outcome: "accepted", code, id: expect.any(String) as string });
  expect(sandbox.messages).toMatchObject([{ channel, destination: "+12025550123" }]);
  expect(calls).toEqual([
    {
      channel,
      host: new URL(sandbox.url).host,
      startedAt: expect.any(Date) as Date,
      durationMs: expect.any(Number) as number,
      status: 200,
      outcome: "accepted",
    },
  ]);
});

describe("there is a retry", () => {
  test("where the connection was refused, and it is accepted", async () => {
    const port = await closedPort();
    const deliver = deliverTo(`http://127.0.0.1:${port}`);
    await sleep(20);
    const delivering = deliver();
    // The first try is over by then, and the pause before the second is not.
    await sleep(15);
    const sandbox = await eightByEight(port);
    const { outcome, calls } = await delivering;
    expect(calls.map(({ status, outcome }) => [status, outcome])).toEqual([
      [undefined, "unavailable"],
      [200, "accepted"],
    ]);
    expect(outcome.outcome).toBe("accepted");
    expect(sandbox.messages).toHaveLength(1);
  });

  test.each<[string, Fault]>([
    ["a 429 whose Retry-After fits", { fault: "429", retryAfter: 1 }],
    ["a 503", { fault: "503" }],
  ])("after %s", async (_, fault) => {
    const sandbox = await eightByEight();
    sandbox.fail(fault, 1);
    const { outcome, calls, ms } = await deliverTo(sandbox.url)();
    expect(outcome.outcome).toBe("accepted");
    expect(calls.map(({ status }) => status)).toEqual([Number(fault.fault), 200]);
    expect(sandbox.messages).toHaveLength(1);
    if ("retryAfter" in fault) expect(ms).toBeGreaterThan(990);
  });

  test("after a 401 for which the reload brought another key", async () => {
    const sandbox = await eightByEight();
    sandbox.setApiKey("rotated");
    const keys = keysOf(["key"], ["rotated", "key"]);
    const { outcome, calls } = await deliverTo(sandbox.url, keys)();
    expect(outcome.outcome).toBe("accepted");
    expect(calls.map(({ status }) => status)).toEqual([401, 200]);
    expect(keys.reloads).toBe(1);
    expect(sandbox.messages).toHaveLength(1);
  });

  test("and no third", async () => {
    const sandbox = await eightByEight();
    sandbox.fail({ fault: "503" });
    const { outcome, calls } = await deliverTo(sandbox.url)();
    expect(outcome).toMatchObject({ outcome: "unavailable", reason: "provider-error" });
    expect(calls).toHaveLength(2);
    expect(sandbox.requests).toHaveLength(2);
  });

  test("and no third for a key that is refused as well", async () => {
    const sandbox = await eightByEight();
    sandbox.setApiKey("yet another");
    const keys = keysOf(["key"], ["rotated"]);
    const { outcome, calls } = await deliverTo(sandbox.url, keys)();
    expect(outcome).toMatchObject({ outcome: "rejected", reason: "key-rejected" });
    expect(calls).toHaveLength(2);
    expect(keys.reloads).toBe(1);
  });
});

describe("there is no retry", () => {
  test.each<[string, Fault, object]>([
    ["a hang", { fault: "hang" }, { outcome: "unconfirmed", reason: "deadline" }],
    ["a reset", { fault: "reset" }, { outcome: "unconfirmed", reason: "connection-cut" }],
    ["a 500", { fault: "500" }, { outcome: "unavailable", reason: "provider-error", code: "2000" }],
    ["REJECTED", { fault: "rejected" }, { outcome: "rejected", reason: "invalid-number" }],
  ])("after %s", async (_, fault, expected) => {
    const sandbox = await eightByEight();
    sandbox.fail(fault);
    const { outcome, calls } = await deliverTo(sandbox.url)();
    expect(outcome).toMatchObject(expected);
    expect(calls).toHaveLength(1);
    expect(sandbox.requests).toHaveLength(1);
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
      await sleep(name.includes("outlasted") ? 3_000 : 0);
      return next;
    };
    const { outcome, calls } = await deliverTo(sandbox.url, { ...keys, reload })(2_000);
    expect(outcome).toMatchObject({ outcome: "rejected", reason: "key-rejected" });
    expect(calls).toHaveLength(1);
  });
});

test("without a key nothing is sent", async () => {
  const sandbox = await eightByEight();
  const { outcome, calls } = await deliverTo(sandbox.url, keysOf([]))();
  expect(outcome).toEqual({ outcome: "unavailable", reason: "secrets-not-loaded" });
  expect(calls).toEqual([]);
  expect(sandbox.requests).toEqual([]);
});

test("a refused connection is unavailable after two tries, and does not wait for the deadline", async () => {
  const { outcome, calls } = await deliverTo(`http://127.0.0.1:${await closedPort()}`)();
  expect(outcome).toEqual({ outcome: "unavailable", reason: "unreachable" });
  expect(calls).toHaveLength(2);
});
