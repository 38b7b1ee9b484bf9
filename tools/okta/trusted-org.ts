import { isOktaHost } from "../../src/okta/words.ts";
import { isLoopback } from "../../src/settings/environment/validators.ts";

/**
 * Throws if the org may not get the sign-in. Any branch can change `org` in okta.json. If
 * OKTA_ORG_URL is set, the org must equal OKTA_ORG_URL. A pipeline must set this variable.
 * Otherwise the org must be one of Okta's own hosts, or a host that the user confirms. `--yes` does
 * not answer this question. An org on this machine is always accepted.
 */
export async function trustOrg(
  org: string,
  ask: (question: string) => Promise<boolean>,
): Promise<void> {
  const { OKTA_ORG_URL: expected, CI: ci, TF_BUILD: azurePipelines } = process.env;
  const url = new URL(org);
  if (org === expected || isLoopback(url)) return;
  const refused = `Nothing was sent to ${url.host}`;
  if (expected)
    throw new Error(
      `${refused}. OKTA_ORG_URL and okta.json name different orgs. Correct one of them.`,
    );
  if (ci || azurePipelines)
    throw new Error(
      `${refused}. In a pipeline, set OKTA_ORG_URL to the org, as a variable of the protected environment.`,
    );
  if (isOktaHost(url.hostname)) return;
  const question = `${url.host} is not one of Okta's own hosts. Is it your org's custom domain?`;
  if (await ask(question)) return;
  throw new Error(
    `${refused}, because it is not one of Okta's own hosts. Confirm the host at a terminal, or set OKTA_ORG_URL to the org's URL.`,
  );
}
