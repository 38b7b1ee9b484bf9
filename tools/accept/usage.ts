import { parseArgs } from "node:util";
import { asks, askNames, optionOf } from "./asks.ts";

export const help = `Tries, in the first live hour, what was never tried live: docs/live.md. Writes accept-report.md and
.json.

  npm run accept -- <environment> [options]

The environment is a folder of infra/environments/; or local, after the line \`source …\` of
npm start -- --azure. It shows first which hosts get the hook secret, your sign-in and 8x8's key.
Without options no message is sent, and nothing is disturbed.

${askNames.map((ask) => `  ${optionOf(ask).padEnd(18)}  ${asks[ask]}`).join("\n")}
  --force             --restart, --cold-start and --alert even where codes were sent in the last day
  --again             try again what held
  --yes               do not ask; then a host that is neither Okta's nor 8x8's gets a secret only if
                      --host names it
  --host HOST         with --yes: a host that gets secrets, such as the app's; once for each
  --group NAME        the resource group (rg-okta8x8-<environment>; of azure.json where setup wrote
                      that)
  --sign-with VAULT/KEY  sign in to Okta with a key that stays in Key Vault
  --help              this text

Environment: az login as for setup; OKTA_PRIVATE_KEY_FILE or OKTA_API_TOKEN as for npm run okta.
OKTA_HOOK_SECRET and EIGHT_BY_EIGHT_API_KEY, else they are typed unseen, or read from the vault;
EIGHT_BY_EIGHT_ACCOUNT, the account's id, for its credit.
Exit code: 0 nothing differs; 2 something does; 1 failed; 64 wrong usage.`;

export type Usage = ReturnType<typeof readUsage>;

const flag = { type: "boolean", default: false } as const;
const text = { type: "string" } as const;

/** Throws with a sentence that names the option, never what was typed. */
export function readUsage(args: readonly string[]) {
  const { values, positionals } = parse(args);
  const [environment = "", ...more] = positionals;
  if (!/^[a-z][a-z\d-]{0,19}$/.test(environment) || more.length > 0)
    throw new Error("Name one environment, such as dev or local.");
  if (values.phone !== undefined && !/^\+[1-9]\d{6,14}$/.test(values.phone))
    throw new Error("--phone is a number in E.164.");
  const { phone, group, force, again, yes, "sign-with": signWith, host: hosts = [] } = values;
  const asked = new Set(
    askNames.filter((ask) => values[ask] !== undefined && values[ask] !== false),
  );
  return { environment, phone, asked, force, again, yes, hosts, group, signWith };
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
        force: flag,
        again: flag,
        yes: flag,
        host: { type: "string", multiple: true },
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
