import { secretList } from "../../src/settings/secret-list.ts";
import { isActive } from "./ours.ts";
import type { Plan } from "./plan.ts";
import { createSecretReader, type Input } from "./questions.ts";

export interface Secrets {
  /** The hook secret. Undefined if no change sends it. */
  readonly hook: string | undefined;
  readonly events: string | undefined;
  /** Hook secret that Okta uses now. `apply` restores it if tokens do not work. */
  readonly before?: string | undefined;
}

/** Returns which secrets the plan sends or may have to restore. The command asks only for these. */
export function secretsNeeded({ hook, events, wanted }: Plan) {
  const isToken = wanted.hook.auth === "token";
  return {
    hook: !isToken && (hook?.do === "create-hook" || hook?.do === "replace-hook"),
    before:
      isToken &&
      hook?.do === "replace-hook" &&
      isActive(hook.hook) &&
      hook.differences.some(({ part }) => part === "auth"),
    events: events.some(
      (change) => change.do === "create-event-hook" || change.do === "replace-event-hook",
    ),
  };
}

/** Names the secrets in the order in which they are read. */
export function describeSecrets(plan: Plan): string {
  const needed = secretsNeeded(plan);
  const names = [
    ...(needed.hook || needed.before ? ["the hook secret"] : []),
    ...(needed.events ? ["the event secret"] : []),
  ];
  return names.length === 0 ? "" : `Needs ${names.join(" and ")}.`;
}

/**
 * Reads the secrets from the vault. If there is no vault, reads them from the terminal or standard
 * input.
 */
export async function readSecrets(
  plan: Plan,
  vault: string | undefined,
  input: Input,
): Promise<Secrets> {
  const needed = secretsNeeded(plan);
  const read = vault === undefined ? createSecretReader(input) : await createVaultReader(vault);
  const checked = async (what: "hookSecret" | "oktaEventSecret", words: string) => {
    const value = await read(words, secretList[what].name);
    // A hook secret can be a scheme, a space and the secret.
    if (!/^(?=.{16})[\x21-\x7e]+(?: [\x21-\x7e]+)*$/.test(value))
      throw new Error(
        `Nothing was changed. ${words} is missing or invalid. Use at least 16 ASCII characters, without a space at either end.`,
      );
    return value;
  };
  return {
    hook: needed.hook ? await checked("hookSecret", "Hook secret") : undefined,
    before: needed.before
      ? await checked("hookSecret", "Hook secret that Okta uses now")
      : undefined,
    events: needed.events ? await checked("oktaEventSecret", "Event secret") : undefined,
  };
}

/** Returns a function that reads the newest version of a secret, which is empty if there is none. */
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
