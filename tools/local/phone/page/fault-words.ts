import type { FaultItem } from "../shown-items.ts";

export const faultOwners: Readonly<Record<FaultItem["of"], string>> = {
  "8x8": "8x8",
  vault: "Key Vault",
  identity: "Managed identity",
  table: "Table of codes",
  ingestion: "Application Insights",
};

/** The effect that all faults of a service have. */
export const faultEffects: Readonly<Record<FaultItem["of"], string>> = {
  "8x8": "The person gets no code, unless the org has Okta's own provider.",
  vault:
    "The app sends codes with the secrets that it knows. For an unknown secret, the app asks the vault.",
  identity: "The effect is the same as when Key Vault fails.",
  table: "The app sends codes, but does not match used codes to them.",
  ingestion: "The app sends codes. Telemetry waits, and lost events are counted.",
};

const meanings: Readonly<Record<string, string>> = {
  slow: "Answers as usual, after a second.",
  hang: "Receives the request and never answers.",
  reset: "Cuts the connection.",
  "302": "Redirects to another address.",
  "401": "Does not know the key.",
  "429": "Reports too many requests.",
  "500": "Answers 500.",
  "503": "Is temporarily unavailable.",
  rejected: "Answers 200 with REJECTED.",
  "not-created": "Refuses with an error code.",
  garbage: "Answers 200, and the answer ends in the middle.",
  "no-credit": "Accepts. The receipt of an SMS reports that there is no credit.",
  down: "Cuts every connection.",
  error: "Answers 500.",
  denied: "Denies the app access.",
};

export const meaningOf = (fault: string): string => meanings[fault] ?? "";

export function faultState({ on }: FaultItem): string {
  if (on === undefined) return "";
  return `${on.fault}, ${on.timesLeft === undefined ? "until switched off" : `${on.timesLeft} more`}`;
}
