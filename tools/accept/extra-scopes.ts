import { NotSetUp } from "./finding.ts";
import { keyOf, scopesOfCommands } from "../okta/sign-in-from-environment.ts";
import { createAppSignIn } from "../okta/sign-in.ts";
import type { WantedState } from "../okta/wanted-state.ts";

/** Resources of the scopes in Okta's OpenAPI 2026.06.3. Each has `.manage` and `.read`. */
const resources = `agentPools apiTokens appGrants apps apps.interclientTrust authenticators
authorizationServers behaviors botProtection brands captchas customTelephonyProvider
deviceAssurance deviceIntegrations devicePostureChecks devices directories.groups domains dr
emailDomains emailServers eventHooks features groups identitySources idps inlineHooks linkedObjects
logStreams logs networkZones oauthIntegrations orgs personal.adminSettings policies
principalRateLimits profileMappings pushProviders rateLimits realmAssignments realms roles schemas
securityEventsProviders serviceAccounts serviceAccounts.okta sessions templates threatInsights
trustedOrigins uischemas userRisk userTypes users`;
export const oktaScopes: readonly string[] = resources
  .split(/\s/)
  .flatMap((resource) => [`okta.${resource}.manage`, `okta.${resource}.read`]);

/** Scopes that Okta gives to the service app and that no command needs. */
export async function extraScopes(
  { org, clientId }: WantedState,
  signWith: string | undefined,
): Promise<readonly string[]> {
  const { OKTA_PRIVATE_KEY_FILE: file } = process.env;
  if (signWith === undefined && !file)
    throw new NotSetUp("An administrator's token has every right. Sign in with the service app.");
  const sign = await keyOf(signWith, file);
  const others = oktaScopes.filter((scope) => !scopesOfCommands.includes(scope));
  const [first = ""] = scopesOfCommands;
  const ask = async (needed: readonly string[], wished: readonly string[]) =>
    createAppSignIn(org, clientId, { needed, wished }, sign).grantedScopes();
  const granted = await ask([first], [...scopesOfCommands, ...others]);
  // If some scopes are not granted, Okta may grant the others or refuse them all: it documents
  // neither. After a refusal, only the first scope is granted, so each other scope is requested
  // alone.
  if (granted.length > 1) return others.filter((scope) => granted.includes(scope));
  const extra: string[] = [];
  for (const scope of others) if (await isGranted(ask([scope], []))) extra.push(scope);
  return extra;
}

/**
 * A refusal means that the scope is not granted. Any other failure proves nothing, and is thrown.
 */
async function isGranted(asked: Promise<readonly string[]>): Promise<boolean> {
  try {
    await asked;
    return true;
  } catch (error) {
    if (error instanceof Error && /scope|consent_required|lacks/.test(error.message)) return false;
    throw error;
  }
}
