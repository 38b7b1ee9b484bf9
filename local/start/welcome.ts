import { knownFates, knownFaults, type Received } from "../../sandbox/8x8.ts";
import { hookBody } from "../../sandbox/okta.ts";
import { messageNames } from "../phone/channels.ts";
import { quote } from "../phone/curl.ts";
import type { Secrets } from "./secrets.ts";

// A terminal's next prompt on a line of its own.
const curl = "curl -sS -w '\\n'";
const json = "-H 'content-type: application/json'";

/** Says what is running and how to use it. Each command is a line of its own with a blank one after it, to be pasted whole. */
export function welcome(url: string, sandboxUrl: string, secrets: Secrets, authHeader: string): string {
  const { OKTA_HOOK_SECRET: secret, OKTA_EVENT_SECRET: eventSecret } = secrets;
  const inADay = new Date(Date.now() + 24 * 3_600_000).toISOString();
  const body = JSON.stringify(hookBody({ messageProfile: { phoneNumber: "+12025550123", otpExpires: inADay } }));
  const header = quote(`${authHeader}: ${secret}`);
  return `
Okta's hook:   ${url}
Local secret:  ${secret}   (in the header ${authHeader})
Event secret:  ${eventSecret}   (Okta's with its events; npm run hook -- --used takes it from OKTA_EVENT_SECRET)
The phone:     ${sandboxUrl}/

A code by SMS, as in Okta's preview:

${curl} ${url} -H ${header} ${json} -d ${quote(body)}

A code by a call:

OKTA_HOOK_SECRET=${quote(secret)} OKTA_AUTH_HEADER=${quote(authHeader)} npm run hook -- --channel voice --url ${url}

${failing(sandboxUrl)}
What 8x8's receipts say from now on: ${knownFates.join(", ")}

${curl} ${sandboxUrl}/sandbox/receipt ${json} -d '{"receipt":"undelivered","errorCode":1}'
`;
}

export function failing(sandboxUrl: string): string {
  return `8x8 can be made to fail (none ends it): ${[...knownFaults, "none"].join(", ")}

${curl} ${sandboxUrl}/sandbox/fault ${json} -d '{"fault":"429","retryAfter":1,"times":1}'
`;
}

export function frame(message: Received): string {
  const lines = message.text.split("\n").map((line) => `│ ${line}`);
  return ["", `┌── ${title(message)}`, ...lines, "└──", ""].join("\n");
}

function title(message: Received): string {
  const { channel, destination, voiceProfile, repetition } = message;
  const spoken = voiceProfile === undefined ? "" : ` (${voiceProfile}, ${repetition} times)`;
  return `${messageNames[channel]} to ${destination}${spoken}`;
}
