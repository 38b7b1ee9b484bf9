import type { AccessToken, TokenCredential } from "@azure/identity";
import type { FakeAzure } from "../../../tools/sandbox/azure.ts";

/**
 * The credential of a person who ran az login, for the stand-in for identities. It keeps its
 * tokens, as az does.
 */
export function credentialOf({ identity }: FakeAzure): TokenCredential {
  const tokens = new Map<string, Promise<AccessToken>>();
  async function request(resource: string): Promise<AccessToken> {
    const query = new URLSearchParams({
      "api-version": "2019-08-01",
      client_id: identity.clientId,
      resource,
    });
    const answer = await fetch(`${identity.endpoint}?${query.toString()}`, {
      headers: { "x-identity-header": identity.header },
    });
    const { access_token: token } = (await answer.json()) as { access_token: string };
    return { token, expiresOnTimestamp: Date.now() + 3_600_000 };
  }
  return {
    getToken(scope) {
      const resource = String(scope).replace("/.default", "");
      const token = tokens.get(resource) ?? request(resource);
      tokens.set(resource, token);
      return token;
    },
  };
}
