import { rowOf, type CodeKey } from "./code-table.ts";

/** More codes than are used in the minutes between Okta's two reports of one use. */
const rememberedLimit = 1_000;

/** True for the first use of each code. Its row can look unused later: marking it failed, or it was just being written. */
export function createFirstUse(): (code: CodeKey & { readonly sentAt: Date }) => boolean {
  const used = new Set<string>();
  return ({ oktaUserId, sentAt, ...code }) => {
    const key = `${oktaUserId} ${rowOf(code)} ${sentAt.getTime()}`;
    if (used.has(key)) return false;
    used.add(key);
    const [oldest] = used.size > rememberedLimit ? used : [];
    if (oldest !== undefined) used.delete(oldest);
    return true;
  };
}
