import { rowOf, type CodeKey } from "./code-table.ts";

/** More than are used in the minutes in which Okta reports something twice. */
const rememberedLimit = 1_000;

/** Says of each code once that it is used. Its row may outlive that: it could not be marked, or was just being written. */
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
