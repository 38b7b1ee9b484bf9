import { destinationsInOkta, findUntrusted } from "../check-environment/trusted-hosts.ts";
import type { Usage } from "./usage.ts";
import { laptop, type WantedState } from "./wanted-state.ts";

/**
 * Throws if the hosts in okta.json are not in TRUSTED_HOSTS. If it is unset at a terminal, the
 * returned function asks a person, because only some commands send a secret; `--yes` does not
 * answer. A laptop's file comes from no branch.
 */
export function hostTrust(
  { command, environment }: Usage,
  wanted: WantedState,
  ask: (question: string) => Promise<boolean>,
): () => Promise<void> {
  const inPipeline = command === "audit" || command === "rotate";
  const place = inPipeline ? `okta-${command}-${environment}` : environment;
  const untrusted =
    environment === laptop
      ? undefined
      : findUntrusted(destinationsInOkta(wanted), environment, [place], process.env);
  if (untrusted === undefined) return () => Promise.resolve();
  const { hosts, mayAsk, words } = untrusted;
  if (!mayAsk) throw new Error(`Nothing was sent. ${words}`);
  return async () => {
    const question = `Secrets and events go to ${hosts.join(", ")}. ${hosts.length === 1 ? "Is this host" : "Are these hosts"} yours?`;
    if (!(await ask(question))) throw new Error(`Nothing was changed. ${words}`);
  };
}
