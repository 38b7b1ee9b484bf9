import { createHash, randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { exportJWK, generateKeyPair, SignJWT, type JWK } from "jose";
import { causeOf } from "../unreached.ts";
import { refusalOf } from "./token-refusal.ts";
import { defaultWaitLimitMs, untilReset } from "./rate-limit.ts";

/** Authenticates calls to Okta. */
export interface SignIn {
  headersFor(method: string, url: string): Promise<Record<string, string>>;
  /** Returns true if the call should be repeated, because Okta sent the nonce that it requires. */
  asksAgain(answer: Response): boolean;
}

/** Returns a JWT with these claims, signed with RS256. */
export type SignAssertion = (claims: Readonly<Record<string, string | number>>) => Promise<string>;

/** Without a `needed` scope, a command fails. Without a `wished` scope, it checks less. */
export interface Scopes {
  readonly needed: readonly string[];
  readonly wished: readonly string[];
}

interface AccessToken {
  readonly value: string;
  readonly type: "DPoP" | "Bearer";
  readonly expiresAt: number;
}

/**
 * Signs in as a service app by private_key_jwt, the only method that Okta's scopes allow, with
 * proof of possession (DPoP) in every call. New apps require DPoP, and other apps accept it. The
 * DPoP key lives as long as this process.
 * https://developer.okta.com/docs/guides/implement-oauth-for-okta-serviceapp/ and
 * …/guides/dpop/oktaresourceserver/main/
 */
export function createAppSignIn(
  org: string,
  clientId: string,
  scopes: Scopes,
  sign: SignAssertion,
  onWait?: (seconds: number) => void,
): SignIn {
  const tokenUrl = `${org}/oauth2/v1/token`;
  const proofKey = generateKeyPair("ES256");
  let nonce: string | undefined;
  let token: Promise<AccessToken> | undefined;

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

  async function requestToken(
    asked = [...scopes.needed, ...scopes.wished],
    attempt = 1,
  ): Promise<AccessToken> {
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
      signal: AbortSignal.timeout(30_000),
    }).catch((error: unknown) => {
      throw new Error(`Okta's token endpoint ${tokenUrl} did not answer: ${causeOf(error)}`);
    });
    const body = (await answer.json().catch(() => ({}))) as Record<string, unknown>;
    const fresh = answer.headers.get("dpop-nonce");
    if (body["error"] === "use_dpop_nonce" && fresh !== null && fresh !== nonce) {
      nonce = fresh;
      return requestToken(asked, attempt);
    }
    if (answer.status === 429 && attempt < 3 && untilReset(answer.headers) <= defaultWaitLimitMs) {
      const waitMs = untilReset(answer.headers);
      onWait?.(Math.ceil(waitMs / 1000));
      await sleep(waitMs);
      return requestToken(asked, attempt + 1);
    }
    if (body["error"] === "invalid_scope" && asked.length > scopes.needed.length)
      return requestToken([...scopes.needed]);
    const { access_token: value, token_type: type, expires_in: seconds } = body;
    if (!answer.ok || typeof value !== "string")
      throw new Error(refusalOf(tokenUrl, answer.status, body["error"], scopes.needed));
    const missing = missingScopes(scopes.needed, body["scope"]);
    if (missing.length > 0)
      throw new Error(
        `Nothing was changed. Okta's token lacks ${missing.join(", ")}. Grant the app these scopes (Okta API Scopes).`,
      );
    const lifeMs = (typeof seconds === "number" ? seconds : 3600) * 1000;
    return {
      value,
      type: type === "DPoP" ? "DPoP" : "Bearer",
      expiresAt: Date.now() + lifeMs - 60_000,
    };
  }

  async function currentToken(): Promise<AccessToken> {
    if (token !== undefined && (await token).expiresAt < Date.now()) token = undefined;
    return (token ??= requestToken());
  }

  return {
    async headersFor(method, url) {
      const { value, type } = await currentToken();
      return {
        authorization: `${type} ${value}`,
        ...(type === "DPoP" && { dpop: await proof(method, url, value) }),
      };
    },
    asksAgain(answer) {
      const fresh = answer.headers.get("dpop-nonce");
      if ((answer.status !== 400 && answer.status !== 401) || fresh === null || fresh === nonce)
        return false;
      nonce = fresh;
      return true;
    },
  };
}

/**
 * Returns the scopes that Okta did not grant. If the answer names no scopes, all are granted:
 * https://www.rfc-editor.org/rfc/rfc6749#section-5.1
 */
function missingScopes(needed: readonly string[], granted: unknown): string[] {
  if (typeof granted !== "string") return [];
  const all = granted.split(" ");
  return needed.filter((scope) => !all.includes(scope));
}
