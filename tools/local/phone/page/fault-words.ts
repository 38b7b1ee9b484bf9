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
    "Codes go out with the secrets that are known. A secret that is not known (Wrong secret) asks the vault.",
  identity: "As when Key Vault fails.",
  table: "Codes go out. Those that are used are not joined to what was sent.",
  ingestion: "Codes go out. Events wait, and what is lost is counted.",
};

const meanings: Readonly<Record<string, string>> = {
  slow: "Answers as ever, after a second.",
  hang: "Takes the request and never answers.",
  trickle: "Begins an answer, then sends a byte now and then.",
  endless: "Begins an answer that never ends.",
  reset: "Cuts the connection.",
  "302": "Points to another address.",
  "401": "Does not know the key.",
  "403": "Knows the key and says no.",
  "426": "Wants a newer protocol.",
  "429": "Too many requests.",
  "500": "Fails.",
  "503": "Is not there for the moment.",
  rejected: "Says no inside a 200.",
  "not-created": "Says no with a code of its own.",
  "odd-id": "Accepts, with an id that is none of its kind.",
  "odd-code": "Says no with a code that no document has.",
  garbage: "A 200 that ends in the middle.",
  "wrong-shape": "A 200 that is not 8x8's.",
  "html-502": "Something before it answers with a page.",
  "no-credit": "Accepts. The receipt of an SMS says that there is no credit.",
  "sender-refused": "Refuses the sender at once.",
  "sender-undelivered": "Accepts. Its receipt says that the sender was refused.",
  "sender-changed": "Accepts. Its receipt names another sender.",
  down: "Cuts every connection.",
  error: "Answers 500.",
  denied: "Says that the app may not.",
};

export const meaningOf = (fault: string): string => meanings[fault] ?? "";

/** `429, 2 more` */
export function faultState({ on }: FaultItem): string {
  if (on === undefined) return "";
  return `${on.fault}, ${on.timesLeft === undefined ? "until switched off" : `${on.timesLeft} more`}`;
}
