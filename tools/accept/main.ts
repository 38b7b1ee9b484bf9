import { existsSync, readFileSync } from "node:fs";
import { print, printError } from "../terminal.ts";
import { answerHelp } from "../usage.ts";
import { askNames, asks, type Ask } from "./asks.ts";
import { assumptions } from "./assumptions.ts";
import { findGroup, openAzure, publicAzure } from "./azure.ts";
import { checkDestinations, smsUrlOf, type Destination } from "./destinations.ts";
import { overreaches } from "./overreaches.ts";
import type { Live } from "./live.ts";
import { localPerson, once, openLive } from "./open-live.ts";
import { personHere } from "./questions.ts";
import { readReport, refuseBroughtReport, summaryOf, writeReport, type Entry } from "./report.ts";
import { run, wordsOf } from "./run.ts";
import { help, readUsage, type Usage } from "./usage.ts";
import { refuseUnknownNames } from "../environment-names.ts";
import { signInFor } from "../okta/sign-in-from-environment.ts";
import { confirm, createSecretReader } from "../okta/questions.ts";
import { trustOrg } from "../okta/trusted-org.ts";
import {
  howToFindAzure,
  local as laptopsOwn,
  readWantedState,
  type WantedState,
} from "../okta/wanted-state.ts";
import { isLoopback } from "../../src/settings/environment/validators.ts";

const { env } = process;
/** What a laptop does without asking: its phone is the page. */
const local: Pick<Usage, "phone" | "asked" | "yes"> = {
  phone: "+12025550123",
  asked: new Set<Ask>(["phone", "sign-in"]),
  yes: true,
};

function groupOf({ environment, group }: Usage): () => Promise<string> {
  const file = `infra/environments/${environment}/azure.json`;
  const written = existsSync(file)
    ? (JSON.parse(readFileSync(file, "utf8")) as { readonly resourceGroup?: string }).resourceGroup
    : undefined;
  return async () => findGroup(group ?? written ?? `rg-okta8x8-${environment}`, await credential());
}

async function credential() {
  // Azure's packages take a second to load.
  return (await import("../okta/vaults.ts")).createCredential();
}

async function accept(given: Usage): Promise<number> {
  refuseBroughtReport();
  const onLaptop = given.environment === laptopsOwn;
  const usage = onLaptop ? { ...given, ...local } : given;
  const { environment, phone, force } = usage;
  const asked = new Set([...usage.asked, ...(phone === undefined ? [] : (["phone"] as const))]);
  const { ACCEPT_AZURE: stood } = env;
  if (onLaptop && !stood)
    throw new Error(`This terminal knows no stand-ins for Azure. ${howToFindAzure}`);
  const group = onLaptop
    ? () => Promise.resolve("/subscriptions/local/resourceGroups/local")
    : groupOf(usage);
  if (onLaptop && !isLoopback(new URL(stood ?? "")))
    throw new Error("ACCEPT_AZURE names no stand-in on this machine.");
  const azureHosts = onLaptop && stood ? { manager: stood, logs: stood } : publicAzure;
  const azure = once(async () => openAzure(await group(), await credential(), azureHosts));
  const { wanted, org, signIn, overreaches } = await orgOf(usage, azure);
  const app = new URL(wanted.hook.url);
  const destinations = await destinationsOf(wanted, org, azure);
  const { yes, hosts } = usage;
  checkDestinations(destinations, { onLaptop, yes, hosts });
  // A custom domain was named by --host, or the question below shows it.
  if (org !== undefined) await trustOrg(org, () => Promise.resolve(true));
  const plan = askNames.filter((ask) => asked.has(ask)).map((ask) => `- ${asks[ask]}`);
  print(
    `${environment}, ${app.origin}: some 15 hooks with an expired code, and questions to Azure, Okta and 8x8: under a cent.`,
  );
  for (const { secret, url } of destinations) print(`${secret} goes to ${new URL(url).host}.`);
  print(plan.join("\n") || "No message is sent, and nothing is disturbed.");
  if (!yes && !(await confirm("Go on?")))
    throw new Error("Nothing was tried. Without a terminal: --yes.");

  // The report can be published, so it does not name a real org or app.
  const namesOfHosts = onLaptop ? [] : [app.host, new URL(wanted.org).host];
  const secrets: string[] = phone === undefined ? namesOfHosts : [phone, ...namesOfHosts];
  const live: Live = openLive({
    wanted,
    signIn,
    overreaches,
    asked,
    force,
    phone,
    env,
    azure,
    credential,
    ...(onLaptop ? { patienceMs: 60_000, pauseMs: 500 } : { patienceMs: 600_000, pauseMs: 10_000 }),
    person: onLaptop ? localPerson(() => live, phone ?? "") : personHere(),
    ask: onLaptop || !process.stdin.isTTY ? undefined : createSecretReader(),
    onSecret: (secret) => secrets.push(secret),
  });
  const before = usage.again || onLaptop ? new Map<string, Entry>() : readReport(environment);
  const entries: Entry[] = [];
  const rest = () => assumptions.slice(entries.length).flatMap(({ id }) => before.get(id) ?? []);
  await run(assumptions, live, {
    before,
    secrets: () => secrets,
    onEntry(entry, { says }) {
      print(
        `${entry.verdict.padEnd(9)}  ${entry.id}: ${entry.verdict === "holds" ? says : entry.seen}`,
      );
      entries.push(entry);
      writeReport(environment, assumptions, [...entries, ...rest()]);
    },
  });
  print(`\n${summaryOf(assumptions, entries)} accept-report.md says which.`);
  return entries.some(({ verdict }) => verdict === "differs") ? 2 : 0;
}

/**
 * What okta.json wants; where Okta was set up by hand, the hook that was deployed, and nobody to
 * ask.
 */
async function orgOf({ environment, signWith }: Usage, azure: Live["azure"]) {
  try {
    const wanted = readWantedState(environment);
    return {
      wanted,
      org: wanted.org,
      signIn: () => signInFor({ command: "accept", signWith }, wanted, () => undefined),
      overreaches: () => overreaches(wanted, signWith),
    };
  } catch (error) {
    if (environment === laptopsOwn) throw error;
    const { outputs } = (await azure()).deployment;
    const header = env["OKTA_AUTH_HEADER"] || "authorization";
    const hook = { name: "8x8", url: String(outputs["hookUrl"]), auth: "secret" as const, header };
    const phone = { sms: true, voice: true, allowedFor: "any" as const };
    const refuse = () =>
      Promise.reject(error instanceof Error ? error : new Error("There is no okta.json."));
    return {
      wanted: { org: "https://unknown", clientId: "", hook, phone },
      org: undefined,
      signIn: refuse,
      overreaches: refuse,
    };
  }
}

/** Which secrets leave this machine, and to which URLs. */
async function destinationsOf(
  { hook }: WantedState,
  org: string | undefined,
  azure: Live["azure"],
): Promise<readonly Destination[]> {
  // Without Azure, no assumption asks 8x8.
  const deployment = await azure().then(
    (found) => found.deployment,
    () => undefined,
  );
  return [
    { secret: "The hook secret", url: hook.url },
    ...(org === undefined ? [] : [{ secret: "Your sign-in at Okta", url: org }]),
    ...(deployment === undefined ? [] : [{ secret: "8x8's key", url: smsUrlOf(deployment, env) }]),
  ];
}

answerHelp(help);
let usage: Usage | undefined;
try {
  refuseUnknownNames(env);
  usage = readUsage(process.argv.slice(2));
} catch (error) {
  printError(
    `${error instanceof Error ? error.message : "It failed."}\nnpm run accept -- --help says more.`,
  );
  process.exitCode = 64;
}
if (usage !== undefined)
  process.exitCode = await accept(usage).catch((error: unknown) => {
    printError(wordsOf(error));
    return 1;
  });
