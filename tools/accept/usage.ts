import { parseArgs } from "node:util";
import { askNames, asks, isTried, optionOf, type Ask } from "./assumption.ts";
import { assumptions } from "./assumptions.ts";

export const help = `Tries, in the first live hour, what was never tried live: docs/live.md. Writes accept-report.md and
.json.

  npm run accept -- <environment> [options]
  npm run accept -- <environment> --saw <id> yes|no|unused "what you saw"

The environment is a folder of infra/environments/; or local, after the line \`source …\` of
npm start -- --azure. local includes --phone and --sign-in, against stand-ins. The command shows
first which hosts get the hook secret, your sign-in and 8x8's key.
Without options no message is sent, and nothing is disturbed. Ctrl-C stops it at any moment: what it
stopped is started again first.

${askNames.map((ask) => `  ${optionOf(ask).padEnd(18)}  ${asks[ask]}`).join("\n")}
  --saw ID            record what you saw of an assumption that only a person can look at. Write
                      "unused" if you do not use that part. Calls no host
  --anyway ID         try what depends on this assumption, although it differs; once for each
  --force             --restart, --cold-start and --alert even if codes were sent in the last day
  --keep              do not try again what held before
  --names             the report names the environment and its resource group
  --yes               do not ask; then a host that is neither Okta's nor 8x8's gets a secret only if
                      --host names it
  --host HOST         with --yes: a host that gets secrets, such as the app's; once for each
  --group NAME        the resource group. Default: azure.json's, or rg-okta8x8-<environment>
  --sign-with VAULT/KEY  sign in to Okta with a key that stays in Key Vault
  --help              this text

Environment: az login as for setup; OKTA_PRIVATE_KEY_FILE or OKTA_API_TOKEN as for npm run okta.
OKTA_HOOK_SECRET and EIGHT_BY_EIGHT_API_KEY, else they are typed unseen, or read from the vault;
EIGHT_BY_EIGHT_ACCOUNT, the account's id, for its credit; HTTPS_PROXY and NO_PROXY.
Exit code: 0 nothing differs; 1 something does; 2 it failed, or refused to start; 3 nothing could be
reached; 64 wrong usage; 130 stopped by Ctrl-C.`;

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
/** Options that a run on a laptop sets itself. */
const notLocal = ["phone", "sign-in", "group", "sign-with", "host", "yes"] as const;

/** Throws with a sentence that names the option, never its value. */
export function readUsage(args: readonly string[]) {
  const { values, positionals } = parse(args);
  const [environment = "", ...more] = positionals;
  const saw = values.saw === undefined ? undefined : readSaw(values.saw, more);
  if (!/^[a-z][a-z\d-]{0,19}$/.test(environment) || (saw === undefined && more.length > 0))
    throw new Error("Name one environment, such as dev or local.");
  if (values.phone !== undefined && !/^\+[1-9]\d{6,14}$/.test(values.phone))
    throw new Error("--phone is a number in E.164.");
  const ignored = notLocal.find((name) => values[name] !== undefined && values[name] !== false);
  if (environment === "local" && ignored !== undefined)
    throw new Error(`On a laptop --${ignored} has no meaning. Leave it out.`);
  const { anyway = [], host: hosts = [], phone, group, force, keep, names, yes } = values;
  if (anyway.some((id) => !assumptions.some((one) => one.id === id)))
    throw new Error("--anyway names no assumption. accept-report.md has their ids.");
  const asked = new Set<Ask>(
    askNames.filter((ask) => values[ask] !== undefined && values[ask] !== false),
  );
  const options = { environment, phone, asked, saw, anyway: new Set(anyway), force, keep, names };
  return { ...options, yes, hosts, group, signWith: values["sign-with"] };
}

function readSaw(id: string, [verdict, note, ...more]: readonly string[]): Saw {
  const one = assumptions.find((assumption) => assumption.id === id);
  if (one === undefined || isTried(one))
    throw new Error("--saw names no assumption that only a person can look at: see docs/live.md.");
  const isKnown = verdict === "yes" || verdict === "no" || verdict === "unused";
  if (!isKnown || !note?.trim() || more.length > 0)
    throw new Error("After --saw comes an id, then yes, no or unused, then a note in quotes.");
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
    throw new Error("There is an option that is not known, or that misses its value.");
  }
}
