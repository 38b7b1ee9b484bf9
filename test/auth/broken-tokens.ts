import type { Reason } from "../../src/rules/reasons.ts";
import type { AuthorizationServer } from "../../tools/sandbox/okta/authorization-server.ts";
import {
  createSigningKey,
  signToken,
  signWithPublicKey,
  withSignature,
} from "../../tools/sandbox/okta/signed-token.ts";

type Create = (server: AuthorizationServer) => string;

const claiming =
  (
    changes: (nowSeconds: number, server: AuthorizationServer) => Readonly<Record<string, unknown>>,
  ): Create =>
  (server) =>
    signToken(server.key, server.claims(changes(Math.floor(Date.now() / 1_000), server)));
const otherKey = createSigningKey();
const blankSignature = () => Buffer.alloc(256);

export const brokenTokens: readonly (readonly [string, Reason<"unauthenticated">, Create])[] = [
  ["that is not a JWT", "not-a-token", () => "a.b.c"],
  [
    "with claims that are not JSON",
    "not-a-token",
    ({ key }) => signToken(key, {}).replace(/\..*\./, ".e30x."),
  ],
  [
    "of another issuer",
    "token-issuer",
    claiming((_, { claims }) => ({ iss: `${String(claims()["iss"])}x` })),
  ],
  ["without an issuer", "token-issuer", claiming(() => ({ iss: undefined }))],
  ["for the audience api://default", "token-audience", claiming(() => ({ aud: "api://default" }))],
  [
    "for two audiences",
    "token-audience",
    claiming((_, { claims }) => ({ aud: [claims()["aud"], "another"] })),
  ],
  ["without an audience", "token-audience", claiming(() => ({ aud: [] }))],
  ["of another client", "token-client", claiming(() => ({ cid: "0oa9another" }))],
  ["of another client, with the right azp", "token-client", claimingAnotherClient("azp")],
  ["without a client", "token-client", claiming(() => ({ cid: undefined }))],
  ["with another scope", "token-scope", claiming(() => ({ scp: ["telephony.read"] }))],
  [
    "with the scope as a part of another scope",
    "token-scope",
    claiming(() => ({ scp: "telephony.send.all" })),
  ],
  ["without a scope", "token-scope", claiming(() => ({ scp: undefined }))],
  ["with the scope as a role beside another scope", "token-scope", claimingRole],
  ["with an unknown kid", "token-key", ({ claims }) => signToken(otherKey, claims())],
  ["without a kid", "token-key", ({ key, claims }) => signToken(key, claims(), { kid: undefined })],
  ["without an algorithm (none)", "token-signature", withHeader({ alg: "none" })],
  [
    "with HS256, signed with the public key",
    "token-signature",
    ({ key, claims }) => signWithPublicKey(key, claims()),
  ],
  [
    "with RS512",
    "token-signature",
    ({ key, claims }) => signToken(key, claims(), { alg: "RS512" }),
  ],
  ["signed by another key under the server's kid", "token-signature", signedByAnotherKey],
  [
    "with its own key in its header",
    "token-signature",
    withHeader({ alg: "RS256", jwk: publicOf(otherKey) }),
  ],
  ["with an unknown critical header", "token-signature", criticalHeader],
  ["whose claims were changed", "token-signature", changedClaims],
  ["that has expired", "token-expired", claiming((now) => ({ iat: now - 400, exp: now - 61 }))],
  ["without an expiry", "token-times", claiming(() => ({ exp: undefined }))],
  ["without iat", "token-times", claiming(() => ({ iat: undefined }))],
  ["that is not valid yet", "token-times", claiming((now) => ({ nbf: now + 120 }))],
  [
    "from 1970 that expires in three years",
    "token-age",
    claiming((now) => ({ iat: 1, exp: now + 94_608_000 })),
  ],
  ["issued over a day ago", "token-age", claiming((now) => ({ iat: now - 86_500, exp: now + 60 }))],
  [
    "issued two minutes in the future",
    "token-age",
    claiming((now) => ({ iat: now + 120, exp: now + 300 })),
  ],
  [
    "with a lifetime of over an hour",
    "token-age",
    claiming((now) => ({ iat: now, exp: now + 3_601 })),
  ],
  ["with an expiry that is not a number", "token-times", claiming(() => ({ exp: "tomorrow" }))],
];

function claimingAnotherClient(claim: string): Create {
  return claiming((_, { env }) => ({ cid: "0oa9another", [claim]: env["OKTA_TOKEN_CLIENT_ID"] }));
}

function claimingRole(server: AuthorizationServer): string {
  return claiming((_, { env }) => ({ scp: ["profile"], roles: [env["OKTA_TOKEN_SCOPE"]] }))(server);
}

function withHeader(header: object): Create {
  return ({ key, claims }) => withSignature({ kid: key.kid, ...header }, claims(), blankSignature);
}

function publicOf({ publicKey }: typeof otherKey): object {
  return publicKey.export({ format: "jwk" });
}

function signedByAnotherKey({ key, claims }: AuthorizationServer): string {
  return signToken(otherKey, claims(), { kid: key.kid });
}

function criticalHeader({ key, claims }: AuthorizationServer): string {
  return signToken(key, claims(), { crit: ["exp"], exp: 1 });
}

function changedClaims({ key, claims }: AuthorizationServer): string {
  const [header = "", , signature = ""] = signToken(key, claims({ sub: "somebody" })).split(".");
  const [, payload = ""] = signToken(key, claims()).split(".");
  return [header, payload, signature].join(".");
}
