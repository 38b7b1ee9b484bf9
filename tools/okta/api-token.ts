import type { SignIn } from "./sign-in.ts";

/** Signs in with an administrator's API token, which has all of the administrator's rights. */
export function createTokenSignIn(apiToken: string): SignIn {
  return {
    headersFor: () => Promise.resolve({ authorization: `SSWS ${apiToken}` }),
    asksAgain: () => false,
  };
}
