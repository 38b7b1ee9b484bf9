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
    print(`${noAnswer(why)} After ${ms} ms.`);
    return;
  }
  print(judged.words);
  if (judged.details !== undefined) print(JSON.stringify(judged.details));
  print(`HTTP ${status} in ${ms} ms, transaction ${judged.transactionId ?? "none"}`);
}

/** What became of the code, by the answer, in a few words. */
function verdictOf({ judged, why }: Sent): string {
  if (judged === undefined) return why;
  const { outcome, answer, reason, guardReason } = judged;
  const recorded =
    guardReason === undefined ? undefined : `though the guard would refuse it as ${guardReason}`;
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
  // What Okta makes of it begins with "Failed" or "Error", here too.
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

/** One after the other, a line for each; the worst exit code of all. */
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
      `${isMissing ? "There is no file" : "This is no file that can be read:"} ${file}. --body takes the path of a file that holds a hook as JSON.`,
      { cause: error },
    );
  }
}

/** The person types the code in, and Okta's event reports its use. */
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
      `The app did not accept Okta's event that the code was used (HTTP ${status ?? "without an answer"}). ` +
        "If it is a 401, OKTA_EVENT_SECRET is not the app's.",
    );
}

/**
 * The exit code. What was wrong with the arguments, or with a body file, is printed as an error.
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
      `${error instanceof Error ? error.message : String(error)}\nnpm run hook -- --help lists all options.`,
    );
    return 64;
  }
}
