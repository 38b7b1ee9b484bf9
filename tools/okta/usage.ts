import { parseArgs } from "node:util";
import { channelNames, type Channel } from "../../src/delivery/channels.ts";
import { howToFindAzure, laptop, local } from "./wanted-state.ts";

export const help = `Okta's side as code: docs/okta-as-code.md. The state that is wanted is in
infra/environments/<environment>/okta.json.

  npm run okta -- <command> --env <environment> [options]

  plan      prints what differs. Exit code 0: nothing, 2: something, 1: failed
  apply     prints the plan, asks, and does it. It deletes nothing
  verify    has Okta call the hook with an expired code: URL, secret, network and contract are
            proved, and nothing is sent
  audit     hook, methods, policies, and the System Log's fallbacks. Exit code 2: something is wrong
  restore   after apply --env laptop: puts back what was there
  rotate    a new hook secret for every vault and for Okta; no hook is lost, wherever it stops

  --env ENVIRONMENT      a folder of infra/environments/, such as dev; or local, the org of npm
                         start, after the line \`source …\` that it prints
  --yes                  apply, restore, rotate: do not ask
  --take-over ID         apply: this telephony hook is active and becomes ours
  --vault NAME           apply: the hook secret's vault (else it is typed unseen, or piped, a line
                         each for hook and events)
                         rotate: a vault of the apps behind the URL; once for each, the stand-by's
                         too
  --give-secrets         apply: send the secrets where nothing else differs, since a wrong one
                         cannot be seen
  --unproved             apply: do not ask the URL first, where nobody but Okta may call it
  --send NUMBER          verify: one real message to this phone, in E.164
  --channel CHANNEL      verify --send: ${channelNames.join(" or ")} (sms)
  --since 24h            audit: how far back, in h or d (24h)
  --max-fallback 1%      audit: more fallbacks than this are an exit code of 2 (1%)
  --json                 audit: as JSON
  --sign-with VAULT/KEY  sign in with a key that stays in Key Vault
  --help                 this text

Environment: OKTA_PRIVATE_KEY_FILE, a service app's private key (JWK or PEM); or --sign-with; or
OKTA_API_TOKEN, for a first try. They are sent only to Okta's own hosts, to the host of
OKTA_ORG_URL, or to a custom domain that you confirm at a terminal; a pipeline needs OKTA_ORG_URL.
Vaults are reached as whoever az login made you.
No secret, token, name of a person or number is printed.`;

const commands = ["plan", "apply", "restore", "verify", "audit", "rotate"] as const;
export type Command = (typeof commands)[number];

export interface Usage {
  readonly command: Command;
  readonly environment: string;
  readonly yes: boolean;
  readonly takeOver: string | undefined;
  readonly vaults: readonly string[];
  readonly giveSecrets: boolean;
  readonly unproved: boolean;
  readonly send: string | undefined;
  readonly channel: Channel;
  readonly sinceMs: number;
  /** 0 to 1. */
  readonly maxFallback: number;
  readonly json: boolean;
  readonly signWith: string | undefined;
}

/** Throws with a sentence that names the option, never what was typed: it could be a secret. */
export function readUsage(args: readonly string[]): Usage {
  const { values, positionals } = parse(args);
  const [command, ...more] = positionals;
  const known = commands.find((one) => one === command);
  if (known === undefined || more.length > 0)
    throw new Error(`The command is one of ${commands.join(", ")}.`);
  const { env: environment = "", vault = [] } = values;
  if (!/^(examples\/)?[a-z][a-z\d-]{0,19}$/.test(environment))
    throw new Error("--env is an environment, such as dev.");
  const allowed: Readonly<Record<Command, readonly string[]>> = {
    plan: ["take-over"],
    apply: ["yes", "take-over", "vault", "give-secrets", "unproved"],
    restore: ["yes"],
    verify: ["send", "channel"],
    audit: ["since", "max-fallback", "json"],
    rotate: ["yes", "vault"],
  };
  for (const option of Object.keys(values))
    if (!["env", "sign-with", ...allowed[known]].includes(option))
      throw new Error(`${known} has no --${option}.`);
  if (known === "restore" && environment !== laptop)
    throw new Error("restore is for --env laptop alone.");
  if (known === "rotate" && vault.length === 0)
    throw new Error("rotate takes a --vault for each app behind the URL.");
  if (environment === local && vault.length > 0 && !process.env["IDENTITY_ENDPOINT"])
    throw new Error(`This npm start has no vault. ${howToFindAzure}`);
  if (known === "apply" && vault.length > 1) throw new Error("apply takes one --vault.");
  if (values.send !== undefined && !/^\+[1-9]\d{6,14}$/.test(values.send))
    throw new Error("--send is a number in E.164.");
  const channel = channelNames.find((one) => one === (values.channel ?? "sms"));
  if (channel === undefined || (values.channel !== undefined && values.send === undefined))
    throw new Error(`--channel is ${channelNames.join(" or ")}, with --send.`);
  return {
    command: known,
    environment,
    yes: values.yes ?? false,
    takeOver: values["take-over"],
    vaults: vault,
    giveSecrets: values["give-secrets"] ?? false,
    unproved: values.unproved ?? false,
    send: values.send,
    channel,
    sinceMs: readSince(values.since ?? "24h"),
    maxFallback: readShare(values["max-fallback"] ?? "1%"),
    json: values.json ?? false,
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
        "take-over": { type: "string" },
        vault: { type: "string", multiple: true },
        "give-secrets": { type: "boolean" },
        unproved: { type: "boolean" },
        send: { type: "string" },
        channel: { type: "string" },
        since: { type: "string" },
        "max-fallback": { type: "string" },
        json: { type: "boolean" },
        "sign-with": { type: "string" },
      },
    });
  } catch {
    throw new Error("There is an option that is not known, or that misses its value.");
  }
}

const hour = 3_600_000;

function readSince(text: string): number {
  const [, count, unit] = /^(\d{1,3})([hd])$/.exec(text) ?? [];
  const ms = Number(count) * (unit === "d" ? 24 * hour : hour);
  // Okta keeps 90 days: https://developer.okta.com/docs/reference/system-log-query/
  if (!(ms > 0 && ms <= 90 * 24 * hour))
    throw new Error("--since is hours or days, such as 24h or 7d, 90d at most.");
  return ms;
}

function readShare(text: string): number {
  const share = Number(/^(\d{1,3}(?:\.\d+)?)%$/.exec(text)?.[1]) / 100;
  if (!(share >= 0 && share <= 1)) throw new Error("--max-fallback is a percentage, such as 1%.");
  return share;
}
