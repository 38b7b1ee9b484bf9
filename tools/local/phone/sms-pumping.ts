import { randomInt } from "node:crypto";
import * as z from "zod";
import { channelNames } from "../../../src/rules/channels.ts";
import { newHook, type Hooks } from "./hooks.ts";

export const pumpingWish = z.strictObject({
  count: z.int().min(1).max(1_000),
  /** A phone number without its last four digits. */
  range: z.string().regex(/^\+[1-9]\d{2,10}$/, "must be a number without its last four digits"),
  people: z.int().min(0).max(100).default(0),
  requestType: z.string().max(200).default("com.okta.user.telephony.pre-enrollment"),
  channel: z.enum(channelNames).default("sms"),
});

/**
 * Sends `count` codes to different numbers of one range, as in toll fraud. Meanwhile, people get
 * codes and use them. Returns `count` when all requests are answered.
 */
export type SmsPumping = (wish: z.infer<typeof pumpingWish>) => Promise<number>;

const attackerLanes = 8;
const peopleLanes = 3;

/** @param useCodeOf Uses the code of the hook request with this n. */
export function createSmsPumping(
  hooks: Hooks,
  useCodeOf: (n: number) => Promise<unknown>,
): SmsPumping {
  return async ({ count, range, people, channel, requestType }) => {
    const send = (phoneNumber: string) =>
      hooks.send(newHook({ channel, phoneNumber, requestType }));
    const first = randomInt(10_000);
    const attack = inLanes(attackerLanes, count, async (index) => {
      // 7 and 10,000 have no common divisor, so no number is repeated.
      const number = (first + index * 7) % 10_000;
      await send(`${range}${String(number).padStart(4, "0")}`).done;
    });
    const enroll = inLanes(peopleLanes, people, async (index) => {
      // 555-0100 to 555-0199 are reserved for fiction.
      const { n, done } = send(`+120255501${String(index).padStart(2, "0")}`);
      await done;
      await useCodeOf(n);
    });
    await Promise.all([attack, enroll]);
    return count;
  };
}

async function inLanes(
  lanes: number,
  count: number,
  run: (index: number) => Promise<void>,
): Promise<void> {
  const left = Array.from({ length: count }).keys();
  const lane = async (): Promise<void> => {
    for (const index of left) await run(index);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}
