import type { Received } from "../../sandbox/8x8.ts";
import { hookBody } from "../../sandbox/okta.ts";
import { messageNames } from "../phone/channels.ts";
import { quote } from "../phone/quote.ts";
import type { Explained } from "../phone/protocol.ts";
import type { RunningApp } from "../../running-app.ts";
import { json } from "./explained.ts";
import type { LocalOrg } from "./okta-org.ts";

type App = Pick<RunningApp, "url" | "sandboxUrl" | "header" | "hookSecret" | "eventSecret">;

/**
 * Returns at most nine lines. Between blank lines, people can select and paste the whole command.
 */
export function welcome(
  app: App,
  org: LocalOrg | undefined,
  hookCommand: string,
  verboseCommand: string,
): string {
  return `${addresses(app)}
${hookCurl(app)}

Paste the curl into a second terminal to send a code by SMS, as Okta does. Or run: ${hookCommand}
${org === undefined ? "" : `To use the stand-ins for Okta and Azure there, first run: source ${org.envFile}\n`}${last(verboseCommand)}`;
}

/** Returns what `npm start -- --public-url` prints. In this case, a real org calls the app. */
export function publicWelcome(app: App, publicUrl: string, verboseCommand: string): string {
  const given = `printf '%s\\n' ${quote(app.hookSecret)} ${quote(app.eventSecret)}`;
  return `${addresses(app)}
${given} | npm run okta -- activate --env laptop --give-secrets --yes

Paste that line into a second terminal to point your org at ${publicUrl}.
If another hook was active, the command prints the way back to it (docs/laptop.md).
${last(verboseCommand)}`;
}

export const sandboxWelcome = (sandboxUrl: string, verboseCommand: string): string => `
Phone page:   ${sandboxUrl}/
8x8's API:    ${sandboxUrl}

To send a code to an app that uses this sandbox, run: OKTA_HOOK_SECRET=… npm run hook
${last(verboseCommand)}`;

export const misconfiguredWelcome = ({ sandboxUrl }: App, command: string): string => `
Phone page:   ${sandboxUrl}/

The app answers 503 to every request. Correct the setting that the error above names, then run ${command} again.
Press Ctrl-C to stop.`;

const last = (verboseCommand: string): string =>
  `Press Ctrl-C to stop. For more commands, open Settings on the page or run: ${verboseCommand}`;

const addresses = ({ url, sandboxUrl }: App): string => `
Phone page:   ${sandboxUrl}/
Okta's hook:  ${url}/api/okta/telephony
`;

function hookCurl({ url, header, hookSecret }: App): string {
  const inADay = new Date(Date.now() + 24 * 3_600_000).toISOString();
  const body = JSON.stringify(
    hookBody({ messageProfile: { phoneNumber: "+12025550123", otpExpires: inADay } }),
  );
  // The answer is JSON in JSON.
  const inWords = "-w '\\nHTTP %{http_code}. The terminal of npm start says what this means.\\n'";
  return `curl -sS ${inWords} ${url}/api/okta/telephony -H ${quote(`${header}: ${hookSecret}`)} ${json} -d ${quote(body)}`;
}

/**
 * Returns the words that `--verbose` adds. Each command has blank lines around it. Only the
 * terminal shows the secrets, not the phone page.
 */
export function verboseWords(app: App | undefined, explained: readonly Explained[]): string {
  const secrets =
    app === undefined
      ? []
      : [
          `Hook secret:  ${app.hookSecret}   (in the header ${app.header})`,
          `Event secret: ${app.eventSecret}   (in Okta's events)`,
        ];
  return [
    "",
    ...secrets,
    ...explained.map(({ title, command }) => `\n${title}\n\n${command}`),
    "",
  ].join("\n");
}

/** @param by The sender of the message, unless 8x8 sent it. */
export function frame(message: Received, by?: string): string {
  const lines = message.text.split("\n").map((line) => `│ ${line}`);
  return [
    "",
    `┌── ${title(message)}${by === undefined ? "" : `, by ${by}`}`,
    ...lines,
    "└──",
    "",
  ].join("\n");
}

function title(message: Received): string {
  const { channel, destination, voiceProfile, repetition } = message;
  const spoken = voiceProfile === undefined ? "" : ` (${voiceProfile}, ${repetition} times)`;
  return `${messageNames[channel]} to ${destination}${spoken}`;
}
