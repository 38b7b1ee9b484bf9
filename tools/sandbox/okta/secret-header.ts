import { environment } from "../../../src/settings/environment.ts";

/**
 * Throws if an HTTP header cannot carry one of these settings. For some characters, `fetch` throws
 * the same error as for a failed connection. `fetch` sends other characters as Latin-1, which the
 * app cannot decode.
 */
export function assertHeader(
  header: string,
  secrets: Readonly<Partial<Record<string, string>>>,
): void {
  const { error } = environment.shape.OKTA_AUTH_HEADER.safeParse(header);
  if (error !== undefined)
    throw new Error(
      `OKTA_AUTH_HEADER ${String(error.issues[0]?.message)}. Use a name such as x-hook-secret.`,
    );
  for (const [name, secret = ""] of Object.entries(secrets))
    // A line break at the end is allowed, because fetch and the app remove it.
    if (!/^[\t -~]*[\r\n]*$/.test(secret))
      throw new Error(
        `${name} has a character that an HTTP header cannot carry, such as a line break or a letter that is not ASCII. Use only ASCII letters, digits and signs.`,
      );
}
