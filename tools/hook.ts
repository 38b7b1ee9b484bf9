import { randomBytes, randomInt } from "node:crypto";
import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { hookBody, judgeAnswer, type Verdict } from "../sandbox/okta.ts";

const help = `Sends one telephony inline hook, as Okta does, and judges the answer by Okta's contract.

  npm run hook -- [options]

  --url URL          where to (http://127.0.0.1:7071/api/okta/telephony); https, or loopback
  --channel CHANNEL  sms or voice (sms)
  --phone NUMBER     the number that gets the code (+12025550123): the message is really sent
  --locale LOCALE    the user's locale (EN-US)
  --body FILE        send this file as it is, and none of the above but the URL
  --expect WHAT      what the answer has to be for exit code 0 (accepted):
                       accepted         SUCCESSFUL
                       refused          the contract is kept and the code is not accepted
                       unauthenticated  401 with an error object; OKTA_HOOK_SECRET may be unset
                       answered         the contract is kept, whatever the answer says
  --help             this text

Environment: OKTA_HOOK_SECRET, the hook secret; OKTA_AUTH_HEADER, the header it goes in (authorization).
Exit code: 0 as expected; 1 otherwise, contract kept; 2 contract broken, or no answer in Okta's 3 s; 64 wrong usage.`;

const expectations: Readonly<Record<string, (verdict: Verdict, status: number) => boolean>> = {
  accepted: ({ answer }) => answer === "successful",
  refused: ({ answer, contractKept }) => contractKept && answer !== "successful",
  unauthenticated: ({ answer }, status) => answer === "error" && status === 401,
  answered: ({ contractKept }) => contractKept,
};

function readUsage() {
  const text = (value: string) => ({ type: "string", default: value }) as const;
  const { values } = parseArgs({
    options: {
      url: text("http://127.0.0.1:7071/api/okta/telephony"),
      channel: text("sms"),
      phone: text("+12025550123"),
      locale: text("EN-US"),
      body: { type: "string" },
      expect: text("accepted"),
      help: { type: "boolean", default: false },
    },
  });
  if (values.channel !== "sms" && values.channel !== "voice") throw new Error("--channel is sms or voice.");
  const isExpected = expectations[values.expect];
  if (isExpected === undefined) throw new Error(`--expect is one of ${Object.keys(expectations).join(", ")}.`);
  const url = URL.parse(values.url);
  const isLoopback = ["localhost", "127.0.0.1", "[::1]"].includes(url?.hostname ?? "");
  if (url?.protocol !== "https:" && !(url?.protocol === "http:" && isLoopback))
    throw new Error("--url is an https URL, or an http URL of this machine: the secret goes there.");
  const secret = process.env["OKTA_HOOK_SECRET"] ?? "";
  if (secret === "" && values.expect !== "unauthenticated" && !values.help)
    throw new Error("OKTA_HOOK_SECRET is not set.");
  return { ...values, channel: values.channel, url, secret, isExpected };
}

type Usage = ReturnType<typeof readUsage>;

/** A new hook each time, with a code that nobody else has. */
function newBody({ channel, phone, locale }: Usage): string {
  const otpCode = String(randomInt(1_000_000)).padStart(6, "0");
  return JSON.stringify(
    hookBody({
      envelope: { eventId: randomBytes(16).toString("base64url") },
      messageProfile: {
        msgTemplate: `Your code is ${otpCode}`,
        phoneNumber: phone,
        deliveryChannel: channel === "sms" ? "SMS" : "Voice",
        otpCode,
        locale,
      },
    }),
  );
}

async function send(usage: Usage): Promise<number> {
  const body = usage.body === undefined ? newBody(usage) : await readFile(usage.body, "utf8");
  const secretHeader = usage.secret && { [process.env["OKTA_AUTH_HEADER"] ?? "authorization"]: usage.secret };
  const start = performance.now();
  const elapsed = (): string => `${Math.round(performance.now() - start)} ms`;
  let answer: Response, bodyText: string;
  try {
    answer = await fetch(usage.url, {
      method: "POST",
      headers: { accept: "application/json", "content-type": "application/json", ...secretHeader },
      body,
      redirect: "manual",
      signal: AbortSignal.timeout(3_000),
    });
    bodyText = await answer.text();
  } catch (error) {
    const why = error instanceof Error && error.name === "TimeoutError" ? "no answer in 3 s" : "no connection";
    console.log(`No answer (${why}): Okta sends the code through its own provider. After ${elapsed()}.`);
    return 2;
  }
  const verdict = judgeAnswer(answer.status, answer.headers.get("content-type"), bodyText);
  console.log(verdict.words);
  if (verdict.details !== undefined) console.log(JSON.stringify(verdict.details));
  console.log(`HTTP ${answer.status} in ${elapsed()}, transaction ${verdict.transactionId ?? "none"}`);
  if (usage.isExpected(verdict, answer.status)) return 0;
  console.log(`Expected: ${usage.expect}`);
  return verdict.contractKept ? 1 : 2;
}

try {
  const usage = readUsage();
  if (usage.help) console.log(help);
  else process.exitCode = await send(usage);
} catch (error) {
  // Wrong usage, and a body file that cannot be read.
  console.error(`${error instanceof Error ? error.message : String(error)}\nnpm run hook -- --help says more.`);
  process.exitCode = 64;
}
