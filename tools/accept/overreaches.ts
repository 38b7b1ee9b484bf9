import { keyOf } from "../okta/sign-in-from-environment.ts";
import { createAppSignIn } from "../okta/sign-in.ts";
import type { WantedState } from "../okta/wanted-state.ts";

/** Whether Okta gives the service app a token for a scope that no command needs. */
export async function overreaches(
  { org, clientId }: WantedState,
  signWith: string | undefined,
): Promise<boolean> {
  const { OKTA_PRIVATE_KEY_FILE: file } = process.env;
  if (signWith === undefined && !file)
    throw new Error("An administrator's token has every right: use the service app.");
  const scopes = { needed: ["okta.users.manage"], wished: [] };
  const app = createAppSignIn(org, clientId, scopes, await keyOf(signWith, file));
  return app.headersFor("GET", `${org}/api/v1/users`).then(
    () => true,
    (error: unknown) => {
      // A refusal is what it should be; anything else says nothing.
      if (error instanceof Error && /scope|consent_required|lacks/.test(error.message))
        return false;
      throw error;
    },
  );
}
