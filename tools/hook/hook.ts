import { randomUUID } from "node:crypto";
import { refuseUnknownNames } from "../environment-names.ts";
import { newHook, userOf } from "../local/phone/hooks.ts";
import type { RequestedOutcome } from "../local/phone/protocol.ts";
import {
  authenticatedBy,
  callHook,
  createEventHook,
  noAnswer,
  type HookCall,
} from "../sandbox/okta.ts";
import { nextStep } from "./next-step.ts";
import { readUsage, type Env, type Usage } from "./usage.ts";
import { commandLine } from "../command-line.ts";

type Print = (text: string) => void;

/** Returns the exit code, which is 64 if an option or a setting is wrong. */
export async function hook(
  args: readonly string[],
  env: Env,
  { print, printError }: { readonly print: Print; readonly printError: Print },
): Promise<number> {
  try {
    refuseUnknownNames(env);
    return await run(readUsage(args, env), print);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    printError(`${message}\nTo see all options, run: ${commandLine("hook", "--help")}`);
    return 64;
  }
}

async function run(usage: Usage, print: Print): Promise<number> {
  const outcome = usage.outcome === undefined ? undefined : await requestOutcome(usage);
  const count = outcome?.repeat ?? usage.repeat;
  const expected = outcome?.outcome ?? usage.expect;
  const verdicts = new Map<string, number>();
  let exitCode = 0;
  for (let sent = 1; sent <= count; sent++) {
    const call = await send(outcome, usage);
    const verdict = verdictOf(call);
    verdicts.set(verdict, (verdicts.get(verdict) ?? 0) + 1);
    // If an outcome needs several requests, only the last request has the outcome.
    if (outcome === undefined || sent === count)
      exitCode = Math.max(exitCode, exitCodeOf(call, expected));
    if (count > 1) print(`${String(sent).padStart(4)}  ${verdict}, ${Math.round(call.ms)} ms`);
    else describe(call, print);
    if (usage.used && verdict === "accepted") await reportUse(usage, print);
    if (sent === count && exitCode > 0) print(nextStep(call, usage));
  }
  if (count > 1) print([...verdicts].map(([verdict, times]) => `${times} ${verdict}`).join(", "));
  if (exitCode > 0) print(`Expected: ${expected}`);
  // The printed answer can begin with "Failed" or "Error", so say that this was expected.
  else if (expected !== "accepted") print(`As expected: ${expected}.`);
  return exitCode;
}

/** The phone page's server also switches on the fault of 8x8 that the outcome needs. */
async function requestOutcome({ app, outcome }: Usage): Promise<RequestedOutcome> {
  const answer = await fetch(new URL("/sandbox/outcomes/request", app?.sandboxUrl), {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ id: outcome }),
  });
  const body = (await answer.json()) as RequestedOutcome & { readonly error?: string };
  if (!answer.ok)
    throw new Error(
      body.error ??
        `The phone page's server answered HTTP ${answer.status}. Look at the app's terminal.`,
    );
  return body;
}

function send(outcome: RequestedOutcome | undefined, usage: Usage): Promise<HookCall> {
  const { url, header, channel, phone, locale, text, expired } = usage;
  const body =
    outcome?.body ??
    newHook({
      channel,
      phoneNumber: phone,
      locale,
      ...(text === "none" && { template: null }),
      ...(expired && { expiresInS: -300 }),
    });
  const secret = outcome?.wrongSecret === true ? randomUUID() : usage.secret;
  return callHook(url, body, secret === "" ? {} : { [header]: secret });
}

function describe(call: HookCall, print: Print): void {
  const ms = Math.round(call.ms);
  if (!call.answered) {
    print(`${noAnswer(call.why)} This took ${ms} ms.`);
    return;
  }
  const { judged, status } = call;
  print(judged.words);
  if (judged.details !== undefined) print(JSON.stringify(judged.details));
  print(`HTTP ${status} in ${ms} ms, transaction ${judged.transactionId ?? "none"}`);
}

function verdictOf(call: HookCall): string {
  if (!call.answered) return call.why;
  const { outcome, answer, reason, guardReason } = call.judged;
  if (outcome === "accepted" && guardReason !== undefined)
    return `accepted, but the guard would refuse the code in enforce mode (${guardReason})`;
  return [outcome ?? answer, outcome === "accepted" ? undefined : reason].filter(Boolean).join(" ");
}

/** Outcomes by HTTP status, because an error object does not name the outcome. */
const outcomeOfStatus: Readonly<Record<number, string>> = {
  400: "malformed",
  401: "unauthenticated",
  503: "unavailable",
};

/** @param expected An outcome, followed by its reason if the reason matters. */
function exitCodeOf(call: HookCall, expected: string): number {
  if (!call.answered) return 2;
  const { answer, contractKept, outcome, reason } = call.judged;
  const isError = answer === "error";
  const usual = answer === "successful" ? "accepted" : undefined;
  // The app may answer SUCCESSFUL to a refused code, and then only the app's outcome shows the
  // refusal.
  const found = isError ? outcomeOfStatus[call.status] : (outcome ?? usual);
  const [wanted, why = reason] = expected.split(" ");
  if (found === wanted && (isError || reason === why)) return 0;
  return contractKept ? 1 : 2;
}

async function reportUse(usage: Usage, print: Print): Promise<void> {
  const { url, channel, phone, eventSecret } = usage;
  const events = createEventHook(new URL("/api/okta/events", url).href, eventSecret);
  const used = authenticatedBy(channel, { userId: userOf(phone) });
  const status = (await events.deliver([used])).at(-1)?.status;
  if (status === undefined || status >= 300)
    print(
      `The app did not accept the event about the used code (${status === undefined ? "no answer" : `HTTP ${status}`}). ` +
        "If the status is 401, set OKTA_EVENT_SECRET to the app's event secret.",
    );
}
