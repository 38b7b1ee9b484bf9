import { readFile } from "node:fs/promises";
import { authenticatedBy, createEventHook, noAnswer } from "../sandbox/okta.ts";
import { refuseUnknownNames } from "../environment-names.ts";
import { newHook, type NewHook } from "./body.ts";
import { nextStep } from "./next-step.ts";
import { armFault, bodyOf } from "./presets.ts";
import { send, type Sent } from "./send.ts";
import { readUsage, type Env, type Usage } from "./usage.ts";

type Print = (text: string) => void;

function describe({ judged, status, why, ms }: Sent, print: Print): void {
  if (judged === undefined) {
    print(`${noAnswer(why)} This took ${ms} ms.`);
    return;
  }
  print(judged.words);
  if (judged.details !== undefined) print(JSON.stringify(judged.details));
  print(`HTTP ${status} in ${ms} ms, transaction ${judged.transactionId ?? "none"}`);
}

function verdictOf({ judged, why }: Sent): string {
  if (judged === undefined) return why;
  const { outcome, answer, reason, guardReason } = judged;
  const recorded =
    guardReason === undefined
      ? undefined
      : `but the guard would refuse the code in enforce mode (${guardReason})`;
  return [outcome ?? answer, outcome === "accepted" ? undefined : reason, recorded]
    .filter((word) => word !== undefined)
    .join(" ");
}

function exitCodeOf({ judged, status }: Sent, { isExpected }: Usage): number {
  if (judged === undefined) return 2;
  if (isExpected(judged, status)) return 0;
  return judged.contractKept ? 1 : 2;
}

async function sendOne(usage: Usage, print: Print): Promise<number> {
  const { body, oktaUserId } = await nextHook(usage, 0);
  const sent = await send(body, usage);
  const exitCode = exitCodeOf(sent, usage);
  // Say that the outcome was expected, because the next line can begin with "Failed" or "Error".
  if (exitCode === 0 && usage.expect !== "accepted")
    print(`As expected: ${usage.preset?.outcome ?? verdictOf(sent)}.`);
  describe(sent, print);
  await reportUse(sent, oktaUserId, usage, print);
  if (exitCode !== 0) {
    if (sent.judged !== undefined) print(`Expected: ${usage.expect}`);
    printNextStep(sent, usage, print);
  }
  return exitCode;
}

/** Returns the highest exit code of all requests. */
async function sendMany(usage: Usage, print: Print): Promise<number> {
  const counts = new Map<string, number>();
  let worst = 0;
  let failed: Sent | undefined;
  for (let index = 0; index < usage.repeat; index++) {
    const { body, oktaUserId } = await nextHook(usage, index);
    const sent = await send(body, usage);
    await reportUse(sent, oktaUserId, usage, print);
    const verdict = verdictOf(sent);
    print(`${String(index + 1).padStart(4)}  ${verdict}, ${sent.ms} ms`);
    counts.set(verdict, (counts.get(verdict) ?? 0) + 1);
    const exitCode = exitCodeOf(sent, usage);
    if (exitCode > worst) failed = sent;
    worst = Math.max(worst, exitCode);
  }
  print(
    `Of ${usage.repeat}: ${[...counts].map(([verdict, count]) => `${count} ${verdict}`).join(", ")}`,
  );
  if (failed !== undefined) printNextStep(failed, usage, print);
  return worst;
}

function printNextStep(sent: Sent, usage: Usage, print: Print): void {
  const step = nextStep(sent, usage);
  if (step !== undefined) print(step);
}

async function nextHook(usage: Usage, index: number): Promise<NewHook> {
  if (usage.preset !== undefined) {
    await armFault(usage.preset, usage.sandbox);
    return { body: bodyOf(usage.preset), oktaUserId: undefined };
  }
  if (usage.body === undefined) return newHook(usage, index);
  return { body: await readBody(usage.body), oktaUserId: undefined };
}

async function readBody(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === "ENOENT";
    throw new Error(
      `${isMissing ? "There is no file" : "This file cannot be read:"} ${file}. Give --body the path of a JSON file with the request body.`,
      { cause: error },
    );
  }
}

/** With `--used`, sends the event that Okta sends when a person enters the code. */
async function reportUse(
  { judged }: Sent,
  userId: string | undefined,
  { used, channel, url, eventSecret }: Usage,
  print: Print,
): Promise<void> {
  if (!used || judged?.outcome !== "accepted" || userId === undefined) return;
  const events = createEventHook(new URL("/api/okta/events", url).href, eventSecret);
  const status = (await events.deliver([authenticatedBy(channel, { userId })])).at(-1)?.status;
  if (status === undefined || status >= 300)
    print(
      `The app did not accept the event that the code was used (${status === undefined ? "no answer" : `HTTP ${status}`}). ` +
        "If the status is 401, set OKTA_EVENT_SECRET to the app's event secret.",
    );
}

/**
 * Returns the exit code. It is 64 if arguments, settings or the body file are wrong, and a message
 * says what is wrong.
 */
export async function hook(
  args: readonly string[],
  env: Env,
  { print, printError }: { readonly print: Print; readonly printError: Print },
): Promise<number> {
  try {
    refuseUnknownNames(env);
    const usage = readUsage(args, env);
    return await (usage.repeat === 1 ? sendOne : sendMany)(usage, print);
  } catch (error) {
    printError(
      `${error instanceof Error ? error.message : String(error)}\nTo see all options, run: npm run hook -- --help`,
    );
    return 64;
  }
}
