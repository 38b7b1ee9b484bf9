import { parseArgs } from "node:util";
import { channelNames } from "../../src/delivery/channels.ts";
import { isLoopback, isSafe } from "../../src/settings/environment/forms.ts";
import { hasOutcome, presets } from "./presets.ts";
import { oktaChannels, type JudgedAnswer } from "../../sandbox/okta.ts";

export const help = `Sends one telephony inline hook, as Okta does, and judges the answer by Okta's contract.

  npm run hook -- [options]

  --url URL          where to (http://127.0.0.1:7071/api/okta/telephony); https, or loopback
  --channel CHANNEL  ${channelNames.join(" or ")} (sms)
  --phone NUMBER     the number that gets the code (+12025550123): the message is really sent
  --locale LOCALE    the user's locale (EN-US)
  --text WHICH       okta: a text as Okta renders it; none: no msgTemplate, so that the app's own sentence is sent (okta)
  --expired          a code that has expired: a dry run of all but 8x8, since it has to be refused (--expect expired)
  --repeat COUNT     so many hooks, one after the other, with a line for each (1): to see what the guard does
  --range RANGE      a number less its last four digits, in place of --phone: each hook enrolls somebody else, with another
                     number of the range, as SMS pumping does; on this machine only, where nothing is really sent
  --outcome NAME     what the phone page offers under Try an outcome, such as premium-number, call-in-german or 429: its hooks, its
                     fault of 8x8, and its outcome for exit code 0; on this machine only
  --sandbox URL      where npm start has the phone page, for the fault of --outcome (http://127.0.0.1:7072)
  --used             each code is for a sign-in, and is used where it is accepted: Okta's event reports it to the app
  --body FILE        send this file as it is, and none of the above but the URL
  --expect WHAT      what the answer has to be for exit code 0 (accepted):
                       accepted         SUCCESSFUL, for a code that was sent
                       refused          the contract is kept and the code is not accepted, whatever Okta is answered
                       expired          refused because the code has expired
                       unauthenticated  401 with an error object; OKTA_HOOK_SECRET may be unset
                       answered         the contract is kept, whatever the answer says
  --help             this text

SMS pumping on a laptop, beside npm start: from the 21st code on, the guard says what it would refuse.
  npm run hook -- --repeat 30 --range +44770090

Environment: OKTA_HOOK_SECRET, the hook secret; OKTA_AUTH_HEADER, the header it goes in (authorization);
OKTA_EVENT_SECRET, the secret of Okta's events, for --used.
Exit code: 0 as expected; 1 otherwise, contract kept; 2 contract broken, or no answer in Okta's 3 s; 64 wrong usage.`;

// Where refusals are suppressed, the answer is SUCCESSFUL, and only our own outcome shows the refusal.
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
  const { values } = parseArgs({
    args: [...args],
    options: {
      url: text("http://127.0.0.1:7071/api/okta/telephony"),
      channel: text("sms"),
      phone: text("+12025550123"),
      range: { type: "string" },
      repeat: text("1"),
      used: { type: "boolean", default: false },
      outcome: { type: "string" },
      sandbox: text("http://127.0.0.1:7072"),
      locale: text("EN-US"),
      text: text("okta"),
      expired: { type: "boolean", default: false },
      body: { type: "string" },
      expect: { type: "string" },
    },
  });
  const channel = channelNames.find((name) => name === values.channel);
  if (channel === undefined) throw new Error(`--channel is ${channelNames.join(" or ")}.`);
  if (values.text !== "okta" && values.text !== "none") throw new Error("--text is okta or none.");
  const preset = values.outcome === undefined ? undefined : presets.get(values.outcome);
  if (values.outcome !== undefined && preset === undefined)
    throw new Error(`--outcome is one of ${[...presets.keys()].join(", ")}.`);
  const given = /^\d{1,4}$/.test(values.repeat) ? Number(values.repeat) : 0;
  if (given < 1) throw new Error("--repeat is a count from 1 to 9999.");
  if (values.range !== undefined && !/^\+[1-9]\d{2,10}$/.test(values.range))
    throw new Error("--range is a number less its last four digits, such as +44770090.");
  const eventSecret = env["OKTA_EVENT_SECRET"] ?? "";
  if (values.used && eventSecret === "")
    throw new Error("OKTA_EVENT_SECRET is not set: --used reports to the app that codes are used.");
  const { expect = preset?.outcome ?? (values.expired ? "expired" : "accepted") } = values;
  const isExpected =
    preset === undefined || values.expect !== undefined
      ? expectations.get(expect)
      : (judged: JudgedAnswer, status: number) => hasOutcome(preset, judged, status);
  if (isExpected === undefined) throw new Error(`--expect is one of ${[...expectations.keys()].join(", ")}.`);
  const url = URL.parse(values.url);
  if (url === null || !isSafe(url))
    throw new Error(
      "--url is an https URL, or an http URL of this machine, without a user in it: the secret goes there.",
    );
  const strangers = values.range === undefined ? values.outcome && "--outcome" : "--range";
  if (strangers && !isLoopback(url))
    throw new Error(`${strangers} is for a hook of this machine: elsewhere strangers would get the messages.`);
  const sandbox = URL.parse(values.sandbox);
  if (sandbox === null || !isLoopback(sandbox)) throw new Error("--sandbox is a URL of this machine.");
  const secret = env["OKTA_HOOK_SECRET"] ?? "";
  if (secret === "" && expect !== "unauthenticated")
    throw new Error("OKTA_HOOK_SECRET is not set: it holds the hook secret, which npm start prints.");
  const { deliveryChannel } = oktaChannels[channel];
  const repeat = preset?.repeat ?? given;
  const header = env["OKTA_AUTH_HEADER"] ?? "authorization";
  return {
    ...{ ...values, channel, repeat, expect, preset, sandbox, deliveryChannel, url, secret, header, eventSecret },
    isExpected,
  };
}
