import { randomBytes, randomUUID } from "node:crypto";
import { startStandIn, type Answer, type StandIn } from "./stand-in.ts";

interface TokenRequest {
  resource: string;
  clientId: string;
  authorized: boolean;
}

export interface FakeIdentity extends StandIn<TokenRequest> {
  endpoint: string;
  header: string;
  clientId: string;
  /**
   * Prepares for another app. Deletes the requests, faults and changed lifetimes. Creates a new
   * client id, because SDKs cache tokens by client id. Tokens of earlier client ids stay valid.
   */
  renew(): void;
  /** Sets the lifetime of the next tokens, for all resources or for one. The default is a day. */
  issueFor(seconds: number, resource?: string): void;
  /** Every issued access token. Tests search logs for these tokens. */
  tokens: string[];
  authorizes(authorization: string | undefined, resource: string): boolean;
}

const refusal = (statusCode: number, message: string): Answer => ({
  status: statusCode,
  body: { statusCode, message, correlationId: randomUUID() },
});

/**
 * Starts the managed identity endpoint of App Service and Functions, version 2019-08-01, for
 * user-assigned identities: https://learn.microsoft.com/azure/app-service/overview-managed-identity
 */
export const startIdentity = async (): Promise<FakeIdentity> => {
  const header = randomUUID();
  const clientIds: string[] = [randomUUID()];
  const issued = new Map<string, string>();
  let lastsSeconds = 86_400;
  const lastsSecondsOf = new Map<string, number>();
  const standIn = await startStandIn<TokenRequest>({
    note: ({ url, headers }) => ({
      resource: url.searchParams.get("resource") ?? "",
      clientId: url.searchParams.get("client_id") ?? "",
      authorized: headers["x-identity-header"] === header,
    }),
    answer: ({ method, url }, seen) => {
      if (!seen.authorized) return refusal(401, "The X-IDENTITY-HEADER is missing or wrong.");
      if (method !== "GET" || url.pathname !== "/msi/token") return refusal(404, "Not found.");
      if (url.searchParams.get("api-version") !== "2019-08-01")
        return refusal(400, "Unsupported api-version.");
      if (seen.resource === "") return refusal(400, "The resource is missing.");
      if (!clientIds.includes(seen.clientId)) {
        return refusal(
          400,
          "No User Assigned or Delegated Managed Identity found for specified ClientId.",
        );
      }
      const { resource } = seen;
      const expiresAt =
        Math.floor(Date.now() / 1000) + (lastsSecondsOf.get(resource) ?? lastsSeconds);
      const token = createToken(resource, expiresAt);
      issued.set(token, resource);
      const expiresOn = String(expiresAt);
      return {
        status: 200,
        body: {
          access_token: token,
          expires_on: expiresOn,
          resource,
          token_type: "Bearer",
          client_id: seen.clientId,
        },
      };
    },
    error: refusal(500, "An unexpected error occurred while fetching the token."),
    denied: refusal(403, "The managed identity is not permitted."),
  });
  return {
    ...standIn,
    endpoint: `http://127.0.0.1:${standIn.port}/msi/token`,
    header,
    get clientId() {
      return clientIds.at(-1) ?? "";
    },
    renew: () => {
      clientIds.push(randomUUID());
      standIn.requests.length = 0;
      standIn.recover();
      lastsSeconds = 86_400;
      lastsSecondsOf.clear();
    },
    issueFor: (seconds, resource) => {
      if (resource === undefined) lastsSeconds = seconds;
      else lastsSecondsOf.set(resource, seconds);
    },
    get tokens() {
      return [...issued.keys()];
    },
    authorizes: (authorization, resource) =>
      issued.get(authorization?.replace(/^Bearer /, "") ?? "") === resource,
  };
};

/** https://learn.microsoft.com/entra/identity-platform/access-token-claims-reference */
const createToken = (aud: string, exp: number): string => {
  const iss = "https://sts.windows.net/72f988bf-86f1-41af-91ab-2d7cd011db47/";
  const nbf = Math.floor(Date.now() / 1000) - 300;
  const parts = [
    { typ: "JWT", alg: "RS256" },
    { aud, iss, iat: nbf, nbf, exp, uti: randomUUID() },
  ].map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"));
  return [...parts, randomBytes(256).toString("base64url")].join(".");
};
