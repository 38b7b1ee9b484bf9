import { destinationsInOkta, findUntrusted } from "../check-environment/trusted-hosts.ts";
import type { Usage } from "./usage.ts";
import { laptop, type WantedState } from "./wanted-state.ts";

/**
 * Throws if TRUSTED_HOSTS does not list every host in okta.json. Outside a pipeline, TRUSTED_HOSTS
 * may be unset. If TRUSTED_HOSTS is unset, the returned function asks the operator about the hosts,
 * even with `--yes`. Call the returned function before a secret is sent. The environment `laptop`
 * is not checked, because its file is not in git.
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
