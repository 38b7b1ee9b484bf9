import type { Deadline } from "../timing/deadline.ts";
import type * as accessToken from "../okta/access-token.ts";
import type { TokenAuthentication } from "../okta/authenticate.ts";
import { systemClock } from "../timing/clock.ts";
import { RefreshedSecret } from "../secrets/refreshed-secret.ts";
import type { Secret } from "../secrets/secret.ts";
import type { WaitForReload } from "../secrets/wait-limit.ts";
import type { TokenSettings } from "../settings/token-settings.ts";

// eslint-disable-next-line @typescript-eslint/no-require-imports -- a bundle of its own: see scripts/build.ts
const loadAccessToken = () => require("./access-token.cjs") as typeof accessToken;

/** Okta signs in with OAuth 2.0 access tokens, in place of a secret or beside one. */
export interface AccessTokens {
  /** The issuer's keys. They are public, but have to be as fresh and as available as a secret. */
  readonly keys: Secret;
  authenticate(token: string, deadline: Deadline): Promise<TokenAuthentication | "keys-not-loaded">;
}

interface Surroundings {
  /** How a request waits for keys that may be new. */
  readonly wait: WaitForReload;
  readonly warn: (message: string) => void;
}

/** Reads the keys at once, unawaited; later in the background, as secrets are read. */
export function createAccessTokens(settings: TokenSettings, { wait, warn }: Surroundings): AccessTokens {
  const { keysUrl, maxAgeMs, outageMs } = settings;
  let verify: accessToken.VerifyToken | undefined;
  const keys = new RefreshedSecret({
    ...{ clock: systemClock, name: "okta-token-keys", count: 1, maxAgeMs, outageMs, wait, warn },
    read: async (signal) => [{ value: await loadAccessToken().readKeySet(keysUrl, signal) }],
  });
  return {
    keys,
    async authenticate(token, deadline) {
      const [keySet] = await keys.get(deadline);
      if (keySet === undefined) return "keys-not-loaded";
      verify ??= loadAccessToken().createTokenVerifier(settings, systemClock);
      const authentication = await verify(token, keySet);
      if (authentication.ok || authentication.reason !== "token-key") return authentication;
      // Signed with a key that we have not seen: the issuer may have begun to use it since we last asked.
      const [fresh = keySet] = await keys.reload(deadline);
      return verify(token, fresh);
    },
  };
}
