import * as z from "zod";
import { choice, headerName, invalid, isSafe, matching, wholeNumber } from "./validators.ts";

const clientOfTokens = matching(/^[\w-]{1,100}$/, "is not the client id of an app (such as 0oa…)");
// https://www.rfc-editor.org/rfc/rfc6749#section-3.3
const scope = matching(
  /^[\x21\x23-\x5b\x5d-\x7e]{1,200}$/,
  "is not one scope (such as telephony.send)",
);
const audience = matching(
  /^[\x21-\x7e]{1,500}$/,
  "is not an audience (such as https://otp.example.com)",
).refine((name) => name.toLowerCase() !== "api://default", {
  error:
    "is the audience of every token of Okta's default authorization server; use a server of your own",
});

/**
 * Returns the text unchanged, because it must equal a token's `iss`. Refuses an issuer without a
 * path, because only Okta can verify tokens of Okta's org server.
 */
const urlWithPath = z.string().transform((text, context) => {
  const url = URL.parse(text);
  if (url === null || url.pathname === "/" || url.href !== url.origin + url.pathname)
    return invalid(context, "is not a URL with a path but no query, such as https://…/oauth2/aus…");
  return isSafe(url) ? text : invalid(context, "is not an https URL");
});

export const okta = {
  OKTA_HOOK_AUTH: choice("secret", "token", "either").meta({
    description:
      "How Okta signs in: with the hook secret, with an [access token](tokens.md), or with either.",
  }),
  OKTA_AUTH_HEADER: headerName.default("authorization").meta({
    description: "Header that carries the hook secret.",
  }),
  OKTA_TOKEN_ISSUER: urlWithPath.optional().meta({
    description: "The tokens' exact `iss`, such as `https://acme.okta.com/oauth2/aus…`.",
    needed: "with tokens",
  }),
  OKTA_TOKEN_AUDIENCE: audience.optional().meta({
    description: "The only `aud` of the tokens. The app refuses `api://default`.",
    needed: "with tokens",
  }),
  OKTA_TOKEN_CLIENT_ID: clientOfTokens.optional().meta({
    description:
      "Client id of the app that the hook signs in as: the tokens' `cid` (or `azp`, `appid`).",
    needed: "with tokens",
  }),
  OKTA_TOKEN_SCOPE: scope.optional().meta({
    description: "A scope that the tokens' `scp` (or `roles`) must contain.",
    needed: "with tokens",
  }),
  OKTA_TOKEN_KEYS_URL: urlWithPath.optional().meta({
    description: "URL of the issuer's keys. Unset: the issuer, followed by `/v1/keys`.",
  }),
  HOOK_BUDGET_MS: wholeNumber(500, 2700).optional().meta({
    description:
      "500 to 2700 milliseconds for the whole request. Below about 1200, a wait for the vault leaves no time for 8x8. Unset: 2500, or 2000 if tokens are accepted.",
  }),
  REFUSED_ANSWER: choice("failed", "suppress").meta({
    description:
      "`suppress`: if the app refuses a code that looks like abuse, Okta does not send the code itself.",
  }),
  UNCONFIRMED_ANSWER: choice("failed", "pending").meta({
    description:
      "The answer to Okta if no provider answered in time. `pending` avoids a second message, but the person may get no message at all.",
  }),
};
