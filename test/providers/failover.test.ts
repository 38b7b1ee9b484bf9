import { createFailover } from "../../src/providers/failover.ts";
import type { Reply } from "../../src/providers/client.ts";
import type { Provider } from "../../src/providers/send.ts";
import { mayBeSent, type AttemptOutcome, type ProviderName } from "../../src/rules/outcome.ts";
import { startDeadline } from "../../src/timing/clock.ts";
import { sampleCodeRequest, samplePhoneNumber } from "../rules/sample-code-request.ts";
import { createTurnedClock } from "../worker/clock.ts";

const clock = createTurnedClock();
const accepted: AttemptOutcome = { ok: true, outcome: "accepted" };
const explode = (): never => {
  throw new TypeError("about +12025550123");
};

const answered: Reply = {
  kind: "answered",
  status: 200,
  retryAfter: undefined,
  body: {},
  cut: undefined,
};

function providerWith(
  name: ProviderName,
  { createRequest, outcomeOf }: { createRequest?: () => never; outcomeOf?: () => AttemptOutcome },
): Provider {
  const channel = {
    client: {
      host: `${name}.example.com`,
      post: () => Promise.resolve(answered),
      close: () => Promise.resolve(),
    },
    createRequest: createRequest ?? (() => ({ path: "/", headers: [], body: "" })),
    outcomeOf: outcomeOf ?? (() => accepted),
  };
  const values = () => ["a secret"];
  return {
    name,
    secret: {
      current: values,
      get: () => Promise.resolve(values()),
      reload: () => Promise.resolve(values()),
      isAbsent: () => false,
    },
    channels: { sms: channel, voice: channel },
    retries: false,
    whyNot: () => undefined,
  };
}

async function sendBy(eightByEight: Provider, second?: Provider) {
  const warnings: string[] = [];
  const failover = createFailover(
    clock,
    eightByEight,
    second,
    { firstFor: { countries: [], percent: 0 }, onResend: "same" },
    (message) => warnings.push(message),
  );
  const deadline = startDeadline(clock, 2_500);
  const sent = await failover.send(sampleCodeRequest(), samplePhoneNumber(), deadline);
  deadline.end();
  return { sent, warnings };
}

test.each([
  ["before the request", { createRequest: explode }, false],
  ["after the request", { outcomeOf: explode }, true],
])("if 8x8's functions throw %s, the app asks the second hook", async (_, parts, asked) => {
  const eightByEight = providerWith("8x8", parts);
  const rescued = await sendBy(eightByEight, providerWith("second-hook", {}));
  expect(rescued.sent).toMatchObject({
    outcome: "accepted",
    provider: "second-hook",
    otherReason: "internal-error",
  });
  expect(rescued.warnings).toEqual(["Unexpected TypeError while sending by 8x8."]);
  const alone = await sendBy(eightByEight);
  expect(alone.sent).toMatchObject({ outcome: "unavailable", reason: "internal-error" });
  expect(mayBeSent(alone.sent)).toBe(asked);
});

test("if 8x8 rejects a code and the second hook's functions throw, 8x8's outcome counts", async () => {
  const rejected = { ok: false, outcome: "rejected", reason: "forbidden" } as const;
  const { sent } = await sendBy(
    providerWith("8x8", { outcomeOf: () => rejected }),
    providerWith("second-hook", { createRequest: explode }),
  );
  expect(sent).toMatchObject({
    outcome: "rejected",
    reason: "forbidden",
    otherReason: "internal-error",
  });
});
