import { create8x8 } from "../../src/8x8/provider.ts";
import { createSend, type ProviderSecret } from "../../src/providers/send.ts";
import type { Sent } from "../../src/rules/outcome.ts";
import { startDeadline, systemClock, type Clock } from "../../src/timing/clock.ts";
import type { Channel } from "../../src/rules/channels.ts";
import type { Fault } from "../../tools/sandbox/8x8.ts";
import { sampleCodeRequest, samplePhoneNumber } from "../rules/sample-code-request.ts";
import { load, voice } from "../settings/sample-settings.ts";
import { until } from "../until.ts";
import { passing } from "../worker/clock.ts";
import { clock, closeAll, start } from "./open-clients.ts";
import { closedPort } from "./raw-server.ts";

afterEach(closeAll);

/** A budget that is longer than any pause in these tests, even on a busy machine. */
const budgetMs = 60_000;

interface Keys extends ProviderSecret {
  reloads: number;
}

const keysOf = (
  first: readonly string[],
  next: readonly string[] = first,
  reloading?: () => void,
): Keys => ({
  reloads: 0,
  get: () => Promise.resolve(first),
  reload() {
    this.reloads++;
    reloading?.();
    return Promise.resolve(next);
  },
  isAbsent: () => false,
  current: () => first,
});

function fail(message: string): never {
  throw new Error(message);
}

function sendTo(url: string, keys: ProviderSecret = keysOf(["key"]), by: Clock = clock) {
  const hosts = { EIGHT_BY_EIGHT_SMS_URL: url, EIGHT_BY_EIGHT_VOICE_URL: url };
  const { channels } = load({ ...voice, ...hosts, EIGHT_BY_EIGHT_SMS_SUBACCOUNT: "acme" });
  const provider = create8x8(channels, keys);
  const send = createSend(by, fail);
  return async (channel: Channel = "sms"): Promise<Sent> => {
    const budget = startDeadline(clock, budgetMs);
    const expiresAt = new Date(Date.now() + 300_000);
    const codeRequest = sampleCodeRequest({ channel, expiresAt });
    const sent = await send(provider, codeRequest, samplePhoneNumber(), budget, true);
    budget.end();
    return sent;
  };
}

test.each(["first\nsecond", "first\r\nsecond", "kl\u0142ucz"])(
  "a key that no HTTP header may contain (%j) is never sent, has its own reason, and is read again",
  async (key) => {
    const sandbox = await start();
    const keys = keysOf([key]);
    const sent = await sendTo(sandbox.url, keys)();
    expect(sent).toMatchObject({ outcome: "unavailable", reason: "unusable-secret", attempts: [] });
    expect([sandbox.requests.length, keys.reloads]).toEqual([0, 1]);
  },
);

test.each([
  ["sms", "QUEUED"],
  ["voice", "CREATED"],
] as const)("send() sends a code by %s in one attempt", async (channel, code) => {
  const sandbox = await start();
  const { attempts, ...last } = await sendTo(sandbox.url)(channel);
  expect(last).toMatchObject({ outcome: "accepted", code, id: expect.any(String) as string });
  expect(sandbox.messages).toMatchObject([{ channel, destination: "+12025550123" }]);
  expect(attempts).toEqual([
    {
      provider: "8x8",
      channel,
      host: new URL(sandbox.url).host,
      status: 200,
      ok: true,
      outcome: "accepted",
      code,
      id: expect.any(String) as string,
      startedAt: expect.any(Date) as Date,
      durationMs: expect.any(Number) as number,
    },
  ]);
});

test("durationMs of an attempt is the time from the request to the reply", async () => {
  const sandbox = await start();
  const before = performance.now();
  const { attempts } = await sendTo(sandbox.url, keysOf(["key"]), systemClock)();
  expect(attempts[0]?.durationMs).toBeGreaterThan(0);
  expect(attempts[0]?.durationMs).toBeLessThanOrEqual(performance.now() - before);
});

test("SMS go to the host in EIGHT_BY_EIGHT_SMS_URL, and calls to the host in EIGHT_BY_EIGHT_VOICE_URL", () => {
  const urls = {
    EIGHT_BY_EIGHT_SMS_URL: "http://127.0.0.1:9",
    EIGHT_BY_EIGHT_VOICE_URL: "http://127.0.0.1:10",
  };
  const { sms, voice: calls } = create8x8(
    load({ ...voice, ...urls }).channels,
    keysOf([]),
  ).channels;
  expect([sms.client, calls?.client].map((client) => client?.host)).toEqual([
    ...["127.0.0.1:9", "127.0.0.1:10"],
  ]);
});

describe("a second attempt", () => {
  test("send() makes a second attempt if the connection was refused", async () => {
    const port = await closedPort();
    let again: (() => void) | undefined;
    const pausing = (ms: number, act: () => void) => {
      if (ms < 100) again = act;
      return ms < 100 ? () => undefined : clock.after(ms, act);
    };
    const sending = sendTo(`http://127.0.0.1:${port}`, keysOf(["key"]), {
      ...clock,
      after: pausing,
    })();
    await until(() => again !== undefined);
    const sandbox = await start(port);
    again?.();
    const { attempts } = await sending;
    expect(attempts.map(({ status, outcome }) => [status, outcome])).toEqual([
      [undefined, "unavailable"],
      [200, "accepted"],
    ]);
    expect(sandbox.messages).toHaveLength(1);
  });

  test.each<[Fault, number]>([
    [{ fault: "429", retryAfter: 1 }, 1_000],
    [{ fault: "503" }, 50],
  ])("send makes a second attempt after %j and at least %i ms", async (fault, pauseMs) => {
    const sandbox = await start();
    sandbox.fail("sms", fault, 1);
    const { attempts, ...last } = await passing(clock, sendTo(sandbox.url)());
    expect(last.outcome).toBe("accepted");
    expect(attempts.map(({ status }) => status)).toEqual([Number(fault.fault), 200]);
    const [first, second] = attempts.map(({ startedAt }) => startedAt.getTime());
    expect(Number(second) - Number(first)).toBeGreaterThanOrEqual(pauseMs);
    expect(sandbox.messages).toHaveLength(1);
  });

  test("send() makes a second attempt if the reload after a 401 returns a new key", async () => {
    const sandbox = await start();
    sandbox.setApiKey("rotated");
    const keys = keysOf(["key"], ["rotated", "key"]);
    const { attempts, ...last } = await sendTo(sandbox.url, keys)();
    expect(last.outcome).toBe("accepted");
    expect(attempts.map(({ status }) => status)).toEqual([401, 200]);
    expect([keys.reloads, sandbox.messages.length]).toEqual([1, 1]);
  });

  test("send() makes no third attempt, even after 8x8 rejects a new key", async () => {
    const sandbox = await start();
    sandbox.fail("sms", { fault: "503" });
    const last = await passing(clock, sendTo(sandbox.url)());
    expect(last).toMatchObject({ outcome: "unavailable", reason: "provider-error" });
    expect(sandbox.requests).toHaveLength(2);
    sandbox.recover();
    sandbox.setApiKey("yet another");
    const keys = keysOf(["key"], ["rotated"]);
    const refused = await sendTo(sandbox.url, keys)();
    expect(refused).toMatchObject({ reason: "key-rejected", attempts: { length: 2 } });
    expect(keys.reloads).toBe(1);
  });
});

describe("no second attempt", () => {
  test.each<[Fault, object]>([
    [{ fault: "reset" }, { outcome: "unconfirmed", reason: "connection-cut" }],
    [{ fault: "500" }, { outcome: "unavailable", reason: "provider-error", code: "2000" }],
    [{ fault: "rejected" }, { outcome: "rejected", reason: "invalid-number" }],
  ])("send makes no second attempt after the fault %j", async (fault, expected) => {
    const sandbox = await start();
    sandbox.fail("sms", fault);
    const { attempts, ...last } = await sendTo(sandbox.url)();
    expect(last).toMatchObject(expected);
    expect([attempts.length, sandbox.requests.length]).toEqual([1, 1]);
  });

  test.each<[string, Keys]>([
    ["returns the same key", keysOf(["key"])],
    ["returns no key", keysOf(["key"], [])],
    [
      "outlasts the deadline",
      keysOf(["key"], ["rotated"], () => {
        clock.turn(budgetMs);
      }),
    ],
  ])("send makes no second attempt if the reload after a 401 %s", async (_, keys) => {
    const sandbox = await start();
    sandbox.setApiKey("rotated");
    const { attempts, ...last } = await sendTo(sandbox.url, keys)();
    expect(last).toMatchObject({ outcome: "rejected", reason: "key-rejected", code: "1200" });
    expect([attempts.length, keys.reloads]).toEqual([1, 1]);
  });

  test("send() makes no attempt without a key", async () => {
    const sandbox = await start();
    const { attempts, ...last } = await sendTo(sandbox.url, keysOf([]))();
    expect(last).toEqual({
      ok: false,
      outcome: "unavailable",
      reason: "secrets-not-loaded",
      provider: "8x8",
    });
    expect([attempts, sandbox.requests]).toEqual([[], []]);
  });
});
