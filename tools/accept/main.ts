import { lstatSync, writeFileSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { parseArgs } from "node:util";
import { secretList } from "../../src/settings/secret-list.ts";
import { isOktaHost } from "../../src/okta/words.ts";
import { isLoopback, isSafe } from "../../src/settings/environment/validators.ts";
import { refuseUnknownNames } from "../environment-names.ts";
import { smsHosts } from "../hosts-of-8x8.ts";
import { quote } from "../local/phone/quote.ts";
import { liveCode } from "../okta/expired-code.ts";
import { askLine, confirm, createSecretReader } from "../okta/questions.ts";
import { signInFor } from "../okta/sign-in-from-environment.ts";
import { trustOrg } from "../okta/trusted-org.ts";
import { refuseTracked } from "../okta/untracked-file.ts";
import { local, type WantedState } from "../okta/wanted-state.ts";
import { createEventHook, eventsOfUse } from "../sandbox/okta.ts";
import { print, printError } from "../terminal.ts";
import { answerHelp } from "../usage.ts";
import { optionOf, runChecks, wordsOf, type Result } from "./check.ts";
import { checks } from "./checks.ts";
import { azureOf, createSecrets, hookOf, once, openLive, type Live } from "./live.ts";
import { commandLine } from "../command-line.ts";

const help = `Checks a deployment in its first live hour: docs/live.md. Writes accept-report.<environment>.md.

  ${commandLine("accept", "<environment> [options]")}

The environment is a folder of environments/, or local, after the command start --azure. This
command shows which hosts get secrets, and asks before it sends any.

  --phone +…              send one SMS, and call if the app has voice. 8x8 charges for them
  --sign-in               ask you to sign in once with a code by SMS or call
  --yes                   do not ask. Secrets go only to Okta's and 8x8's hosts, and to --host
  --host HOST             with --yes: a host that may get secrets, such as the app's. Repeatable
  --group NAME            the resource group. Default: azure.json's, or rg-okta8x8-<environment>
  --sign-with VAULT/KEY   sign in to Okta with a key that stays in Key Vault
  --list                  print each check, its page, and what breaks if it differs
  --help                  print this text

Sign in with az login. Set OKTA_PRIVATE_KEY_FILE or OKTA_API_TOKEN, as for the command okta. Set
OKTA_HOOK_SECRET and EIGHT_BY_EIGHT_API_KEY, or the command asks for them or reads the vault. Set
EIGHT_BY_EIGHT_ACCOUNT to check the credit.
Exit code: 0 nothing differs; 1 something differs; 2 the run failed, or nothing could be shown; 64
wrong usage; 130 stopped.`;

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
      "sign-with": text,
      host: { type: "string", multiple: true, default: [] },
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

/** Throws if a URL is not safe, or if the operator did not confirm an unknown host. */
async function confirmHosts(
  { environment, yes, host: named, phone }: Usage,
  destinations: Readonly<Record<string, string | undefined>>,
): Promise<void> {
  for (const [secret, url] of Object.entries(destinations)) {
    if (url === undefined) continue;
    const at = URL.parse(url);
    if (at === null || !isSafe(at))
      throw new Error(
        `Nothing was sent. The URL for "${secret}" must be https, without a user name.`,
      );
    const isKnown = isLoopback(at) || isOktaHost(at.host) || smsHosts.includes(at.host);
    const isRefused = environment === local ? !isLoopback(at) : yes && !isKnown;
    if (isRefused && !named.includes(at.host))
      throw new Error(
        `Nothing was sent. ${secret} would go to ${at.host}. If this host is yours, add --host ${quote(at.host)}.`,
      );
    print(`${secret} goes to ${at.host}.`);
  }
  print(
    phone === undefined
      ? "No message is sent."
      : "One SMS is sent. If the app has voice, one call is made.",
  );
  if (!yes && !(await confirm("Go on?")))
    throw new Error("Nothing was sent. Without a terminal, add --yes.");
}

async function accept(usage: Usage): Promise<number> {
  const { environment, phone, "sign-with": signWith } = usage;
  const file = `accept-report.${environment}.md`;
  // If a branch contains a link with the report's name, the report would overwrite another file.
  if (lstatSync(file, { throwIfNoEntry: false })) refuseTracked(file);
  const azure = once(() => azureOf(usage));
  const { wanted, hook } = await hookOf(environment, azure);
  const smsUrl = await azure().then(
    ({ settings }) => settings["EIGHT_BY_EIGHT_SMS_URL"] || "https://sms.8x8.com",
    () => undefined,
  );
  await confirmHosts(usage, {
    [hook.auth === "secret" ? "The hook's secret" : "A test without a secret"]: hook.url,
    "Your sign-in at Okta": wanted?.org,
    "8x8's key": smsUrl,
    "Okta's event secret": environment === local ? wanted?.events?.url : undefined,
  });
  if (wanted !== undefined) await trustOrg(wanted.org, () => Promise.resolve(true));

  // Keep the phone number and the hosts out of the report.
  const hosts = [hook.url, wanted?.org ?? hook.url].map((url) => new URL(url).host);
  const secrets = [...(phone === undefined ? [] : [phone]), ...hosts];
  const reader = createSecretReader();
  const isAsked = process.stdin.isTTY && environment !== local;
  const read = createSecrets(azure, secrets, (variable) =>
    isAsked ? reader(`${variable}, or Enter to read it from the vault`) : Promise.resolve(""),
  );
  const hookSecret = once(() => read("OKTA_HOOK_SECRET", secretList.hookSecret.name));
  const live: Live = openLive({
    hook,
    wanted,
    phone,
    azure,
    hookSecret,
    smsUrl: smsUrl ?? "",
    account: process.env["EIGHT_BY_EIGHT_ACCOUNT"],
    header: hook.auth === "secret" ? hook.header : "authorization",
    apiKey: once(() => read("EIGHT_BY_EIGHT_API_KEY", secretList.apiKey.name)),
    signInToOkta: () => signInFor({ command: "accept", signWith }, wanted as WantedState),
    signIn: environment === local ? signInOnLaptop : signInHere,
    // The stand-ins answer at once, so long waits are not needed.
    sleep: (ms) => wait(environment === local ? Math.min(ms, 1_000) : ms),
  });

  async function signInOnLaptop(): Promise<boolean> {
    const body = JSON.stringify(liveCode(phoneOnLaptop, "sms"));
    await live.call("app", new URL(hook.url).pathname, { method: "POST", body, secret: "right" });
    // The app must store the code first. A person needs more than a second to type the code.
    await live.sleep(1_000);
    const secret = await read("OKTA_EVENT_SECRET", secretList.oktaEventSecret.name);
    const events = eventsOfUse("sms", "com.okta.user.telephony.pre-enrollment");
    const sent = await createEventHook(wanted?.events?.url ?? "", secret).deliver(events);
    return (sent.at(-1)?.status ?? 500) < 300;
  }

  const results = await runChecks(checks, live, {
    asked: { phone: phone !== undefined, "sign-in": usage["sign-in"] },
    secrets,
    onResult: (result) => {
      print(`${wordOf[result.result].padEnd(9)}  ${lineOf(result)}`);
    },
  });
  writeFileSync(file, report(environment, results));
  print(`\n${summaryOf(results)} The report is in ${file}.`);
  if (results.some(({ result }) => result === "differs")) return 1;
  return results.some(({ result }) => result === "holds") ? 0 : 2;
}

async function signInHere(): Promise<boolean> {
  const said = await askLine(
    "Sign in to Okta once with a code by SMS or call. After you typed the code, press Enter here. To skip this check, type n.",
  );
  return said !== undefined && !/^n/i.test(said);
}

const wordOf = { holds: "holds", differs: "DIFFERS", "not shown": "not shown" } as const;
const lineOf = ({ id, seen, cause }: Result) =>
  `${id}: ${seen}${cause === undefined ? "" : ` Likely cause: ${cause}`}`;

function summaryOf(results: readonly Result[]): string {
  const count = (what: Result["result"]) => results.filter(({ result }) => result === what).length;
  return `${count("holds")} hold, ${count("differs")} differ, ${count("not shown")} are not shown.`;
}

const answers = { holds: "yes", differs: "no", "not shown": "not tried" } as const;

/** The report has no secret, number, code or id. */
function report(environment: string, results: readonly Result[]): string {
  const of = (id: string) => answers[results.find((one) => one.id === id)?.result ?? "not shown"];
  const section = (title: string, what: Result["result"]) => {
    const lines = results
      .filter(({ result }) => result === what)
      .map((one) => `- ${describe(one)}`);
    return `## ${title}\n\n${lines.join("\n") || "None."}\n`;
  };
  return `# The first live hour of ${environment}, ${new Date().toISOString().slice(0, 16)} UTC

- Codes by SMS can be delivered: ${of("sms")}
- Codes by call can be delivered: ${of("call")}

${summaryOf(results)}${environment === local ? " This run used stand-ins. It shows nothing about your accounts." : ""}

${section("Differs", "differs")}
${section("Not shown", "not shown")}
${section("Holds", "holds")}`;
}

function describe(one: Result): string {
  const { says = "", breaks = "", page = "" } = checks.find(({ id }) => id === one.id) ?? {};
  const more = one.result === "differs" ? ` If this is not fixed: ${breaks} <${page}>` : "";
  return `**${one.id}** ${says} ${lineOf(one).slice(one.id.length + 2)}${more}`;
}

function list(): void {
  for (const { id, says, breaks, page, needs } of checks) {
    const option = needs === undefined ? "" : ` Needs ${optionOf[needs]}.`;
    print(`${id}: ${says}${option}\n  If false: ${breaks}\n  ${page}\n`);
  }
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
  if (usage.list) list();
  else process.exitCode = await accept(usage);
} catch (error) {
  printError(wordsOf(error));
  process.exitCode = 2;
}
