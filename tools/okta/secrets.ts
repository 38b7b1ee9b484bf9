import { secretList } from "../../src/settings/secret-list.ts";
import { isActive } from "./ours.ts";
import type { Plan } from "./plan.ts";
import { createSecretReader, readLines, type Input } from "../questions.ts";

const kinds = {
  hook: { words: "hook secret", name: secretList.hookSecret.name },
  /** `apply` needs Okta's current secret to undo a change from the secret to tokens. */
  before: { words: "hook secret that Okta uses now", name: secretList.hookSecret.name },
  events: { words: "event secret", name: secretList.oktaEventSecret.name },
} as const;
type Kind = keyof typeof kinds;

export type Secrets = Readonly<Partial<Record<Kind, string>>>;

/** Returns the secrets that the plan needs, in the order in which the command asks for them. */
function secretsNeeded({ hook, events, wanted }: Plan): Kind[] {
  const needed: Kind[] = [];
  const isSent = hook?.do === "create-hook" || hook?.do === "replace-hook";
  if (isSent && wanted.hook.auth === "secret") needed.push("hook");
  else if (hook?.do === "replace-hook" && isActive(hook.hook) && hook.hook.channel.type === "HTTP")
    needed.push("before");
  if (events.some((change) => /^(?:create|replace)-/.test(change.do))) needed.push("events");
  return needed;
}

/** The script setup.sh asks for the secrets that this line names. */
export function describeSecrets(plan: Plan): string {
  const names = secretsNeeded(plan).map((kind) => `the ${kinds[kind].words}`);
  return names.length === 0 ? "" : `Needs ${names.join(" and ")}.`;
}

export async function readSecrets(
  plan: Plan,
  vault: string | undefined,
  input: Input,
): Promise<Secrets> {
  const needed = secretsNeeded(plan);
  // Otherwise, a pipe that stays open would block a command that needs no secret.
  if (needed.length === 0) return {};
  const read =
    vault !== undefined
      ? await createVaultReader(vault)
      : input.isTTY
        ? createSecretReader(input)
        : createPipeReader(await readLines(input));
  const secrets: Partial<Record<Kind, string>> = {};
  for (const kind of needed) {
    const { words, name } = kinds[kind];
    const piped = kind === "events" ? "event" : "hook";
    const title = words.replace(/^./, (first) => first.toUpperCase());
    const value = await read(title, name, piped);
    // Allow spaces inside the value, because a hook secret can begin with a scheme such as `Basic`.
    if (!/^(?=.{16})[\x21-\x7e]+(?: [\x21-\x7e]+)*$/.test(value))
      throw new Error(
        `Nothing was changed. ${title} is missing or invalid. Use at least 16 ASCII characters, without a space at either end. In a pipe, write the line ${piped}=….`,
      );
    secrets[kind] = value;
  }
  return secrets;
}

/** Finds a secret by the name in its line, such as `event=…`, because a plan may need only one. */
function createPipeReader(lines: readonly string[]) {
  return (_title: string, _name: string, piped: string): Promise<string> => {
    const line = lines.find((one) => one.startsWith(`${piped}=`)) ?? "";
    return Promise.resolve(line.slice(piped.length + 1));
  };
}

/** The returned function returns an empty string if the secret has no version. */
export async function createVaultReader(
  vault: string,
): Promise<(what: string, name: string) => Promise<string>> {
  const { createCredential, createVaultSecret } = await import("./vaults.ts");
  return async (_, name) => {
    const secret = createVaultSecret(vault, name, createCredential());
    const [newest] = await secret.liveVersions();
    return newest === undefined ? "" : secret.value(newest.id);
  };
}
