const refusals = new Map([
  [
    "invalid_client",
    "Okta does not know this key or this client id: look at the app's public keys.",
  ],
  [
    "invalid_dpop_proof",
    "Okta does not take the proof of possession: look at this machine's clock.",
  ],
]);

/** Returns what to do if Okta gives no token. Quotes only known words from Okta's answer. */
export function refusalOf(
  tokenUrl: string,
  status: number,
  error: unknown,
  scopes: readonly string[],
): string {
  const known = typeof error === "string" && /^[a-z_]{1,40}$/.test(error) ? error : "no reason";
  const aboutScopes = known === "invalid_scope" || known === "consent_required";
  const words = aboutScopes
    ? `Grant the app ${scopes.join(", ")} (Okta API Scopes).`
    : (refusals.get(known) ?? "");
  return `Okta gives no token: ${tokenUrl} answers HTTP ${status}, ${known}. ${words}`.trimEnd();
}
