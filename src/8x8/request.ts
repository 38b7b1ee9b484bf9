import type { ProviderRequest } from "../providers/client.ts";

/** A request to any of 8x8's APIs: https://developer.8x8.com/connect/docs/authentication */
export function requestTo8x8(path: string, body: object, apiKey: string): ProviderRequest {
  const headers = [
    ...["authorization", `Bearer ${apiKey}`],
    ...["content-type", "application/json"],
    ...["accept", "application/json"],
  ];
  return { path, headers, body: JSON.stringify(body) };
}
