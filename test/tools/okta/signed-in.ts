import type { SignIn } from "../../../tools/okta/sign-in.ts";

export const apiToken = "an-administrators-token";

/**
 * As an administrator. What signs in as an app loads jose, an ES module, which jest does not load.
 */
export const asAdministrator: SignIn = {
  headersFor: () => Promise.resolve({ authorization: `SSWS ${apiToken}` }),
  asksAgain: () => false,
};
