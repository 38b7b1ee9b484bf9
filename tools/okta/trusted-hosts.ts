import { destinationsInOkta, findUntrusted, type Destination } from "../grants/trusted-hosts.ts";
import type { Usage } from "./usage.ts";
import { laptop, type WantedState } from "./wanted-state.ts";

/**
 * Throws if TRUSTED_HOSTS does not list every host in okta.json. Outside a pipeline, TRUSTED_HOSTS
 * may be unset. If TRUSTED_HOSTS is unset, the returned function asks the operator about the hosts,
 * even with `--yes`. Call the returned function before a secret is sent, with the URLs that get
 * secrets, codes or events. The environment `laptop` is not checked, because its file is not in
 * git.
 */
export function hostTrust(
  { command, environment }: Usage,
  wanted: WantedState,
  ask: (question: string) => Promise<boolean>,
): (destinations: readonly Destination[]) => Promise<void> {
  const place = command === "rotate" ? `okta-rotate-${environment}` : environment;
  const find = (destinations: readonly Destination[]) =>
    environment === laptop
      ? undefined
      : findUntrusted(destinations, environment, [place], process.env);
  const inFile = find(destinationsInOkta(wanted));
  if (inFile?.mayAsk === false) throw new Error(`Nothing was sent. ${inFile.words}`);
  return async (destinations) => {
    const untrusted = find(destinations);
    if (untrusted === undefined) return;
    const { hosts, mayAsk, words } = untrusted;
    const question = `Secrets and events go to ${hosts.join(", ")}. ${hosts.length === 1 ? "Is this host" : "Are these hosts"} yours?`;
    if (!mayAsk || !(await ask(question))) throw new Error(`Nothing was changed. ${words}`);
  };
}
