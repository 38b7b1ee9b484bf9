import { createFileKey } from "./file-key.ts";
import { createTokenSignIn } from "./api-token.ts";
import { createAppSignIn, type SignAssertion, type SignIn } from "./sign-in.ts";
import type { Command, Usage } from "./usage.ts";
import type { WantedState } from "./wanted-state.ts";

const reads = ["okta.inlineHooks.read", "okta.authenticators.read", "okta.policies.read"];
/** Optional scope. Without it, plan and apply report that telephony providers were not checked. */
const wished = "okta.customTelephonyProvider.read";
const executes = ["okta.inlineHooks.read", "okta.inlineHooks.manage"];

/** Scopes that each command needs and asks for. */
const scopesOf: Readonly<Record<Command | "accept", readonly string[]>> = {
  plan: reads,
  apply: [...reads, "okta.inlineHooks.manage", "okta.authenticators.manage"],
  restore: [...reads, "okta.inlineHooks.manage", "okta.authenticators.manage"],
  verify: executes,
  audit: [...reads, "okta.logs.read"],
  rotate: executes,
  /** Scopes for npm run accept. */
  accept: [...reads, ...executes, "okta.logs.read"],
};
const eventScopesOf: Readonly<Partial<Record<Command | "accept", readonly string[]>>> = {
  plan: ["okta.eventHooks.read"],
  apply: ["okta.eventHooks.read", "okta.eventHooks.manage"],
  restore: ["okta.eventHooks.read", "okta.eventHooks.manage"],
  audit: ["okta.eventHooks.read"],
  accept: ["okta.eventHooks.read"],
};

/** Scopes that the service app needs for all commands. */
export const scopesOfCommands: readonly string[] = [
  ...new Set([...Object.values(scopesOf), ...Object.values(eventScopesOf), [wished]].flat()),
];

export async function signInFor(
  { command, signWith }: Pick<Usage, "signWith"> & { readonly command: Command | "accept" },
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
  const scopes = { needed, wished: needed.includes("okta.policies.read") ? [wished] : [] };
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
