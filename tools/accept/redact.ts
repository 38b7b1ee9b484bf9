const oktaHosts = "okta(?:-emea|-gov|preview)?\\.com|okta\\.mil";
const names: readonly RegExp[] = [
  /[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}/gi,
  /\b(?=[A-Za-z\d_-]*\d)[A-Za-z\d_-]{17,}\b/g,
  /[\w.-]+@[\w.-]+/g,
  new RegExp(
    `\\b[\\w-]+(?:\\.[\\w-]+)*\\.(?:azurewebsites\\.net|vault\\.azure\\.net|(?:${oktaHosts}))\\b`,
    "gi",
  ),
  /\b(?:kv|rg|func)-[\w-]+/g,
  /(?<=environments\/)[\w-]+|(?<=--env )[\w-]+/g,
];

/**
 * Removes numbers, secrets, addresses, people, tenants, users and names of resources, which an
 * error or an answer may hold. Okta's error codes, such as E0000135, stay.
 */
export function redact(text: string, secrets: readonly string[]): string {
  const known = secrets
    .filter((secret) => secret.length > 3)
    .reduce((all, secret) => all.replaceAll(secret, "…"), text);
  return names
    .reduce((all, name) => all.replace(name, "…"), known)
    .replace(/\bE\d{7}\b|\+?\d{6,}/g, (found) => (found.startsWith("E") ? found : "…"));
}
