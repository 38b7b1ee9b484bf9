import type { FaultItem } from "../protocol.ts";

export const faultOwners: Readonly<Record<FaultItem["of"], string>> = {
  "8x8": "8x8",
  vault: "Key Vault",
  identity: "Managed identity",
  table: "Table of codes",
  ingestion: "Application Insights",
};

/** The effect that all faults of a service have. */
export const faultEffects: Readonly<Record<FaultItem["of"], string>> = {
  "8x8": "If no code goes out, Okta delivers it, if your org has a provider.",
  vault:
    "Codes go out with the known secrets. If a request has an unknown secret, the app asks the vault.",
  identity: "Same as when Key Vault fails.",
  table: "Codes go out. Used codes are not matched to sent ones.",
  ingestion: "Codes go out. Events wait, and what is lost is counted.",
};

const meanings: Readonly<Record<string, string>> = {
  slow: "Answers as usual, after a second.",
  hang: "Takes the request and never answers.",
  trickle: "Begins an answer, then sends a byte now and then.",
  endless: "Begins an answer that never ends.",
  reset: "Cuts the connection.",
  "302": "Redirects to another address.",
  "401": "Does not know the key.",
  "403": "Knows the key and says no.",
  "426": "Requires a newer protocol.",
  "429": "Too many requests.",
  "500": "Fails.",
  "503": "Is temporarily unavailable.",
  rejected: "Says no inside a 200.",
  "not-created": "Says no with a code of its own.",
  "odd-id": "Accepts, with a malformed id.",
  "odd-code": "Says no with an undocumented code.",
  garbage: "A 200 that ends in the middle.",
  "wrong-shape": "A 200 that is not 8x8's.",
  "html-502": "Something before it answers with a page.",
  "no-credit": "Accepts. The receipt of an SMS says that there is no credit.",
  "sender-refused": "Refuses the sender at once.",
  "sender-undelivered": "Accepts. Its receipt says that the sender was refused.",
  "sender-changed": "Accepts. Its receipt names another sender.",
  down: "Cuts every connection.",
  error: "Answers 500.",
  denied: "Denies the app access.",
};

export const meaningOf = (fault: string): string => meanings[fault] ?? "";

/** `429, 2 more` */
export function faultState({ on }: FaultItem): string {
  if (on === undefined) return "";
  return `${on.fault}, ${on.timesLeft === undefined ? "until switched off" : `${on.timesLeft} more`}`;
}
