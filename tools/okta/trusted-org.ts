import { isOktaHost } from "../../src/okta/words.ts";
import { isLoopback } from "../../src/settings/environment/validators.ts";

/**
 * A branch can change `org` in okta.json, and the sign-in goes there. Throws unless the org is
 * OKTA_ORG_URL, one of Okta's own hosts or a host that the person confirms now; in a pipeline,
 * unless it is OKTA_ORG_URL. `--yes` does not answer this question.
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
    throw new Error(`${refused}: OKTA_ORG_URL names another org than okta.json. Correct one.`);
  if (ci || azurePipelines)
    throw new Error(
      `${refused}: in a pipeline, the protected environment's variable OKTA_ORG_URL has to name the org.`,
    );
  if (isOktaHost(url.hostname)) return;
  const question = `${url.host} is not one of Okta's own hosts. Does your org have this custom domain?`;
  if (await ask(question)) return;
  throw new Error(
    `${refused}: it is not one of Okta's own hosts. Confirm it at a terminal, or set OKTA_ORG_URL to it.`,
  );
}
