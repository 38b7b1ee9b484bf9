import type { Change } from "./changes.ts";
import type { Plan } from "./plan.ts";

/** Prints no names and no secrets. The only values are ids and the URLs of org and hook. */
export function describe({ org, hookUrl, changes, blockers, admin, notes }: Plan): string {
  const lines = [
    `Org ${org}, hook ${withoutSecrets(hookUrl)}`,
    ...blockers.map((words) => `! ${words}`),
    ...changes.map((change) => `~ ${describeChange(change)}`),
    ...(changes.length === 0
      ? ["No differences. Okta never shows the secret. Run verify to check it."]
      : []),
    ...admin.map((words) => `? For an administrator: ${words}`),
    ...notes.map((words) => `? ${words}`),
  ];
  return lines.join("\n");
}

export function describeChange(change: Change): string {
  switch (change.do) {
    case "create-hook":
      return "telephony hook: create and activate";
    case "replace-hook":
      return `telephony hook ${change.id}: change ${change.parts.join(", ")}${urls(change)}${change.active ? "" : ", and activate it"}`;
    case "activate-hook":
      return `telephony hook ${change.id}: activate`;
    case "take-over": {
      if (change.beside)
        return `telephony hook ${change.id}: deactivate, and use the laptop's hook until you run restore`;
      const without =
        change.headers.length > 0 ? `, and remove its headers ${change.headers.join(", ")}` : "";
      return `telephony hook ${change.id}: ${change.ours === undefined ? `change into this app's hook${without}` : `deactivate, and use ${change.ours} instead`}`;
    }
    case "create-phone":
      return "phone authenticator: create and activate";
    case "replace-phone":
      return "phone authenticator: change what it is allowed for";
    case "activate-phone":
      return "phone authenticator: activate";
    case "set-method":
      return `phone authenticator: switch ${change.type} ${change.active ? "on" : "off"}`;
    case "create-event-hook":
      return "event hook: create, and let Okta verify it";
    case "replace-event-hook":
      return `event hook ${change.id}: change ${change.parts.join(", ")}, and let Okta verify it`;
    case "verify-event-hook":
      return `event hook ${change.id}: let Okta verify it`;
    case "activate-event-hook":
      return `event hook ${change.id}: activate`;
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

/** Hides the query, which can hold a key, and the part before @, which can hold a password. */
function withoutSecrets(url: string): string {
  return url.replace(/[?#].*$/s, "?…").replace(/^([^/]*\/\/)[^/\\]*@/, "$1…@");
}
