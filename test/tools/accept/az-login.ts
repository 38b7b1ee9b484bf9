import type { TokenCredential } from "@azure/identity";
import type { FakeAzure } from "../../../tools/sandbox/azure.ts";

/** The credential of a person who ran az login, for the stand-in for identities. */
export function credentialOf({ identity }: FakeAzure): TokenCredential {
  return {
    async getToken(scope) {
      const query = new URLSearchParams({
        "api-version": "2019-08-01",
        client_id: identity.clientId,
        resource: String(scope).replace("/.default", ""),
      });
      const answer = await fetch(`${identity.endpoint}?${query.toString()}`, {
        headers: { "x-identity-header": identity.header },
      });
      const { access_token: token } = (await answer.json()) as { access_token: string };
      return { token, expiresOnTimestamp: Date.now() + 3_600_000 };
    },
  };
}
