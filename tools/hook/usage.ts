import { runningAppAt, runningApps, type RunningApp } from "../running-app.ts";
import { parseOptions } from "../parse-options.ts";
import { channelNames } from "../../src/rules/channels.ts";
import { isLoopback, isSafe } from "../../src/settings/environment/validators.ts";
import { hasOutcome, presets } from "./presets.ts";
import { assertHeader, oktaChannels, type JudgedAnswer } from "../sandbox/okta.ts";

const defaultUrl = "http://127.0.0.1:7071/api/okta/telephony";
const defaultSandbox = "http://127.0.0.1:7072";

export const help = `Sends the request that Okta's telephony inline hook sends, and says how Okta would read the answer.

  npm run hook -- [options]

  --url URL          the URL of Okta's hook: https, or http on this machine
                     (${defaultUrl})
  --channel CHANNEL  ${channelNames.join(" or ")} (sms)
  --phone NUMBER     the number that gets the code (+12025550123). A deployed app
                     sends a real message
  --locale LOCALE    the user's locale (EN-US)
  --text WHICH       okta: with a text as Okta writes it. none: without a text, so the app writes
                     its own (okta)
  --expired          sends an expired code. The app must refuse it before it calls 8x8, so this is a
                     dry run (sets --expect expired)
  --repeat COUNT     sends this many requests one after the other, and prints a line for each (1)
  --range RANGE      a number without its last four digits, in place of --phone. Each request
                     enrolls another person with another number of the range, as SMS pumping does.
                     Only for an app on this machine
  --outcome NAME     sends what the phone page sends for a button under "Try an outcome", such as
                     premium-number, call-in-german or 429. Expects that outcome, and switches on
                     the fault that it needs. Only for an app on this machine
  --sandbox URL      the address of the phone page, for the fault of --outcome (the address that
                     npm start prints, otherwise ${defaultSandbox})
  --used             sends sign-in codes. After each accepted one, also sends Okta's event that the
                     code was used
  --body FILE        sends this JSON file unchanged. Options for the content have no effect
  --expect WHAT      the answer for which the exit code is 0 (accepted):
                       accepted         SUCCESSFUL, and the code was sent
                       refused          an answer in Okta's format, and the code was not sent
                       expired          refused because the code has expired
                       unauthenticated  HTTP 401 with an error object. Needs no hook secret
                       answered         any answer in Okta's format
  --help             prints this text

To see what the guard does about SMS pumping, run this beside npm start. From the 41st code on, the
guard records what it would refuse:
  npm run hook -- --repeat 50 --range +44770090

Environment variables, not needed for an app that npm start runs from this folder:
  OKTA_HOOK_SECRET   the hook secret
  OKTA_AUTH_HEADER   the header that carries the hook secret (authorization)
  OKTA_EVENT_SECRET  the secret of Okta's events, for --used

Exit codes: 0 as expected, 1 another answer in Okta's format, 2 no answer within 3 s, or an
answer in another format, 64 wrong options or settings.`;

// If refusals are suppressed, the answer is SUCCESSFUL. Only the app's own outcome shows the
// refusal.
const isAccepted = ({ answer, outcome = "accepted" }: JudgedAnswer) =>
  answer === "successful" && outcome === "accepted";

const expectations = new Map<string, (judged: JudgedAnswer, status: number) => boolean>([
  ["accepted", isAccepted],
  ["refused", (judged) => judged.contractKept && !isAccepted(judged)],
  ["expired", ({ outcome, reason }) => outcome === "refused" && reason === "expired-code"],
  ["unauthenticated", ({ answer }, status) => answer === "error" && status === 401],
  ["answered", ({ contractKept }) => contractKept],
]);

export type Usage = ReturnType<typeof readUsage>;

export type Env = Readonly<Record<string, string | undefined>>;

export function readUsage(args: readonly string[], env: Env) {
  const text = (value: string) => ({ type: "string", default: value }) as const;
  const values = parseOptions(
    "npm run hook",
    args,
    {
      url: text(defaultUrl),
      channel: text("sms"),
      phone: text("+12025550123"),
      range: { type: "string" },
      repeat: text("1"),
      used: { type: "boolean", default: false },
      outcome: { type: "string" },
      sandbox: { type: "string" },
      locale: text("EN-US"),
      text: text("okta"),
      expired: { type: "boolean", default: false },
      body: { type: "string" },
      expect: { type: "string" },
    },
    env,
  );
  const channel = channelNames.find((name) => name === values.channel);
  if (channel === undefined) throw new Error(`--channel must be ${channelNames.join(" or ")}.`);
  if (values.text !== "okta" && values.text !== "none")
    throw new Error("--text must be okta or none.");
  const preset = values.outcome === undefined ? undefined : presets.get(values.outcome);
  if (values.outcome !== undefined && preset === undefined)
    throw new Error(`--outcome must be one of ${[...presets.keys()].join(", ")}.`);
  const given = /^\d{1,4}$/.test(values.repeat) ? Number(values.repeat) : 0;
  if (given < 1)
    throw new Error(`--repeat must be a number from 1 to 9999, not "${values.repeat}".`);
  if (values.range !== undefined && !/^\+[1-9]\d{2,10}$/.test(values.range))
    throw new Error("--range must be a number without its last four digits, such as +44770090.");
  const { expect = preset?.outcome ?? (values.expired ? "expired" : "accepted") } = values;
  const isExpected =
    preset === undefined || values.expect !== undefined
      ? expectations.get(expect)
      : (judged: JudgedAnswer, status: number) => hasOutcome(preset, judged, status);
  if (isExpected === undefined)
    throw new Error(`--expect must be one of ${[...expectations.keys()].join(", ")}.`);
  const url = URL.parse(values.url);
  if (url === null || !isSafe(url))
    throw new Error(
      "--url must use https (http only for this machine) and have no user name, because the command sends the secret there.",
    );
  const localOnly = values.range === undefined ? values.outcome && "--outcome" : "--range";
  if (localOnly && !isLoopback(url))
    throw new Error(
      `${localOnly} needs a --url on this machine. Elsewhere, real people could get the messages.`,
    );
  const app = runningAppAt(url);
  const sandbox = URL.parse(values.sandbox ?? app?.sandboxUrl ?? defaultSandbox);
  if (sandbox === null || !isLoopback(sandbox))
    throw new Error("--sandbox must be a URL of this machine.");
  // An unauthenticated request must not carry the secret that npm start kept.
  const secrets = readSecrets(env, expect === "unauthenticated" ? undefined : app);
  if (secrets.secret === "" && expect !== "unauthenticated") throw new Error(noSecret(url));
  if (values.used && secrets.eventSecret === "")
    throw new Error(
      "OKTA_EVENT_SECRET is not set. Set it to the app's event secret, or leave out --used.",
    );
  assertHeader(secrets.header, {
    OKTA_HOOK_SECRET: secrets.secret,
    OKTA_EVENT_SECRET: secrets.eventSecret,
  });
  const { deliveryChannel } = oktaChannels[channel];
  const repeat = preset?.repeat ?? given;
  return {
    ...values,
    channel,
    repeat,
    expect,
    preset,
    sandbox,
    deliveryChannel,
    url,
    ...secrets,
    isExpected,
  };
}

/** Values of the environment come first, then the values that npm start kept for its app. */
function readSecrets(env: Env, app: RunningApp | undefined) {
  const given = env["OKTA_HOOK_SECRET"] ?? "";
  const secretFrom: "environment" | "npm start" =
    given === "" && app !== undefined ? "npm start" : "environment";
  return {
    secretFrom,
    secret: given || (app?.hookSecret ?? ""),
    header: env["OKTA_AUTH_HEADER"] || (app?.header ?? "authorization"),
    eventSecret: env["OKTA_EVENT_SECRET"] || (app?.eventSecret ?? ""),
  };
}

function noSecret(url: URL): string {
  const { origin } = url;
  if (!isLoopback(url))
    return `OKTA_HOOK_SECRET is not set. Set it to the hook secret of the app at ${origin}.`;
  const [other] = runningApps();
  return other === undefined
    ? `No npm start of this folder runs at ${origin}. Run npm start in another terminal, or set OKTA_HOOK_SECRET to the secret of the app there.`
    : `npm start runs at ${other.url}, and not at ${origin}. To call that app, run: npm run hook -- --url ${other.url}/api/okta/telephony`;
}
