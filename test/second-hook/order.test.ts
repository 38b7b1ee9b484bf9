import { createOrder } from "../../src/providers/order.ts";
import type { Provider } from "../../src/providers/send.ts";
import { systemClock } from "../../src/timing/clock.ts";
import { authenticatedBy } from "../../tools/sandbox/okta.ts";
import { createEventHookOf } from "../app.ts";
import { sampleCodeRequest, samplePhoneNumber } from "../rules/sample-code-request.ts";
import { call, code, startTwo, type TwoProviders } from "./two-providers.ts";

let two: TwoProviders;
afterEach(() => two.close());

const minutes = (count: number) => count * 60_000;
const user = (index: number) => `00uperson${String(index).padStart(6, "0")}`;

interface Person {
  readonly userId?: string | undefined;
  readonly phoneNumber?: string;
}

async function send({ userId = user(1), phoneNumber = "+4915123456789" }: Person = {}, more = {}) {
  await two.app.post(code({ userProfile: { userId }, messageProfile: { phoneNumber, ...more } }));
  return two.asked().join(", ");
}

describe("SECOND_HOOK_FIRST_FOR", () => {
  test.each([
    ["DE,SG", "+4915123456789", "second-hook"],
    ["DE,SG", "+33612345678", "8x8"],
    // A number in an unknown range counts in every country with the calling code +1.
    ["US", "+19995550123", "second-hook"],
    ["DE,100%", "+33612345678", "second-hook"],
    ["all,-DE", "+4915123456789", "8x8"],
    ["all,-DE", "+33612345678", "second-hook"],
    // This number may be in RE or in YT.
    ["all,-RE", "+262999999999", "second-hook"],
    ["all,-RE,-YT", "+262999999999", "8x8"],
    ["all,-RE,-YT,-US", "+19995550123", "second-hook"],
  ])(
    "with SECOND_HOOK_FIRST_FOR=%s, a code to %s first goes to %s",
    async (firstFor, phoneNumber, expected) => {
      two = await startTwo({ SECOND_HOOK_FIRST_FOR: firstFor });
      expect(await send({ phoneNumber })).toBe(expected);
    },
  );

  test("a percentage selects that share of the people, and a higher percentage only adds people", () => {
    const phoneNumber = samplePhoneNumber();
    const share = (percent: number) => {
      const order = createOrder(systemClock, {
        firstFor: { countries: [], percent },
        onResend: "same",
      });
      const providers = (["8x8", "second-hook"] as const).map((name) => ({ name }) as Provider);
      return Array.from({ length: 1_000 }, (_, index) => user(index)).filter(
        (oktaUserId) =>
          order.inOrder(providers, sampleCodeRequest({ oktaUserId }), phoneNumber)[0]?.name !==
          "8x8",
      );
    };
    expect(share(0)).toHaveLength(0);
    expect(share(20).length / 10).toBeCloseTo(20, -1);
    expect(share(60).length / 10).toBeCloseTo(60, -1);
    expect(share(60)).toEqual(expect.arrayContaining(share(20)));
    expect(share(100)).toHaveLength(1_000);
  });

  test("with SECOND_HOOK_FIRST_FOR=50%, the first provider is always the same for a user, or for a number without a user", async () => {
    two = await startTwo({ SECOND_HOOK_FIRST_FOR: "50%" });
    const numbers = Array.from({ length: 20 }, (_, index) => `+491512345${1_000 + index}`);
    const firsts = async (userId: string | undefined) => {
      const all = [];
      for (const phoneNumber of numbers) {
        await two.app.post(code({ userProfile: { userId }, messageProfile: { phoneNumber } }));
        all.push(two.asked().join());
      }
      return all;
    };
    expect(new Set(await firsts(user(7))).size).toBe(1);
    const byNumber = await firsts(undefined);
    expect(new Set(byNumber).size).toBe(2);
    expect(await firsts(undefined)).toEqual(byNumber);
  });
});

describe("SECOND_HOOK_ON_RESEND", () => {
  const eventSecret = "the-event-secret-of-the-tests";
  const other = { SECOND_HOOK_ON_RESEND: "other" };

  test("with SECOND_HOOK_ON_RESEND=same, a resend first goes to the usual provider", async () => {
    two = await startTwo();
    expect([await send(), await send()]).toEqual(["8x8", "8x8"]);
  });

  test("with SECOND_HOOK_ON_RESEND=other, resends alternate between the two providers", async () => {
    two = await startTwo(other);
    expect([await send(), await send(), await send(), await send()]).toEqual([
      ...["8x8", "second-hook", "8x8", "second-hook"],
    ]);
  });

  test("with SECOND_HOOK_ON_RESEND=other, a code after five minutes first goes to the usual provider", async () => {
    two = await startTwo(other);
    await send();
    two.app.clock.turn(minutes(5));
    expect(await send()).toBe("8x8");
    two.app.clock.turn(minutes(5) - 1);
    expect(await send()).toBe("second-hook");
  });

  test("a code for another number, channel, purpose or person is not a resend", async () => {
    two = await startTwo(other);
    await send();
    expect(await send({ phoneNumber: "+4915123456780" })).toBe("8x8");
    expect(await send({}, call)).toBe("8x8");
    expect(await send({ userId: user(2) })).toBe("8x8");
    await two.app.post(
      code({
        userProfile: { userId: user(1) },
        envelope: { requestType: "com.okta.user.telephony.password-reset" },
      }),
    );
    expect(two.asked()).toEqual(["8x8"]);
    expect(await send()).toBe("second-hook");
  });

  test("with SECOND_HOOK_ON_RESEND=other, a resend first goes to 8x8 if the last code first went to the second hook", async () => {
    two = await startTwo({ ...other, SECOND_HOOK_FIRST_FOR: "all" });
    two.second.behave({ status: 500 });
    expect(await send()).toBe("8x8, second-hook");
    two.second.behave(undefined);
    expect(await send()).toBe("8x8");
    expect(await send()).toBe("second-hook");
  });

  test("after Okta reports a code as used, the next code is not a resend", async () => {
    two = await startTwo({ ...other, OKTA_EVENT_SECRET: eventSecret });
    const okta = createEventHookOf(two.app, eventSecret);
    await send();
    const published = new Date(two.app.clock.now());
    await okta.deliver([authenticatedBy("sms", { userId: user(1), published })]);
    expect(await send()).toBe("8x8");
    expect(await send()).toBe("second-hook");
  });
});
