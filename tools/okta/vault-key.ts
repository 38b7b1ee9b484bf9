import { createHash } from "node:crypto";
import {
  bearerTokenAuthenticationPolicy,
  createDefaultHttpClient,
  createPipelineFromOptions,
  createPipelineRequest,
} from "@azure/core-rest-pipeline";
import type { TokenCredential } from "@azure/identity";
import type { SignAssertion } from "./sign-in.ts";

const scope = "https://vault.azure.net/.default";
const apiVersion = "7.4";
const role = "You need the role Key Vault Crypto User on the key.";

/**
 * Signs with a key that never leaves Key Vault. Key Vault gets the SHA-256 of the assertion and
 * returns its signature: https://learn.microsoft.com/rest/api/keyvault/keys/sign/sign
 * @param name `<vault>/<key>`. The assertion's `kid` is the key's version. Register the public key
 * in Okta with that `kid`.
 */
export function createVaultKey(name: string, credential: TokenCredential): SignAssertion {
  const [, vault, key] = /^([\da-z-]{3,24})\/([\da-z-]{1,127})$/i.exec(name) ?? [];
  if (vault === undefined || key === undefined) throw new Error("--sign-with needs <vault>/<key>.");
  const url = `https://${vault}.vault.azure.net/keys/${key}`;
  const client = createDefaultHttpClient();
  const pipeline = createPipelineFromOptions({});
  pipeline.addPolicy(bearerTokenAuthenticationPolicy({ credential, scopes: scope }));

  async function call(
    method: "GET" | "POST",
    address: string,
    body?: object,
  ): Promise<Record<string, unknown>> {
    const request = createPipelineRequest({
      url: `${address}?api-version=${apiVersion}`,
      method,
      timeout: 10_000,
    });
    if (body !== undefined) {
      request.headers.set("content-type", "application/json");
      request.body = JSON.stringify(body);
    }
    const { status, bodyAsText } = await pipeline.sendRequest(client, request);
    if (status !== 200) throw new Error(`Key Vault did not sign: HTTP ${status}. ${role}`);
    return JSON.parse(bodyAsText ?? "{}") as Record<string, unknown>;
  }

  const version = async () => {
    const { kid } = (await call("GET", url))["key"] as { kid: string };
    return kid.split("/").at(-1) ?? "";
  };
  let newest: Promise<string> | undefined;

  return async (claims) => {
    const kid = await (newest ??= version());
    const input = [{ alg: "RS256", kid }, claims].map(encode).join(".");
    const digest = createHash("sha256").update(input).digest("base64url");
    const { value } = await call("POST", `${url}/${kid}/sign`, { alg: "RS256", value: digest });
    return `${input}.${String(value)}`;
  };
}

function encode(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString("base64url");
}
