import { createPublicKey, randomUUID, verify } from "node:crypto";
import { startStandIn, type Answer, type StandIn } from "../azure/stand-in.ts";
import { createSigningKey, publicJwk, signToken, type SigningKey } from "./signed-token.ts";

export interface AuthorizationServer extends StandIn<{ readonly path: string }> {
  /** Settings that make the app accept this server's tokens. */
  readonly env: Readonly<Record<string, string>>;
  readonly keysUrl: string;
  readonly credentials: HookCredentials;
  /** Key that signs the next tokens. */
  readonly key: SigningKey;
  /** Returns the claims of a valid token that expires in five minutes, with the changes. */
  readonly claims: (changes?: Readonly<Record<string, unknown>>) => Record<string, unknown>;
  /**
   * Fetches a token as Okta does before it calls a hook. Rejects with the server's error.
   * @param hook What the administrator typed, if it differs from `credentials`.
   */
  readonly fetchToken: (hook?: HookCredentials) => Promise<string>;
  /** Creates a new key, which signs tokens from now on. Older keys stay published by default. */
  rotate(options?: { readonly keepOlder: boolean }): void;
  /** If `answer` is undefined, serves the key set again. */
  serveKeys(answer: Answer | undefined): void;
  /**
   * Sets “Require proof of possession” in the Okta app whose client id the hook uses. Hooks do not
   * support proof of possession, so a hook gets no token if the proof is required.
   */
  requireProof(required: boolean): void;
  /** Every issued token. Tests search logs for these tokens. */
  readonly tokens: readonly string[];
}

/** Values that an administrator enters for a hook with OAuth 2.0. */
export interface HookCredentials {
  readonly tokenUrl: string;
  readonly clientId: string;
  readonly scope: string;
}

const clientId = "0oa1hooks2telephony3";
const scope = "telephony.send";
const path = "/oauth2/aus4otp5codes6server/v1";
const refusal = (status: number, error: string): Answer => ({
  status,
  body: { error, error_description: error },
});

/**
 * Starts a custom authorization server of Okta on loopback:
 * https://developer.okta.com/docs/guides/secure-hooks/
 */
export async function startAuthorizationServer(): Promise<AuthorizationServer> {
  const hookKey = createSigningKey("hook-key");
  let keys = [createSigningKey()];
  let served: Answer | undefined;
  let proofRequired = false;
  const tokens: string[] = [];

  const standIn = await startStandIn({
    note: ({ url }) => ({ path: url.pathname }),
    answer({ method, url, body }) {
      if (method === "GET" && url.pathname === `${path}/keys`)
        return served ?? { status: 200, body: { keys: keys.map(publicJwk) } };
      if (method === "POST" && url.pathname === `${path}/token`)
        return grant(new URLSearchParams(body.toString()));
      return refusal(404, "not_found");
    },
    error: refusal(500, "server_error"),
    denied: refusal(429, "too_many_requests"),
  });
  const origin = `http://127.0.0.1:${standIn.port}`;
  const issuer = origin + path.replace(/\/v1$/, "");
  const audience = "https://otp.example.com";
  const credentials = { tokenUrl: `${issuer}/v1/token`, clientId, scope };
  const newest = (): SigningKey => keys[0] ?? hookKey;

  function grant(form: URLSearchParams): Answer {
    if (form.get("grant_type") !== "client_credentials")
      return refusal(400, "unsupported_grant_type");
    if (!isAssertion(form.get("client_assertion") ?? "")) return refusal(401, "invalid_client");
    if (proofRequired) return refusal(400, "invalid_dpop_proof");
    if (form.get("scope") !== scope) return refusal(400, "invalid_scope");
    const token = signToken(newest(), claims());
    tokens.push(token);
    return {
      status: 200,
      body: { token_type: "Bearer", expires_in: 300, access_token: token, scope },
    };
  }

  function isAssertion(assertion: string): boolean {
    const [header = "", payload = "", signature = ""] = assertion.split(".");
    const key = createPublicKey({ key: publicJwk(hookKey), format: "jwk" });
    const signed = Buffer.from(`${header}.${payload}`);
    if (!verify("sha256", signed, key, Buffer.from(signature, "base64url"))) return false;
    const { aud, iss, sub } = JSON.parse(Buffer.from(payload, "base64url").toString()) as Record<
      string,
      unknown
    >;
    return aud === credentials.tokenUrl && iss === clientId && sub === clientId;
  }

  function claims(changes: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
    const iat = Math.floor(Date.now() / 1_000);
    const who = { iss: issuer, aud: audience, cid: clientId, sub: clientId, scp: [scope] };
    return { ver: 1, jti: `AT.${randomUUID()}`, ...who, iat, exp: iat + 300, ...changes };
  }

  return {
    ...standIn,
    keysUrl: `${issuer}/v1/keys`,
    env: {
      OKTA_HOOK_AUTH: "token",
      OKTA_TOKEN_ISSUER: issuer,
      OKTA_TOKEN_AUDIENCE: audience,
      OKTA_TOKEN_CLIENT_ID: clientId,
      OKTA_TOKEN_SCOPE: scope,
    },
    get key() {
      return newest();
    },
    claims,
    credentials,
    async fetchToken(hook = credentials) {
      const now = Math.floor(Date.now() / 1_000);
      const assertion = {
        iss: hook.clientId,
        sub: hook.clientId,
        aud: hook.tokenUrl,
        iat: now,
        exp: now + 60,
      };
      const type = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
      const form = { client_assertion_type: type, client_assertion: signToken(hookKey, assertion) };
      const body = new URLSearchParams({
        grant_type: "client_credentials",
        scope: hook.scope,
        ...form,
      });
      const answer = await fetch(hook.tokenUrl, { method: "POST", body });
      const { access_token, error } = (await answer.json()) as {
        access_token?: string;
        error?: string;
      };
      if (access_token === undefined) throw new Error(`No token: ${String(error)}`);
      return access_token;
    },
    rotate({ keepOlder } = { keepOlder: true }) {
      keys = [createSigningKey(), ...(keepOlder ? keys : [])];
    },
    serveKeys(answer) {
      served = answer;
    },
    requireProof(required) {
      proofRequired = required;
    },
    tokens,
  };
}
