import { lstatSync, writeFileSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { parseArgs } from "node:util";
import { commandLine } from "../command-line.ts";
import { refuseUnknownNames } from "../environment-names.ts";
import { askLine, confirm } from "../questions.ts";
import { signInFor } from "../okta/sign-in-from-environment.ts";
import { trustOrg } from "../okta/trusted-org.ts";
import { refuseTracked } from "../untracked-file.ts";
import { local, type WantedState } from "../okta/wanted-state.ts";
import { print, printError } from "../terminal.ts";
import { answerHelp } from "../usage.ts";
import { Finding, runChecks, wordsOf } from "./check.ts";
import { checks } from "./checks.ts";
import { signInOnLaptop } from "./codes.ts";
import { openLive, type Live } from "./live.ts";
import { once } from "./azure.ts";
import { azureOf, hookOf } from "./place.ts";
import { exitCodeOf, lineOf, list, reportOf, summaryOf } from "./report.ts";

const help = `Checks a deployment in its first live hour: docs/live.md. Writes accept-report.<environment>.md.

  ${commandLine("accept", "<environment> [options]")}

The environment is a folder of environments/, or local, after the command start --azure. The
command needs no secret of the app. It shows which host gets your sign-in, and asks before it
signs in. Okta calls the app with codes of this run.

  --phone +…              have Okta send one SMS, and call if the app has voice. 8x8 charges you
  --sign-in               ask you to sign in once with a code by SMS or call
  --yes                   do not ask
  --group NAME            the resource group. Default: azure.json's, or rg-okta8x8-<environment>
  --subscription ID       the subscription, if several have a group with that name
  --sign-with VAULT/KEY   sign in to Okta with a key that stays in Key Vault
  --list                  print each check, its page, and what breaks if it differs
  --help                  print this text

Sign in with az login. Set OKTA_PRIVATE_KEY_FILE or OKTA_API_TOKEN, as for the command okta.
Exit code: 0 all was shown and holds; 1 something differs; 2 nothing differs, but something was not
shown, or the run failed; 64 wrong usage; 130 stopped.`;

const phoneOnLaptop = "+12025550123";
type Usage = ReturnType<typeof readUsage>;

function readUsage(args: string[]) {
  const text = { type: "string" } as const;
  const flag = { type: "boolean", default: false } as const;
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      phone: text,
      group: text,
      subscription: text,
      "sign-with": text,
      yes: flag,
      list: flag,
      "sign-in": flag,
    },
  });
  const [environment = "", ...more] = positionals;
  if (!values.list && (!/^[a-z][a-z\d-]{0,19}$/.test(environment) || more.length > 0))
    throw new Error("Name one environment, such as dev or local.");
  if (values.phone !== undefined && !/^\+[1-9]\d{6,14}$/.test(values.phone))
    throw new Error("--phone needs a number in E.164, such as +12025550123.");
  if (environment !== local) return { environment, ...values };
  return { environment, ...values, yes: true, phone: phoneOnLaptop, "sign-in": true };
}

/** Throws if the operator does not agree. */
async function confirmHosts(usage: Usage, hookUrl: string, org: string | undefined): Promise<void> {
  print(`The app at ${new URL(hookUrl).host} gets no secret.`);
  if (org !== undefined) print(`Your sign-in at Okta goes to ${new URL(org).host}.`);
  const messages =
    "Okta sends an SMS, another one to try a second provider, and a call if the app has voice.";
  print(usage.phone === undefined ? "No message is sent." : messages);
  if (!usage.yes && !(await confirm("Go on?")))
    throw new Error("Nothing was sent. Without a terminal, add --yes.");
  if (org !== undefined) await trustOrg(org, confirm);
}

async function accept(usage: Usage): Promise<number> {
  const { environment, phone, "sign-with": signWith } = usage;
  const file = `accept-report.${environment}.md`;
  // If a branch contains a link with the report's name, the report would overwrite another file.
  if (lstatSync(file, { throwIfNoEntry: false })) refuseTracked(file);
  const azure = once(() => azureOf(usage));
  const { wanted, hookUrl } = await hookOf(environment, azure);
  await confirmHosts(usage, hookUrl, wanted?.org);

  const isLocal = environment === local;
  const live: Live = openLive({
    environment,
    hookUrl,
    wanted,
    phone,
    azure,
    signInToOkta: () => signInFor({ command: "accept", signWith }, wanted as WantedState),
    ask: (question) => (isLocal ? Promise.resolve(undefined) : askLine(question)),
    signIn: isLocal ? () => signInOnLaptop(live) : signInHere,
    // The stand-ins answer at once, so long waits are not needed.
    sleep: (ms) => wait(isLocal ? Math.min(ms, 1_000) : ms),
  });
  // Keep the phone number and the hosts out of the report.
  const hosts = [hookUrl, wanted?.org ?? hookUrl].map((url) => new URL(url).host);
  const results = await runChecks(checks, live, {
    asked: { phone: phone !== undefined, "sign-in": usage["sign-in"] },
    secrets: [...(phone === undefined ? [] : [phone]), ...hosts],
    onResult: (result) => {
      print(lineOf(result));
    },
  });
  writeFileSync(file, reportOf(environment, results));
  print(`\n${summaryOf(results)} The report is in ${file}.`);
  return exitCodeOf(results);
}

async function signInHere(): Promise<boolean> {
  const said = await askLine(
    "Sign in to Okta once with a code by SMS or call. After you typed the code, press Enter here. To skip this check, type n.",
  );
  return said !== undefined && !/^n/i.test(said);
}

answerHelp(help);
let usage: Usage;
try {
  refuseUnknownNames(process.env);
  usage = readUsage(process.argv.slice(2));
} catch (error) {
  printError(`${wordsOf(error)}\nFor help, run: ${commandLine("accept", "--help")}`);
  process.exit(64);
}
try {
  if (usage.list) print(list());
  else process.exitCode = await accept(usage);
} catch (error) {
  printError(wordsOf(error));
  const hasDifference = error instanceof Finding && error.outcome.result === "differs";
  process.exitCode = hasDifference ? 1 : 2;
}
