import { randomInt, randomUUID } from "node:crypto";
import * as z from "zod";
import { hookBody, oktaChannels } from "../sandbox/okta.ts";
import type { Channel } from "../../src/delivery/channels.ts";

/**
 * A hook that sends nothing under any setting: its code expired an hour ago, which is refused
 * before 8x8 is called.
 */
export function expiredCode(channel: Channel = "sms"): object {
  return newCode("+12025550123", new Date(Date.now() - 3_600_000), channel);
}

/** A hook that really sends, to a phone that somebody holds. */
export function liveCode(phoneNumber: string, channel: Channel): object {
  return newCode(phoneNumber, new Date(Date.now() + 300_000), channel);
}

function newCode(phoneNumber: string, otpExpires: Date, channel: Channel): object {
  const otpCode = String(randomInt(1_000_000)).padStart(6, "0");
  return hookBody({
    // Letters alone: what may hold a code is hashed in telemetry, and its event is looked for by
    // this id.
    envelope: {
      eventId: `Verify-${randomUUID().replaceAll(/[\d-]/g, (digit) => "GHJKMNPQRS"[Number(digit)] ?? "")}`,
    },
    messageProfile: {
      phoneNumber,
      otpExpires: otpExpires.toISOString(),
      deliveryChannel: oktaChannels[channel].deliveryChannel,
      otpCode,
      msgTemplate: `Your code is ${otpCode}`,
    },
  });
}

// Okta hands an answer on as {error, commands, debugContext}; that debugContext is among it is not
// documented, so the metadata, which is, says the same.
const details = z.object({
  outcome: z.string(),
  reason: z.string().nullish(),
  secretVersion: z.number().int().positive().nullish(),
});
const answer = z.object({
  commands: z.tuple([
    z.object({ value: z.tuple([z.object({ transactionMetadata: z.string() })]) }),
  ]),
});

export type OwnDetails = z.infer<typeof details>;

/** What our app said of itself; undefined where it was not our app that answered. */
export function readDetails(body: unknown): OwnDetails | undefined {
  const read = answer.safeParse(body);
  if (!read.success) return undefined;
  try {
    return details.parse(JSON.parse(read.data.commands[0].value[0].transactionMetadata));
  } catch {
    return undefined;
  }
}

/**
 * Any refusal of ours proves the same, because a country list may refuse before the code's age
 * does.
 */
export function isProof(found: OwnDetails | undefined): boolean {
  return found?.outcome === "refused";
}

/**
 * Asks the hook's URL itself, with a secret that Okta need not know yet. What it says; undefined
 * where it refuses the secret or is not ours.
 */
export async function askUrl(
  url: string,
  header: string,
  hookSecret: string,
): Promise<OwnDetails | undefined> {
  try {
    const reply = await fetch(url, {
      method: "POST",
      headers: {
        accept: "application/json",
        "content-type": "application/json",
        [header]: hookSecret,
      },
      body: JSON.stringify(expiredCode()),
      redirect: "error",
      signal: AbortSignal.timeout(3_000),
    });
    return reply.ok ? readDetails(await reply.json()) : undefined;
  } catch {
    return undefined;
  }
}
