import { parseArgs } from "node:util";
import { howToFindAzure, local } from "./wanted-state.ts";
import { commandLine } from "../command-line.ts";

export const help = `Sets up and checks an Okta org as environments/<environment>/okta.json describes it.
More: docs/okta-as-code.md.

  ${commandLine("okta", "<command> --env <environment> [options]")}

  plan      prints the differences. Exit code: 0 no differences, 2 differences, 1 failed
  apply     prints the plan, asks, makes the changes and verifies the hook. It deletes nothing. If a
            hook of another app is active, it leaves telephony hooks alone (exit code: 2)
  activate  switches to this app's hook: deactivates the other active hook, creates or activates
            this one, and verifies it. If that fails, the other hook is active again
  activate "NAME OR ID"
            switches to this telephony hook, for example back to the old hook
  deactivate
            deactivates this app's hooks, for example before you type a provider's credentials into
            Okta. Then Okta sends the codes itself if your org has a provider
  verify    lets Okta call the hook with an expired code. This checks URL, secret, network and
            answer, and sends no message
  rotate    gives every vault and Okta a new hook secret. No request fails, even if the command
            stops halfway

  --env ENVIRONMENT      a folder in environments/, such as dev; laptop; or local, the org of
                         \`start\` (first run the line \`source …\` that it prints)
  --yes                  apply, activate, deactivate, rotate: do not ask
  --vault NAME           apply, activate: read the secrets from this vault. Without it you type
                         them, or pipe them in, a line each: hook=SECRET, event=SECRET
                         rotate: a vault of the apps behind the URL. Repeat it for each vault,
                         including the stand-by's
  --give-secrets         apply, activate: send the secrets even if nothing else differs. Okta never
                         shows a wrong secret
  --unproved             apply, activate: skip the check of the URLs from this machine
  --sign-with VAULT/KEY  sign in with a key in Key Vault. The key does not leave the vault
  --help                 print this text

To sign in, set OKTA_PRIVATE_KEY_FILE to a service app's private key (JWK or PEM), or add
--sign-with. For a first try, set OKTA_API_TOKEN. The sign-in is sent only to Okta's own hosts, to
the host in OKTA_ORG_URL, or to a custom domain that you confirm at a terminal. Secrets and events
go only to the hosts in TRUSTED_HOSTS, or to hosts that you confirm. A pipeline needs both
variables. For vaults, run az login first.
No secret, token, phone number or person's name is printed.`;

const commands = ["plan", "apply", "activate", "deactivate", "verify", "rotate"] as const;
export type Command = (typeof commands)[number];

export type Usage = ReturnType<typeof readUsage>;

/** Reads the arguments. Errors name the option, never its value, which could be a secret. */
export function readUsage(args: readonly string[]) {
  const { values, positionals } = parse(args);
  const [command, hook, ...more] = positionals;
  const known = commands.find((one) => one === command);
  if (known === "activate" && more.length > 0)
    throw new Error('Put the hook\'s name in quotes, such as activate "Twilio Verify".');
  if (known === undefined || more.length > 0 || (hook !== undefined && known !== "activate"))
    throw new Error(`The command must be one of ${commands.join(", ")}.`);
  const { env: environment = "", vault = [] } = values;
  if (!/^(examples\/)?[a-z][a-z\d-]{0,19}$/.test(environment))
    throw new Error("--env needs an environment, such as dev.");
  const allowed: Readonly<Partial<Record<Command, readonly string[]>>> = {
    apply: ["yes", "vault", "give-secrets", "unproved"],
    activate: hook === undefined ? ["yes", "vault", "give-secrets", "unproved"] : ["yes"],
    deactivate: ["yes"],
    rotate: ["yes", "vault"],
  };
  for (const option of Object.keys(values))
    if (!["env", "sign-with", ...(allowed[known] ?? [])].includes(option))
      throw new Error(
        hook === undefined
          ? `${known} does not take --${option}.`
          : `${known} with a name or id sends no secret, so it does not take --${option}.`,
      );
  if (known === "rotate" && vault.length === 0)
    throw new Error("rotate needs --vault for each app behind the URL.");
  if (environment === local && vault.length > 0 && !process.env["IDENTITY_ENDPOINT"])
    throw new Error(`The app that this terminal uses has no vault. ${howToFindAzure}`);
  if (known !== "rotate" && vault.length > 1) throw new Error(`${known} takes only one --vault.`);
  return {
    command: known,
    environment,
    yes: values.yes ?? false,
    hook,
    vaults: vault,
    giveSecrets: values["give-secrets"] ?? false,
    unproved: values.unproved ?? false,
    signWith: values["sign-with"],
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        env: { type: "string" },
        yes: { type: "boolean" },
        vault: { type: "string", multiple: true },
        "give-secrets": { type: "boolean" },
        unproved: { type: "boolean" },
        "sign-with": { type: "string" },
      },
    });
  } catch {
    throw new Error("An option is unknown, or the value of an option is missing.");
  }
}
