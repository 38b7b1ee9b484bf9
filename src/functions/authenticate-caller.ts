import type { Deadline } from "../timing/deadline.ts";
import { authenticate, type Authentication } from "../okta/authenticate.ts";
import type { Secret } from "../secrets/secret.ts";

/** An unknown secret may be one that has just been rotated in, so the vault is asked once more. */
export async function authenticateCaller(
  header: string | null,
  secret: Secret,
  deadline: Deadline,
): Promise<Authentication | "secrets-not-loaded"> {
  if (header === null || header === "") return { ok: false, reason: "no-header" };
  const versions = await secret.get(deadline);
  if (versions.length === 0) return "secrets-not-loaded";
  const authentication = authenticate(header, versions);
  return authentication.ok ? authentication : authenticate(header, await secret.reload(deadline));
}
