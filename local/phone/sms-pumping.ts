import { randomInt } from "node:crypto";
import * as z from "zod";
import { channelNames } from "../../src/delivery/channels.ts";
import type { Faults } from "./faults.ts";
import { newHook, type Hooks } from "./hooks.ts";
import type { Items } from "./items.ts";
import type { SignIn } from "./sign-in.ts";

export const pumpingWish = z.strictObject({
  count: z.int().min(1).max(1_000),
  /** A number less its last four digits. */
  range: z.string().regex(/^\+[1-9]\d{2,10}$/, "is a number less its last four digits: +1202555"),
  requestType: z.string().max(200).default("com.okta.user.telephony.pre-enrollment"),
  channel: z.enum(channelNames).default("sms"),
});

/** Sends codes to as many different numbers of one range, as in toll fraud. Gives how many, once all are answered. */
export type SmsPumping = (wish: z.infer<typeof pumpingWish>) => Promise<number>;

/** The guard judges enrollments only while Okta reports used codes, 20 a day or more. */
const usualSignIns = 25;
const atOnce = 8;

/** @param withoutFaults Runs something while all works: the faults that are on are for the codes of the pumping. */
export function createSmsPumping(
  items: Items,
  hooks: Hooks,
  signIn: SignIn,
  withoutFaults: Faults["without"],
): SmsPumping {
  let usual: Promise<number> | undefined;

  /** Ordinary sign-ins, once: people who get a code and use it. Gives how many did. */
  async function signInAsUsual(): Promise<number> {
    let used = 0;
    await inLanes(usualSignIns, async (index) => {
      const phoneNumber = `+1415555${String(100 + index).padStart(4, "0")}`;
      const { n, done } = hooks.send(newHook({ channel: "sms", phoneNumber }));
      await done;
      const message = items.get("hook", n)?.message;
      if (message === undefined) return;
      const status = await signIn(message);
      if (typeof status === "number" && status < 300) used++;
    });
    return used;
  }

  return async ({ count, range, channel, requestType }) => {
    // Where somebody could not sign in, because of a setting or since the app does not run, the next run tries again.
    if ((await (usual ??= withoutFaults(signInAsUsual))) < usualSignIns) usual = undefined;
    const first = randomInt(10_000);
    await inLanes(count, async (index) => {
      // 7 and 10,000 have no common divisor: no number comes twice.
      const number = (first + index * 7) % 10_000;
      const phoneNumber = `${range}${String(number).padStart(4, "0")}`;
      await hooks.send(newHook({ channel, phoneNumber, requestType })).done;
    });
    return count;
  };
}

async function inLanes(count: number, run: (index: number) => Promise<void>): Promise<void> {
  const left = Array.from({ length: count }).keys();
  const lane = async (): Promise<void> => {
    for (const index of left) await run(index);
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
}
