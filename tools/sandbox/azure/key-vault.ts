import type { JsonWebKey } from "node:crypto";
import type { Certificates } from "./certificates.ts";
import type { FakeIdentity } from "./identity.ts";
import { startStandIn, type Answer, type StandIn } from "./stand-in.ts";
import { createVaultKeys, type SentDigest } from "./vault-keys.ts";
import { createVaultSecrets, type SentVersion, type StoredSecrets } from "./vault-secrets.ts";
import { failure } from "./vault-failure.ts";

interface VaultRequest {
  method: string;
  path: string;
  query: string;
  authorized: boolean;
}

export type { SecretVersion } from "./vault-secrets.ts";

export interface FakeKeyVault extends StandIn<VaultRequest>, StoredSecrets {
  url: string;
  /** Creates an RSA key for signing. Returns the public key, with its version as `kid`. */
  addKey(name: string): JsonWebKey;
}

const resource = "https://vault.azure.net";
const challenge = (message: string): Answer => ({
  ...failure(401, "Unauthorized", message),
  headers: {
    "www-authenticate": `Bearer authorization="https://login.microsoftonline.com/72f988bf-86f1-41af-91ab-2d7cd011db47", resource="${resource}"`,
  },
});
/** A request without a token gets a challenge, which the SDK needs before it sends a token. */
export const startKeyVault = async (
  certificates: Certificates,
  identity: FakeIdentity,
  pageSize: number,
): Promise<FakeKeyVault> => {
  const url = "https://kv-test.vault.azure.net";
  const keys = createVaultKeys(url);
  const { answer: answerSecrets, ...secrets } = createVaultSecrets(url, pageSize);

  const standIn = await startStandIn<VaultRequest>({
    certificates,
    note: ({ method, url: { pathname, search }, headers }) => ({
      method,
      path: pathname,
      query: search,
      authorized: identity.authorizes(headers.authorization, resource),
    }),
    answer: ({ method, url: { pathname, searchParams }, headers, body }, { authorized }) => {
      if (headers.authorization === undefined)
        return challenge("AKV10000: Request is missing a Bearer or PoP token.");
      if (!authorized) return challenge("AKV10022: Invalid audience.");
      if (!searchParams.has("api-version"))
        return failure(400, "BadParameter", "api-version must be specified");
      const sent =
        method === "GET" ? {} : (JSON.parse(body.toString()) as SentVersion & SentDigest);
      const isOfKeys = pathname.startsWith("/keys/");
      return isOfKeys
        ? keys.answer(method, pathname, sent)
        : answerSecrets(method, pathname, searchParams, sent);
    },
    error: failure(500, "InternalServerError", "An unexpected error occurred."),
    denied: failure(
      403,
      "Forbidden",
      "Caller is not authorized to perform action on resource.",
      "ForbiddenByRbac",
    ),
  });
  return {
    ...standIn,
    url,
    ...secrets,
    addKey: (name) => keys.add(name),
  };
};
