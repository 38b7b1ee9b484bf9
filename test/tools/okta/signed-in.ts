import type { SignIn } from "../../../tools/okta/sign-in.ts";

export const apiToken = "an-administrators-token";

/** Signs in as an administrator. Jest cannot load the sign-in of an app: jose is an ES module. */
export const asAdministrator: SignIn = {
  headersFor: () => Promise.resolve({ authorization: `SSWS ${apiToken}` }),
  asksAgain: () => false,
};
