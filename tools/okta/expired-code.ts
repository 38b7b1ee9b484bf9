import { randomInt, randomUUID } from "node:crypto";
import * as z from "zod";
import { hookBody, oktaChannels } from "../sandbox/okta.ts";
import type { Channel } from "../../src/rules/channels.ts";

/** Returns a hook request whose code expired a day ago. The app sends no message for this code. */
export function expiredCode(channel: Channel = "sms"): object {
  const otpExpires = new Date(Date.now() - 86_400_000).toISOString();
  const otpCode = String(randomInt(1_000_000)).padStart(6, "0");
  return hookBody({
    // Telemetry hashes an id whose digits could be a code. An id without digits stays searchable.
    envelope: {
      eventId: `Verify-${randomUUID().replaceAll(/[\d-]/g, (digit) => "GHJKMNPQRS"[Number(digit)] ?? "")}`,
    },
    messageProfile: {
      phoneNumber: "+12025550123",
      otpExpires,
      deliveryChannel: oktaChannels[channel].deliveryChannel,
      otpCode,
      msgTemplate: `Your code is ${otpCode}`,
    },
  });
}

// Okta's /execute returns {error, commands, debugContext}. Okta does not document debugContext in
// this answer, so the details come from transactionMetadata in commands.
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

/** Returns undefined if another app answered. */
export function readDetails(body: unknown): OwnDetails | undefined {
  const read = answer.safeParse(body);
  if (!read.success) return undefined;
  try {
    return details.parse(JSON.parse(read.data.commands[0].value[0].transactionMetadata));
  } catch {
    return undefined;
  }
}

/** Accepts every reason, because the app may check a country list before the code's age. */
export function isProof(found: OwnDetails | undefined): boolean {
  return found?.outcome === "refused";
}

/** Returns undefined if the app rejects the secret or cannot be reached, or another app answers. */
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
