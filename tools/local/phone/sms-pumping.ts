import { randomInt } from "node:crypto";
import * as z from "zod";
import { channelNames } from "../../../src/delivery/channels.ts";
import { newHook, type Hooks } from "./hooks.ts";

export const pumpingWish = z.strictObject({
  count: z.int().min(1).max(1_000),
  /** A number less its last four digits. */
  range: z.string().regex(/^\+[1-9]\d{2,10}$/, "is a number less its last four digits: +1202555"),
  requestType: z.string().max(200).default("com.okta.user.telephony.pre-enrollment"),
  channel: z.enum(channelNames).default("sms"),
});

/**
 * Sends codes to as many different numbers of one range, as in toll fraud. Gives how many, once all
 * are answered.
 */
export type SmsPumping = (wish: z.infer<typeof pumpingWish>) => Promise<number>;

const atOnce = 8;

export function createSmsPumping(hooks: Hooks): SmsPumping {
  return async ({ count, range, channel, requestType }) => {
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
