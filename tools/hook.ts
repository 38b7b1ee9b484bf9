import { randomBytes, randomInt } from "node:crypto";
import { readFile } from "node:fs/promises";
import { callHook, hookBody } from "../sandbox/okta.ts";
import { help, readUsage, type Usage } from "./hook/usage.ts";

/** A new hook each time, with a code that nobody else has. */
function newBody({ deliveryChannel, phone, locale, text, expired }: Usage): string {
  const otpCode = String(randomInt(1_000_000)).padStart(6, "0");
  return JSON.stringify(
    hookBody({
      envelope: { eventId: randomBytes(16).toString("base64url") },
      messageProfile: {
        msgTemplate: text === "none" ? undefined : `Your code is ${otpCode}`,
        phoneNumber: phone,
        deliveryChannel,
        otpCode,
        locale,
        ...(expired && { otpExpires: new Date(Date.now() - 5 * 60_000).toISOString() }),
      },
    }),
  );
}

async function send(usage: Usage): Promise<number> {
  const body = usage.body === undefined ? newBody(usage) : await readFile(usage.body, "utf8");
  const header = process.env["OKTA_AUTH_HEADER"] ?? "authorization";
  const call = await callHook(usage.url, body, usage.secret ? { [header]: usage.secret } : {});
  const elapsed = `${Math.round(call.ms)} ms`;
  if (!call.answered) {
    console.log(`No answer (${call.why}): Okta sends the code through its own provider. After ${elapsed}.`);
    return 2;
  }
  const { judged, status } = call;
  console.log(judged.words);
  if (judged.details !== undefined) console.log(JSON.stringify(judged.details));
  console.log(`HTTP ${status} in ${elapsed}, transaction ${judged.transactionId ?? "none"}`);
  if (usage.isExpected(judged, status)) return 0;
  console.log(`Expected: ${usage.expect}`);
  return judged.contractKept ? 1 : 2;
}

try {
  if (process.argv.includes("--help")) console.log(help);
  else process.exitCode = await send(readUsage());
} catch (error) {
  // Wrong usage, and a body file that cannot be read.
  console.error(`${error instanceof Error ? error.message : String(error)}\nnpm run hook -- --help says more.`);
  process.exitCode = 64;
}
