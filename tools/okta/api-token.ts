import type { SignIn } from "./sign-in.ts";

/** An administrator's token, with all of their rights: for a first try. */
export function createTokenSignIn(apiToken: string): SignIn {
  return {
    headersFor: () => Promise.resolve({ authorization: `SSWS ${apiToken}` }),
    asksAgain: () => false,
  };
}
