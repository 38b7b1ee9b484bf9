import { runningAppAt, runningApps, type RunningApp } from "../running-app.ts";
import { parseOptions } from "../parse-options.ts";
import { channelNames } from "../../src/delivery/channels.ts";
import { isLoopback, isSafe } from "../../src/settings/environment/validators.ts";
import { hasOutcome, presets } from "./presets.ts";
import { oktaChannels, type JudgedAnswer } from "../sandbox/okta.ts";

const defaultUrl = "http://127.0.0.1:7071/api/okta/telephony";
const defaultSandbox = "http://127.0.0.1:7072";

export const help = `Sends one telephony inline hook, as Okta does, and judges the answer by Okta's contract.

  npm run hook -- [options]

  --url URL          where to (${defaultUrl}); https, or loopback
  --channel CHANNEL  ${channelNames.join(" or ")} (sms)
  --phone NUMBER     the number that gets the code (+12025550123): the message is really sent
  --locale LOCALE    the user's locale (EN-US)
  --text WHICH       okta: a text as Okta renders it; none: no msgTemplate, so the app sends its own
                     sentence (okta)
  --expired          a code that has expired, which the app has to refuse: a dry run of everything
                     before 8x8 (--expect expired)
  --repeat COUNT     sends this many hooks, one after the other, with a line for each (1)
  --range RANGE      a number without its last four digits, instead of --phone: each hook enrolls
                     another person with another number of the range, as SMS pumping does. Only for
                     an app of this machine, where no message is really sent
  --outcome NAME     what the phone page offers under Try an outcome, such as premium-number,
                     call-in-german or 429: its hooks, its fault of 8x8, and its outcome for exit
                     code 0. Only for an app of this machine
  --sandbox URL      the phone page's address, for the fault of --outcome
                     (npm start's, otherwise ${defaultSandbox})
  --used             each code is for a sign-in, and is used if it is accepted: Okta's event reports
                     that to the app
  --body FILE        send this file as it is, and none of the above but the URL
  --expect WHAT      what the answer has to be for exit code 0 (accepted):
                       accepted         SUCCESSFUL, for a code that was sent
                       refused          the contract is kept and the code is not accepted
                       expired          refused because the code has expired
                       unauthenticated  401 with an error object; needs no hook secret
                       answered         the contract is kept, whatever the answer says
  --help             this text

SMS pumping, beside npm start: from the 21st code on, the guard says what it would refuse.
  npm run hook -- --repeat 30 --range +44770090

Environment, which is not needed for an app that npm start runs from this folder:
  OKTA_HOOK_SECRET   the hook secret
  OKTA_AUTH_HEADER   the header that it goes in (authorization)
  OKTA_EVENT_SECRET  the secret of Okta's events, for --used
Exit code: 0 as expected; 1 otherwise, contract kept; 2 contract broken, or no answer in Okta's 3 s;
64 wrong usage.`;

// Where refusals are suppressed, the answer is SUCCESSFUL, and only our own outcome shows the
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
  if (channel === undefined) throw new Error(`--channel is ${channelNames.join(" or ")}.`);
  if (values.text !== "okta" && values.text !== "none") throw new Error("--text is okta or none.");
  const preset = values.outcome === undefined ? undefined : presets.get(values.outcome);
  if (values.outcome !== undefined && preset === undefined)
    throw new Error(`--outcome is one of ${[...presets.keys()].join(", ")}.`);
  const given = /^\d{1,4}$/.test(values.repeat) ? Number(values.repeat) : 0;
  if (given < 1) throw new Error(`--repeat takes a number from 1 to 9999, not "${values.repeat}".`);
  if (values.range !== undefined && !/^\+[1-9]\d{2,10}$/.test(values.range))
    throw new Error("--range is a number less its last four digits, such as +44770090.");
  const { expect = preset?.outcome ?? (values.expired ? "expired" : "accepted") } = values;
  const isExpected =
    preset === undefined || values.expect !== undefined
      ? expectations.get(expect)
      : (judged: JudgedAnswer, status: number) => hasOutcome(preset, judged, status);
  if (isExpected === undefined)
    throw new Error(`--expect is one of ${[...expectations.keys()].join(", ")}.`);
  const url = URL.parse(values.url);
  if (url === null || !isSafe(url))
    throw new Error(
      "--url is an https URL, or an http URL of this machine, without a user in it: the secret goes there.",
    );
  const strangers = values.range === undefined ? values.outcome && "--outcome" : "--range";
  if (strangers && !isLoopback(url))
    throw new Error(
      `${strangers} is for a hook of this machine: elsewhere strangers would get the messages.`,
    );
  const app = runningAppAt(url);
  const sandbox = URL.parse(values.sandbox ?? app?.sandboxUrl ?? defaultSandbox);
  if (sandbox === null || !isLoopback(sandbox))
    throw new Error("--sandbox is a URL of this machine.");
  // To see an unauthenticated caller refused, the request goes without a secret.
  const secrets = readSecrets(env, expect === "unauthenticated" ? undefined : app);
  if (secrets.secret === "" && expect !== "unauthenticated") throw new Error(noSecret(url));
  if (values.used && secrets.eventSecret === "")
    throw new Error("OKTA_EVENT_SECRET is not set: --used reports to the app that codes are used.");
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

/** The environment's, otherwise those that npm start left for its own app. */
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
    ? `No npm start of this folder runs at ${origin}. Start it in another terminal with npm start, or set OKTA_HOOK_SECRET to that app's secret.`
    : `npm start runs at ${other.url}, and not at ${origin}. Send the hook there with: npm run hook -- --url ${other.url}/api/okta/telephony`;
}
