import type { Received } from "../../sandbox/8x8.ts";
import { hookBody } from "../../sandbox/okta.ts";
import type { RunningApp } from "../../running-app.ts";
import { messageNames } from "../phone/channels.ts";
import { quote } from "../phone/quote.ts";
import type { Explained } from "../phone/protocol.ts";
import { hookCommand } from "./explained.ts";
import type { LocalOrg } from "./okta-org.ts";
import { commandLine } from "../../command-line.ts";

type App = Omit<RunningApp, "pid">;

/** At most nine lines. The blank lines around the command make it easy to select. */
export function welcome(app: App, org: LocalOrg | undefined): string {
  const standIns =
    org && `\nTo use the stand-ins for Okta and Azure there, first run: source ${org.envFile}`;
  return `${addresses(app)}
${hookCurl(app)}

Paste the curl into a second terminal to send a code by SMS, as Okta does. Or run: ${hookCommand(app.url)}${standIns ?? ""}`;
}

export const publicWelcome = (app: App, publicUrl: string): string => `${addresses(app)}
printf '%s\\n' ${quote(`hook=${app.hookSecret}`)} ${quote(`event=${app.eventSecret}`)} | ${commandLine("okta", "activate --env laptop --give-secrets --yes")}

Paste that line into a second terminal to point your org at ${publicUrl}.
If another hook was active, the command also prints how to switch back (docs/laptop.md).`;

export const sandboxWelcome = (sandboxUrl: string): string => `
Phone page:   ${sandboxUrl}/
8x8's API:    ${sandboxUrl}

To send a code to an app that uses this sandbox, run: OKTA_HOOK_SECRET=… ${commandLine("hook")}`;

export const misconfiguredWelcome = ({ sandboxUrl }: App): string => `
Phone page:   ${sandboxUrl}/

The app answers 503 to every request. Correct the setting that the error above names, then run the command again.`;

const addresses = ({ url, sandboxUrl }: App): string => `
Phone page:   ${sandboxUrl}/
Okta's hook:  ${url}/api/okta/telephony
`;

function hookCurl({ url, header, hookSecret }: App): string {
  const otpExpires = new Date(Date.now() + 24 * 3_600_000).toISOString();
  const body = JSON.stringify(
    hookBody({ messageProfile: { phoneNumber: "+12025550123", otpExpires } }),
  );
  // The answer is JSON, which is hard to read, so say where it is explained.
  const inWords = "-w '\\nHTTP %{http_code}. The terminal of the app says what this means.\\n'";
  return `curl -sS ${inWords} ${url}/api/okta/telephony -H ${quote(`${header}: ${hookSecret}`)} -H 'content-type: application/json' -d ${quote(body)}`;
}

/** Returns what `--verbose` adds: commands, and the secrets, which the phone page does not show. */
export function verboseWords(app: App | undefined, explained: readonly Explained[]): string {
  const secrets =
    app &&
    `Hook secret:  ${app.hookSecret}   (in the header ${app.header})
Event secret: ${app.eventSecret}   (in Okta's events)`;
  const commands = explained.map(({ title, command }) => `${title}\n\n${command}\n`);
  return ["", ...(secrets === undefined ? [] : [secrets, ""]), ...commands].join("\n");
}

/** @param by The provider that sent the message, unless it was 8x8. */
export function frame(message: Received, by?: string): string {
  const { channel, destination, voiceProfile, repetition, text } = message;
  const spoken = voiceProfile === undefined ? "" : ` (${voiceProfile}, ${repetition} times)`;
  const title = `${messageNames[channel]} to ${destination}${spoken}`;
  const lines = text.split("\n").map((line) => `│ ${line}\n`);
  return `\n┌── ${title}${by === undefined ? "" : `, by ${by}`}\n${lines.join("")}└──\n`;
}
