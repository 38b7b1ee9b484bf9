import { parseArgs } from "node:util";
import { askNames, asks, optionOf, type Ask } from "./asks.ts";
import { isTried } from "./assumption.ts";
import { assumptions } from "./assumptions.ts";

export const help = `Tests, in the first live hour, what was never tried live: docs/live.md. Writes accept-report.md
and accept-report.json.

  npm run accept -- <environment> [options]
  npm run accept -- <environment> --saw <id> yes|no|unused "what you saw"

The environment is a folder of infra/environments/, or local. Before you use local, run the line
\`source …\` that npm start -- --azure prints. local includes --phone and --sign-in, against
stand-ins. The command first shows which hosts get the hook secret, your sign-in and 8x8's key.
Without options it sends no message and disturbs nothing. Ctrl-C stops it at any moment. If it has
stopped the app, it starts the app again first.

${askNames.map((ask) => `  ${optionOf(ask).padEnd(18)}  ${asks[ask]}`).join("\n")}
  --saw ID            record what you saw of an assumption that only a person can check. "unused"
                      means that you do not use that part. Calls no host
  --anyway ID         run the tests that depend on this assumption although it differs. Repeatable
  --force             allow --restart, --cold-start and --alert if codes were sent in the last day
  --keep              do not repeat a test whose assumption held before
  --names             write the names of the environment and its resource group into the report
  --yes               do not ask. A host that is neither Okta's nor 8x8's then gets a secret only if
                      --host names it
  --host HOST         with --yes: a host that may get secrets, such as the app's. Repeatable
  --group NAME        the resource group. Default: azure.json's, or rg-okta8x8-<environment>
  --sign-with VAULT/KEY  sign in to Okta with a key that stays in Key Vault
  --help              show this text

Environment: sign in with az login, as for setup. Set OKTA_PRIVATE_KEY_FILE or OKTA_API_TOKEN, as
for npm run okta. Set OKTA_HOOK_SECRET and EIGHT_BY_EIGHT_API_KEY, or the command asks for them or
reads them from the vault. Set EIGHT_BY_EIGHT_ACCOUNT to the account's id to check its credit. In a
network with a proxy, set HTTPS_PROXY and NO_PROXY. 8x8 charges for the messages of --phone.
Exit code: 0 nothing differs; 1 something differs; 2 the run failed or refused to start; 3 no host
could be reached; 64 wrong usage; 130 stopped by Ctrl-C.`;

export type Usage = ReturnType<typeof readUsage>;

/** A person's result for an assumption. */
export interface Saw {
  readonly id: string;
  readonly verdict: "yes" | "no" | "unused";
  readonly note: string;
}

const flag = { type: "boolean", default: false } as const;
const text = { type: "string" } as const;
const texts = { type: "string", multiple: true } as const;
/** Options that a run on a laptop sets itself or does not use. */
const notLocal = ["phone", "sign-in", "group", "sign-with", "host", "yes", "saw"] as const;

/** Throws with a sentence that names the option, never its value. */
export function readUsage(args: readonly string[]) {
  const { values, positionals } = parse(args);
  const [environment = "", ...more] = positionals;
  const saw = values.saw === undefined ? undefined : readSaw(values.saw, more);
  if (!/^[a-z][a-z\d-]{0,19}$/.test(environment) || (saw === undefined && more.length > 0))
    throw new Error("Name one environment, such as dev or local.");
  if (values.phone !== undefined && !/^\+[1-9]\d{6,14}$/.test(values.phone))
    throw new Error("--phone needs a number in E.164, such as +12025550123.");
  const ignored = notLocal.find((name) => values[name] !== undefined && values[name] !== false);
  if (environment === "local" && ignored !== undefined)
    throw new Error(`On a laptop, --${ignored} has no effect. Leave it out.`);
  const { anyway = [], host: hosts = [], phone, group, force, keep, names, yes } = values;
  if (anyway.some((id) => !assumptions.some((one) => one.id === id)))
    throw new Error("--anyway needs the id of an assumption. accept-report.md lists the ids.");
  const asked = new Set<Ask>(
    askNames.filter((ask) => values[ask] !== undefined && values[ask] !== false),
  );
  const options = { environment, phone, asked, saw, anyway: new Set(anyway), force, keep, names };
  return { ...options, yes, hosts, group, signWith: values["sign-with"] };
}

function readSaw(id: string, [verdict, note, ...more]: readonly string[]): Saw {
  const one = assumptions.find((assumption) => assumption.id === id);
  if (one === undefined || isTried(one))
    throw new Error(
      "--saw needs the id of an assumption that only a person can check. docs/live.md lists the ids.",
    );
  const isKnown = verdict === "yes" || verdict === "no" || verdict === "unused";
  if (!isKnown || !note?.trim() || more.length > 0)
    throw new Error("After --saw, give an id, then yes, no or unused, then a note in quotes.");
  return { id, verdict, note };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        phone: text,
        group: text,
        "sign-with": text,
        saw: text,
        anyway: texts,
        host: texts,
        force: flag,
        keep: flag,
        names: flag,
        yes: flag,
        "sign-in": flag,
        restart: flag,
        "cold-start": flag,
        alert: flag,
      },
    });
  } catch {
    throw new Error("An option is unknown or has no value.");
  }
}
