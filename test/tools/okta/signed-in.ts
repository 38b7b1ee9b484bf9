import { createTokenSignIn } from "../../../tools/okta/sign-in-from-environment.ts";

export const apiToken = "an-administrators-token";
export const asAdministrator = createTokenSignIn(apiToken);
