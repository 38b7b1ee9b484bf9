import { createFileKey } from "./file-key.ts";
import { createTokenSignIn } from "./api-token.ts";
import { createAppSignIn, type SignAssertion, type SignIn } from "./sign-in.ts";
import type { Command, Usage } from "./usage.ts";
import type { WantedState } from "./wanted-state.ts";

type Signing = Command | "accept";

/** Optional scope. Without it, plan and apply report that telephony providers were not checked. */
const wished = "okta.customTelephonyProvider.read";
const [read, manage, log] = ["okta.inlineHooks.read", "okta.inlineHooks.manage", "okta.logs.read"];

/** Scopes that each command needs and asks for. `accept` is npm run accept. */
const scopesOf: Readonly<Record<Signing, readonly string[]>> = {
  plan: [read],
  apply: [read, manage],
  activate: [read, manage],
  verify: [read, manage],
  audit: [read, log],
  rotate: [read, manage],
  accept: [read, manage, log],
};
/** Scopes for an event hook. Its filter contains the phone authenticator's name. */
const eventReads = ["okta.eventHooks.read", "okta.authenticators.read"];
const eventScopesOf: Readonly<Partial<Record<Signing, readonly string[]>>> = {
  plan: eventReads,
  apply: [...eventReads, "okta.eventHooks.manage"],
  activate: [...eventReads, "okta.eventHooks.manage"],
  audit: eventReads,
  accept: eventReads,
};
/** Commands that compare the whole org with okta.json. */
const comparing: readonly Signing[] = ["plan", "apply", "activate", "audit", "accept"];

/** Scopes that the service app needs for all commands. */
export const scopesOfCommands: readonly string[] = [
  ...new Set([...Object.values(scopesOf), ...Object.values(eventScopesOf), [wished]].flat()),
];

export async function signInFor(
  { command, signWith }: Pick<Usage, "signWith"> & { readonly command: Signing },
  { org, clientId, events }: WantedState,
  onWait: (seconds: number) => void,
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
  const needed = [
    ...scopesOf[command],
    ...(events === undefined ? [] : (eventScopesOf[command] ?? [])),
  ];
  const scopes = { needed, wished: comparing.includes(command) ? [wished] : [] };
  return createAppSignIn(org, clientId, scopes, await keyOf(signWith, file), onWait);
}

export async function keyOf(
  signWith: string | undefined,
  file: string | undefined,
): Promise<SignAssertion> {
  if (signWith === undefined) return createFileKey(file ?? "");
  // Load Azure's packages only for such a key, because they take a second to load.
  const [{ createVaultKey }, { createCredential }] = await Promise.all([
    import("./vault-key.ts"),
    import("./vaults.ts"),
  ]);
  return createVaultKey(signWith, createCredential());
}
