import { channelNames } from "../../src/rules/channels.ts";
import { isLoopback, isSafe } from "../../src/settings/environment/validators.ts";
import { parseOptions } from "../parse-options.ts";
import { runningAppAt, runningApps } from "../running-app.ts";
import { assertHeader } from "../sandbox/okta.ts";
import { commandLine } from "../command-line.ts";

const defaultUrl = "http://127.0.0.1:7071/api/okta/telephony";
const outcomes = "accepted|rejected|refused|unconfirmed|unavailable|malformed|unauthenticated";

export const help = `Sends the request that Okta's telephony inline hook sends, and says what Okta would do.

  ${commandLine("hook", "[options]")}

  --url URL          the URL of Okta's hook: https, or http on this machine
                     (${defaultUrl})
  --channel CHANNEL  ${channelNames.join(" or ")} (sms)
  --phone NUMBER     the number that gets the code (+12025550123). A deployed app
                     sends a real message
  --locale LOCALE    the user's locale (EN-US)
  --text none        sends no text, to make the app write its own
  --expired          sends an expired code, which the app must refuse without a call to 8x8
  --outcome NAME     an outcome that the phone page offers, such as premium-number. Needs \`start\`.
                     A wrong name prints all names
  --repeat COUNT     sends this many requests one after the other (1)
  --used             after each accepted code, sends Okta's event that a person used the code
  --expect OUTCOME   the outcome for which the exit code is 0 (accepted). You can add the reason:
                     "refused country-blocked". For unauthenticated, the command sends no secret
  --help             prints this text

Environment variables, not needed for an app that \`start\` runs from this folder:
  OKTA_HOOK_SECRET   the hook secret
  OKTA_AUTH_HEADER   the header that carries the hook secret (authorization)
  OKTA_EVENT_SECRET  the secret of Okta's events, for --used

Exit codes: 0 as expected, 1 another answer in Okta's format, 2 no answer within 3 s, or an
answer in another format, 64 wrong options or settings.`;

export type Env = Readonly<Record<string, string | undefined>>;
export type Usage = ReturnType<typeof readUsage>;

/** @throws Error if an option or a setting is wrong. The message says what is wrong. */
export function readUsage(args: readonly string[], env: Env) {
  const text = (value: string) => ({ type: "string", default: value }) as const;
  const flag = { type: "boolean", default: false } as const;
  const options = {
    url: text(defaultUrl),
    channel: text("sms"),
    phone: text("+12025550123"),
    locale: text("EN-US"),
    text: text("okta"),
    expired: flag,
    outcome: { type: "string" },
    repeat: text("1"),
    used: flag,
    expect: { type: "string" },
  } as const;
  const values = parseOptions(commandLine("hook"), args, options, env);
  const oneOf = <T extends string>(option: string, given: string, names: readonly T[]): T => {
    const found = names.find((name) => name === given);
    if (found === undefined) throw new Error(`--${option} must be ${names.join(" or ")}.`);
    return found;
  };
  const expect = values.expect ?? (values.expired ? "refused expired-code" : "accepted");
  if (!new RegExp(`^(?:${outcomes})(?: [\\w-]+)?$`).test(expect))
    throw new Error(`--expect must be ${outcomes.replaceAll("|", ", ")}.`);
  if (!/^[1-9]\d{0,3}$/.test(values.repeat))
    throw new Error(`--repeat must be a number from 1 to 9999, not "${values.repeat}".`);
  const url = URL.parse(values.url);
  if (url === null || !isSafe(url))
    throw new Error(
      "--url must use https (http only for this machine) and have no user name, because the command sends the secret there.",
    );
  const app = runningAppAt(url);
  if (values.outcome !== undefined && app === undefined)
    throw new Error(
      isLoopback(url)
        ? `--outcome needs an app that \`start\` runs. ${whereItRuns(url)}`
        : "--outcome needs an app that `start` runs. Leave out --outcome or --url.",
    );
  // An unauthenticated request must not carry the secret that `start` stored.
  const kept = expect === "unauthenticated" ? undefined : app;
  const secret = env["OKTA_HOOK_SECRET"] || (kept?.hookSecret ?? "");
  const eventSecret = env["OKTA_EVENT_SECRET"] || (kept?.eventSecret ?? "");
  const header = env["OKTA_AUTH_HEADER"] || (kept?.header ?? "authorization");
  if (secret === "" && expect !== "unauthenticated")
    throw new Error(`OKTA_HOOK_SECRET is not set. ${whereItRuns(url)}`);
  if (values.used && eventSecret === "")
    throw new Error(
      "OKTA_EVENT_SECRET is not set. Set it to the app's event secret, or leave out --used.",
    );
  assertHeader(header, { OKTA_HOOK_SECRET: secret, OKTA_EVENT_SECRET: eventSecret });
  return {
    ...values,
    url,
    expect,
    channel: oneOf("channel", values.channel, channelNames),
    text: oneOf("text", values.text, ["okta", "none"]),
    repeat: Number(values.repeat),
    app,
    secret,
    eventSecret,
    header,
  };
}

/** Returns a sentence that says how to get the secret of the app at this URL. */
export function whereItRuns(url: URL): string {
  if (!isLoopback(url))
    return `Set OKTA_HOOK_SECRET to the hook secret of the app at ${url.origin}.`;
  const [other] = runningApps();
  return other === undefined
    ? `In another terminal, run: ${commandLine("start")}
Or set OKTA_HOOK_SECRET to the secret of the app at ${url.origin}.`
    : `The app runs at ${other.url}, and not at ${url.origin}. To call it, run: ${commandLine("hook", "--url", `${other.url}/api/okta/telephony`)}`;
}
