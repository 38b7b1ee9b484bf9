import { createHash, randomBytes, type JsonWebKey } from "node:crypto";
import type { Answer } from "./answers.ts";
import { readSigned, thumbprint } from "./signed-claims.ts";

export interface ServiceAppOptions {
  readonly clientId: string;
  /** Public key in the app's settings. */
  readonly publicKey: JsonWebKey;
  readonly scopes: readonly string[];
  /**
   * How the server treats scopes that the app lacks. If the app lacks all scopes, Okta answers
   * `consent_required`. Okta does not document what happens if the app lacks only some of the
   * requested scopes. With `left-out`, the token has only the scopes that the app has. With
   * `refused`, the answer is `invalid_scope`, as from a custom authorization server.
   */
  readonly otherScopes?: "left-out" | "refused";
}

export interface ServiceApp {
  token(form: URLSearchParams, proof: string | undefined): Answer;
  /** Returns the scopes of an access token, or undefined without a valid proof of possession. */
  scopesOf(
    authorization: string,
    proof: string | undefined,
    method: string,
    url: string,
  ): readonly string[] | undefined;
}

interface Issued {
  readonly scopes: readonly string[];
  readonly thumbprint: string;
}

/**
 * Creates an org authorization server with one service app. Each request for a token needs an
 * assertion that the app's key signed, and a DPoP proof with a nonce:
 * https://developer.okta.com/docs/guides/dpop/oktaresourceserver/main/
 */
export function createServiceApp(org: () => string, options: ServiceAppOptions): ServiceApp {
  const { clientId, publicKey, scopes } = options;
  const issued = new Map<string, Issued>();
  const used = new Set<string>();
  const nonce = randomBytes(16).toString("base64url");

  /** Returns true once for each jti, because Okta accepts a jti only once. */
  function isNew(jti: unknown): boolean {
    if (typeof jti !== "string" || used.has(jti)) return false;
    used.add(jti);
    return true;
  }

  function verifyProof(proof: string | undefined, method: string, url: string) {
    let jwk: JsonWebKey | undefined;
    const signed = readSigned(proof ?? "", 60, (header) => {
      if (header["typ"] === "dpop+jwt") jwk = header["jwk"] as JsonWebKey | undefined;
      return jwk;
    });
    if (signed === undefined || jwk === undefined || "d" in jwk) return undefined;
    const { claims } = signed;
    const asked = claims["htm"] === method && claims["htu"] === url && isNew(claims["jti"]);
    return asked ? { claims, thumbprint: thumbprint(jwk) } : undefined;
  }

  function isOurs(assertion: string): boolean {
    const { claims } = readSigned(assertion, 3600, () => publicKey) ?? {};
    const ours = claims?.["iss"] === clientId && claims["sub"] === clientId;
    // The expiry may be at most an hour ahead:
    // https://developer.okta.com/docs/guides/implement-oauth-for-okta-serviceapp/main/
    const lastsSeconds = Number(claims?.["exp"]) - Date.now() / 1000;
    return (
      ours &&
      claims["aud"] === `${org()}/oauth2/v1/token` &&
      lastsSeconds > 0 &&
      lastsSeconds <= 3600 &&
      isNew(claims["jti"])
    );
  }

  const refuse = (status: number, error: string, headers: Record<string, string> = {}): Answer => ({
    status,
    body: { error, error_description: "The request was refused." },
    headers,
  });

  return {
    token(form, proof) {
      const proved = verifyProof(proof, "POST", `${org()}/oauth2/v1/token`);
      if (proved === undefined) return refuse(400, "invalid_dpop_proof");
      if (proved.claims["nonce"] !== nonce)
        return refuse(400, "use_dpop_nonce", { "dpop-nonce": nonce });
      if (form.get("grant_type") !== "client_credentials")
        return refuse(400, "unsupported_grant_type");
      if (!isOurs(form.get("client_assertion") ?? "")) return refuse(401, "invalid_client");
      const asked = (form.get("scope") ?? "").split(" ");
      const granted = asked.filter((scope) => scopes.includes(scope));
      if (granted.length < asked.length && options.otherScopes === "refused")
        return refuse(400, "invalid_scope");
      if (granted.length === 0) return refuse(400, "consent_required");
      const token = randomBytes(32).toString("base64url");
      issued.set(token, { scopes: granted, thumbprint: proved.thumbprint });
      return {
        status: 200,
        body: {
          token_type: "DPoP",
          expires_in: 3600,
          access_token: token,
          scope: granted.join(" "),
        },
      };
    },
    scopesOf(authorization, proof, method, url) {
      const token = /^DPoP (\S+)$/.exec(authorization)?.[1] ?? "";
      const proved = verifyProof(proof, method, url);
      const found = issued.get(token);
      const ath = createHash("sha256").update(token).digest("base64url");
      if (
        found === undefined ||
        proved?.thumbprint !== found.thumbprint ||
        proved.claims["ath"] !== ath
      )
        return undefined;
      return found.scopes;
    },
  };
}
