import { secretList } from "../../src/settings/secret-list.ts";
import type { Change } from "./changes.ts";
import type { Plan } from "./plan.ts";
import { createSecretReader, type Input } from "./questions.ts";
import type { WantedState } from "./wanted-state.ts";

export interface Secrets {
  /** The hook secret. Undefined if no change sends it. */
  readonly hook: string | undefined;
  readonly events: string | undefined;
  /** Hook secret that Okta uses now. `apply` restores it if tokens do not work. */
  readonly before?: string | undefined;
}

/** Returns which secrets the plan sends or may have to restore. The command asks only for these. */
export function secretsNeeded({ changes }: Plan, wanted: WantedState) {
  const sends = (...kinds: readonly Change["do"][]) =>
    changes.some((change) => kinds.includes(change.do));
  return {
    hook: wanted.hook.auth === "secret" && sends("create-hook", "replace-hook", "take-over"),
    events: sends("create-event-hook", "replace-event-hook"),
    before:
      wanted.hook.auth === "token" &&
      changes.some(
        (change) => change.do === "replace-hook" && change.active && change.parts.includes("auth"),
      ),
  };
}

/**
 * Reads the secrets from the vault. If there is no vault, reads them from the terminal or standard
 * input.
 */
export async function readSecrets(
  plan: Plan,
  wanted: WantedState,
  vault: string | undefined,
  input: Input,
): Promise<Secrets> {
  const needed = secretsNeeded(plan, wanted);
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

async function createVaultReader(
  vault: string,
): Promise<(what: string, name: string) => Promise<string>> {
  const { createCredential, createVaultSecret } = await import("./vaults.ts");
  return async (_, name) => {
    const secret = createVaultSecret(vault, name, createCredential());
    const [newest] = await secret.liveVersions();
    return newest === undefined ? "" : secret.value(newest.id);
  };
}
