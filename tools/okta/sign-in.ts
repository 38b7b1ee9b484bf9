import { createHash, randomUUID } from "node:crypto";
import { exportJWK, generateKeyPair, SignJWT, type JWK } from "jose";
import { causeOf } from "../unreached.ts";

export interface SignIn {
  headersFor(method: string, url: string): Promise<Record<string, string>>;
  /** Returns true if Okta's answer has a new nonce, with which the call should be repeated. */
  asksAgain(answer: Response): boolean;
}

/** Returns a JWT with these claims, signed with RS256. */
export type SignAssertion = (claims: Readonly<Record<string, string | number>>) => Promise<string>;

export interface Scopes {
  readonly needed: readonly string[];
  /** A command skips a check if such a scope is missing. */
  readonly wished: readonly string[];
}

/**
 * Signs in as a service app with private_key_jwt, which Okta requires for its API scopes. Every
 * call has a proof of possession (DPoP). New service apps require DPoP, and other apps accept it.
 * The access token is valid for an hour, which is longer than any run.
 * https://developer.okta.com/docs/guides/implement-oauth-for-okta-serviceapp/ and
 * …/guides/dpop/oktaresourceserver/main/
 */
export function createAppSignIn(
  org: string,
  clientId: string,
  scopes: Scopes,
  sign: SignAssertion,
): SignIn {
  const tokenUrl = `${org}/oauth2/v1/token`;
  const proofKey = generateKeyPair("ES256");
  let nonce: string | undefined;
  let token: Promise<string> | undefined;

  async function proof(method: string, url: string, accessToken?: string): Promise<string> {
    const { privateKey, publicKey } = await proofKey;
    const jwk: JWK = await exportJWK(publicKey);
    const ath = accessToken && {
      ath: createHash("sha256").update(accessToken).digest("base64url"),
    };
    const { origin, pathname } = new URL(url);
    return new SignJWT({
      htm: method,
      htu: origin + pathname,
      ...ath,
      ...(nonce !== undefined && { nonce }),
    })
      .setProtectedHeader({ alg: "ES256", typ: "dpop+jwt", jwk })
      .setIssuedAt()
      .setJti(randomUUID())
      .sign(privateKey);
  }

  async function requestToken(asked = [...scopes.needed, ...scopes.wished]): Promise<string> {
    const now = Math.floor(Date.now() / 1000);
    const claims = {
      iss: clientId,
      sub: clientId,
      aud: tokenUrl,
      iat: now,
      exp: now + 300,
      jti: randomUUID(),
    };
    const answer = await fetch(tokenUrl, {
      method: "POST",
      headers: { accept: "application/json", dpop: await proof("POST", tokenUrl) },
      body: new URLSearchParams({
        grant_type: "client_credentials",
        scope: asked.join(" "),
        client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
        client_assertion: await sign(claims),
      }),
      redirect: "error",
      signal: AbortSignal.timeout(10_000),
    }).catch((error: unknown) => {
      throw new Error(`Okta's token endpoint ${tokenUrl} did not answer: ${causeOf(error)}`);
    });
    const body = (await answer.json().catch(() => ({}))) as Record<string, unknown>;
    if (body["error"] === "use_dpop_nonce" && asksAgain(answer)) return requestToken(asked);
    if (body["error"] === "invalid_scope" && asked.length > scopes.needed.length)
      return requestToken([...scopes.needed]);
    if (answer.ok && typeof body["access_token"] === "string") {
      refuseFewerScopes(body["scope"], scopes.needed);
      return body["access_token"];
    }
    throw new Error(
      `Okta issues no token: ${tokenUrl} answers HTTP ${answer.status}, ${refusalOf(body["error"], scopes.needed)}`,
    );
  }

  function asksAgain({ status, headers }: Response): boolean {
    const fresh = headers.get("dpop-nonce");
    if ((status !== 400 && status !== 401) || fresh === null || fresh === nonce) return false;
    nonce = fresh;
    return true;
  }

  return {
    async headersFor(method, url) {
      const value = await (token ??= requestToken());
      return { authorization: `DPoP ${value}`, dpop: await proof(method, url, value) };
    },
    asksAgain,
  };
}

/** The answer names the scopes if they differ: https://www.rfc-editor.org/rfc/rfc6749#section-5.1 */
function refuseFewerScopes(granted: unknown, needed: readonly string[]): void {
  const given = typeof granted === "string" ? granted.split(" ") : needed;
  const missing = needed.filter((scope) => !given.includes(scope));
  if (missing.length > 0)
    throw new Error(
      `Nothing was changed. Okta's token lacks ${missing.join(", ")}. Grant the app these scopes (Okta API Scopes).`,
    );
}

const refusals: Readonly<Record<string, string>> = {
  invalid_client:
    "Okta does not know this key or this client id. Compare them with the app in the Admin Console.",
  invalid_dpop_proof: "Okta refuses the proof of possession. Check this computer's clock.",
};

/** Returns Okta's error code and what to do. Quotes no other part of Okta's answer. */
function refusalOf(error: unknown, needed: readonly string[]): string {
  const known = typeof error === "string" && /^[a-z_]{1,40}$/.test(error) ? error : "no reason";
  const isScope = known === "invalid_scope" || known === "consent_required";
  const grant = isScope ? `Grant the app ${needed.join(", ")} (Okta API Scopes).` : "";
  return `${known}. ${refusals[known] ?? grant}`.trimEnd();
}
