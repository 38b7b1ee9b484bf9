import { print, printError } from "../terminal.ts";
import { answerHelp } from "../usage.ts";
import { askNames, asks, laptopsOwn as asksOfLaptop } from "./asks.ts";
import { isTried } from "./assumption.ts";
import { assumptions as all } from "./assumptions.ts";
import { checkDestinations, destinationsOf } from "./destinations.ts";
import { azureOf, credential, groupNameOf, orgOf } from "./environment.ts";
import { createLeftovers } from "./leftovers.ts";
import type { Live } from "./live.ts";
import { openLive } from "./open-live.ts";
import { localPerson, personHere } from "./person.ts";
import { createReporter, lockReport, readReport, refuseBroughtReport } from "./report-file.ts";
import { summaryOf } from "./report.ts";
import { wordsOf, type Entry } from "./finding.ts";
import { entriesWith, run } from "./run.ts";
import { help, readUsage, type Usage } from "./usage.ts";
import { refuseUnknownNames } from "../environment-names.ts";
import { confirm, createSecretReader } from "../okta/questions.ts";
import { trustOrg } from "../okta/trusted-org.ts";
import { local as laptopsOwn } from "../okta/wanted-state.ts";

const { env } = process;
const exitCodes = { differs: 1, failed: 2, unreached: 3, usage: 64, interrupted: 130 };
const interruption = new AbortController();
const leftovers = createLeftovers();

function forLaptop(usage: Usage): Usage {
  const asked = new Set([...asksOfLaptop, ...usage.asked]);
  return { ...usage, asked, phone: "+12025550123", yes: true };
}

async function accept(usage: Usage): Promise<number> {
  const { environment, phone, asked, force, saw, keep, anyway } = usage;
  const onLaptop = environment === laptopsOwn;
  // A person can check nothing on stand-ins.
  const assumptions = onLaptop ? all.filter(isTried) : all;
  const before = readReport(environment);
  const write = createReporter(usage, groupNameOf(usage), assumptions);
  if (saw !== undefined) {
    const entries = entriesWith(saw, assumptions, before);
    write(entries);
    print(
      `Recorded. ${summaryOf(assumptions, entries)} accept-report.md begins with the next steps.`,
    );
    return 0;
  }
  const azure = azureOf(usage);
  const { wanted, org, signIn, extraScopes } = await orgOf(usage, azure);
  const app = new URL(wanted.hook.url);
  await showAndConfirm(usage, { wanted, org, azure, app });

  // The report can be published, so it does not name a real org, app or group.
  const namesOfHosts = [app.host, new URL(wanted.org).host, groupNameOf(usage)];
  const secrets = [...(onLaptop ? [] : namesOfHosts), ...(phone === undefined ? [] : [phone])];
  const live: Live = openLive({
    wanted,
    signIn,
    extraScopes,
    asked,
    force,
    phone,
    env,
    azure,
    credential,
    leftovers,
    ...(onLaptop ? { patienceMs: 60_000, pauseMs: 100 } : { patienceMs: 600_000, pauseMs: 10_000 }),
    person: onLaptop ? localPerson(() => live, phone ?? "") : personHere(),
    ask: onLaptop || !process.stdin.isTTY ? undefined : createSecretReader(),
    onSecret: (secret) => secrets.push(secret),
  });
  const entries: Entry[] = [];
  const rest = () => assumptions.slice(entries.length).flatMap(({ id }) => before.get(id) ?? []);
  const { signal } = interruption;
  await run(assumptions, live, {
    before,
    keep,
    anyway,
    signal,
    secrets: () => secrets,
    onEntry(entry, { says }) {
      const word = entry.verdict === "not tried" ? (entry.why ?? "not tried") : entry.verdict;
      const line = { holds: says, differs: entry.seen, "not tried": `${says} ${entry.seen}` };
      if (entry.why !== "look") print(`${word.padEnd(11)}  ${entry.id}: ${line[entry.verdict]}`);
      entries.push(entry);
      write([...entries, ...rest()], entries.length);
    },
  });
  print(`\n${summaryOf(assumptions, entries)} accept-report.md begins with the next steps.`);
  return exitCodeOf(entries);
}

function exitCodeOf(entries: readonly Entry[]): number {
  if (entries.some(({ verdict }) => verdict === "differs")) return exitCodes.differs;
  const isReached = entries.some(({ verdict }) => verdict === "holds");
  const isUnreached = entries.some(({ why }) => why === "not reached");
  return isUnreached && !isReached ? exitCodes.unreached : 0;
}

interface Shown {
  readonly wanted: Live["wanted"];
  readonly org: string | undefined;
  readonly azure: Live["azure"];
  readonly app: URL;
}

/** Shows where secrets go and what the run does. Throws unless the person agrees. */
async function showAndConfirm(usage: Usage, { wanted, org, azure, app }: Shown): Promise<void> {
  const { environment, asked, yes, hosts } = usage;
  const destinations = await destinationsOf(wanted, org, azure);
  checkDestinations(destinations, { onLaptop: environment === laptopsOwn, yes, hosts });
  // A custom domain is confirmed by --host, or by the question below, which shows the domain.
  if (org !== undefined) await trustOrg(org, () => Promise.resolve(true));
  const own = environment === laptopsOwn ? asksOfLaptop : [];
  const plan = askNames
    .filter((ask) => asked.has(ask) && !own.includes(ask))
    .map((ask) => `- ${asks[ask]}`);
  print(
    `${environment}, ${app.origin}: about 15 requests with an expired code, and queries to Azure, Okta and 8x8. They cost less than a cent.`,
  );
  const lines = destinations.map(({ secret, url }) => `${secret} goes to ${new URL(url).host}.`);
  for (const line of new Set(lines)) print(line);
  print(plan.join("\n") || "No message is sent, and nothing is disturbed.");
  if (!yes && !(await confirm("Go on?")))
    throw new Error("Nothing was tried. Without a terminal, add --yes.");
}

/** Rejects when the person stops the run, even while a question is open. */
function interrupted(): Promise<never> {
  const { promise, reject } = Promise.withResolvers<never>();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
    process.on(signal, () => {
      if (!interruption.signal.aborted)
        printError("\nStopping. If the run has stopped the app, it starts the app again.");
      const stopped = new Error("The run was stopped.");
      interruption.abort(stopped);
      reject(stopped);
    });
  return promise;
}

async function main(usage: Usage): Promise<number> {
  let unlock: (() => void) | undefined;
  let exitCode: number;
  try {
    refuseBroughtReport();
    unlock = lockReport();
    exitCode = await Promise.race([
      accept(usage.environment === laptopsOwn ? forLaptop(usage) : usage),
      interrupted(),
    ]);
  } catch (error) {
    const { aborted } = interruption.signal;
    if (!aborted) printError(wordsOf(error));
    exitCode = aborted ? exitCodes.interrupted : exitCodes.failed;
  }
  const failed = await leftovers.clear();
  for (const command of failed)
    printError(`The run could not undo a change. Undo it with: ${command}`);
  unlock?.();
  return failed.length > 0 ? exitCodes.failed : exitCode;
}

answerHelp(help);
let usage: Usage | undefined;
try {
  refuseUnknownNames(env);
  usage = readUsage(process.argv.slice(2));
} catch (error) {
  printError(
    `${error instanceof Error ? error.message : "The command failed."}\nFor help, run: npm run accept -- --help`,
  );
  process.exitCode = exitCodes.usage;
}
// After a stop, a test that still waits would keep the process alive.
if (usage !== undefined) process.exit(await main(usage));
