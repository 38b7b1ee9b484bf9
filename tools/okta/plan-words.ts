import type { Change } from "./changes.ts";
import type { Plan } from "./plan.ts";

/** Has no name of anybody's and no value but the org and the hook's URLs: ids and our own words. */
export function describe({ org, hookUrl, changes, blockers, admin, notes }: Plan): string {
  const lines = [
    `Org ${org}, hook ${withoutSecrets(hookUrl)}`,
    ...blockers.map((words) => `! ${words}`),
    ...changes.map((change) => `~ ${wordsFor(change)}`),
    ...(changes.length === 0
      ? ["No differences. (A secret cannot be seen: verify proves it.)"]
      : []),
    ...admin.map((words) => `? An administrator's: ${words}`),
    ...notes.map((words) => `? ${words}`),
  ];
  return lines.join("\n");
}

export function wordsFor(change: Change): string {
  switch (change.do) {
    case "create-hook":
      return "telephony hook: make it, active";
    case "replace-hook":
      return `telephony hook ${change.id}: replace it, for its ${change.parts.join(", ")}${change.active ? "" : ", and activate it"}${urls(change)}`;
    case "activate-hook":
      return `telephony hook ${change.id}: activate it`;
    case "take-over": {
      if (change.beside)
        return `telephony hook ${change.id}: deactivate it, and have ours in its place until restore`;
      const without =
        change.headers.length > 0 ? `, and its headers go: ${change.headers.join(", ")}` : "";
      return `telephony hook ${change.id}: take its place${change.ours === undefined ? `, in place${without}` : ` with ${change.ours}`}`;
    }
    case "create-phone":
      return "phone authenticator: make it, active";
    case "replace-phone":
      return "phone authenticator: what it is allowed for";
    case "activate-phone":
      return "phone authenticator: activate it";
    case "set-method":
      return `phone authenticator: ${change.type} ${change.active ? "on" : "off"}`;
    case "create-event-hook":
      return "event hook: make it and have Okta verify it";
    case "replace-event-hook":
      return `event hook ${change.id}: replace it, for its ${change.parts.join(", ")}, and have Okta verify it`;
    case "verify-event-hook":
      return `event hook ${change.id}: have Okta verify it`;
    case "activate-event-hook":
      return `event hook ${change.id}: activate it`;
  }
}

function urls({
  parts,
  from,
  to,
}: {
  readonly parts: readonly string[];
  readonly from: string;
  readonly to: string;
}): string {
  return parts.includes("url") ? ` (${withoutSecrets(from)} → ${withoutSecrets(to)})` : "";
}

/** A query can hold a key, and a user part a password. */
function withoutSecrets(url: string): string {
  return url.replace(/[?#].*$/s, "?…").replace(/^([^/]*\/\/)[^/\\]*@/, "$1…@");
}
