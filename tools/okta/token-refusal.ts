const refusals = new Map([
  [
    "invalid_client",
    "Okta does not know this key or this client id. Compare them with the app in the Admin Console.",
  ],
  ["invalid_dpop_proof", "Okta refuses the proof of possession. Check the clock."],
]);

/** Returns what to do if Okta issues no token. Quotes only known words from Okta's answer. */
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
  return `Okta issues no token: ${tokenUrl} answers HTTP ${status}, ${known}. ${words}`.trimEnd();
}
