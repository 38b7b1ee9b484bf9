import { createFileKey } from "./file-key.ts";
import { createAppSignIn, type SignAssertion, type SignIn } from "./sign-in.ts";
import type { Command, Usage } from "./usage.ts";
import type { WantedState } from "./wanted-state.ts";

type Signing = Command | "accept";

/** Without this scope, a plan does not check for custom telephony providers. */
const wished = "okta.customTelephonyProvider.read";
const [read, manage, log] = ["okta.inlineHooks.read", "okta.inlineHooks.manage", "okta.logs.read"];

const events = ["okta.eventHooks.read", "okta.authenticators.read"];
const manageEvents = [...events, "okta.eventHooks.manage"];

/** Commands that compare the whole org with okta.json also need the scopes for an event hook. */
const scopesOf: Readonly<Record<Signing, readonly [own: string[], forEvents?: string[]]>> = {
  plan: [[read], events],
  apply: [[read, manage], manageEvents],
  activate: [[read, manage], manageEvents],
  deactivate: [[read, manage], manageEvents],
  verify: [[read, manage]],
  rotate: [[read, manage]],
  accept: [[read, manage, log], events],
};

export const scopesOfCommands: readonly string[] = [
  ...new Set([...Object.values(scopesOf).flatMap(([own, more = []]) => [...own, ...more]), wished]),
];

/** Signs in with an administrator's API token, which has all of the administrator's rights. */
export function createTokenSignIn(apiToken: string): SignIn {
  return {
    headersFor: () => Promise.resolve({ authorization: `SSWS ${apiToken}` }),
    asksAgain: () => false,
  };
}

export async function signInFor(
  { command, signWith }: Pick<Usage, "signWith"> & { readonly command: Signing },
  wanted: WantedState,
): Promise<SignIn> {
  const { OKTA_PRIVATE_KEY_FILE: file, OKTA_API_TOKEN: apiToken } = process.env;
  // Child processes such as az must not get the token.
  delete process.env["OKTA_API_TOKEN"];
  if (signWith === undefined && !file) {
    if (apiToken) return createTokenSignIn(apiToken);
    throw new Error(
      "There is no key to sign in to Okta. Set OKTA_PRIVATE_KEY_FILE or add --sign-with. For a first try, set OKTA_API_TOKEN.",
    );
  }
  const [own, forEvents] = scopesOf[command];
  const scopes = {
    needed: [...own, ...(wanted.events === undefined ? [] : (forEvents ?? []))],
    wished: forEvents === undefined ? [] : [wished],
  };
  const sign =
    signWith === undefined ? createFileKey(file ?? "") : await createKeyInVault(signWith);
  return createAppSignIn(wanted.org, wanted.clientId, scopes, sign);
}

async function createKeyInVault(name: string): Promise<SignAssertion> {
  // Azure's packages take a second to load, so load them only for a key in a vault.
  const { createVaultKey } = await import("./vault-key.ts");
  const { createCredential } = await import("./vaults.ts");
  return createVaultKey(name, createCredential());
}
