import type { SignIn } from "../../../tools/okta/sign-in.ts";

export const apiToken = "an-administrators-token";

/** Signs in as an administrator, because Jest cannot load jose, which the app's sign-in needs. */
export const asAdministrator: SignIn = {
  headersFor: () => Promise.resolve({ authorization: `SSWS ${apiToken}` }),
  asksAgain: () => false,
};
