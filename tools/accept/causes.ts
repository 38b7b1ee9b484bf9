import * as z from "zod";
import type { Said } from "./eight-by-eight.ts";
import type { Sent } from "../hook/send.ts";

/** The app's details for administrators hold 8x8's code. */
const details = z.looseObject({ providerCode: z.string().optional() }).catch({});

const appCauses: Readonly<Record<number, string>> = {
  0: "a cold start, or a slow network between this machine and the app.",
  400: "the app cannot read the header or the body. Compare OKTA_AUTH_HEADER with okta.json.",
  401: "the hook secret of this run is not one of the vault's two newest versions, or the header is not OKTA_AUTH_HEADER.",
  403: "allowedIpRanges does not hold this machine's address.",
  404: "the app's code is not deployed, or okta.json has another URL.",
  500: "the app failed. Look at exceptions in Application Insights.",
  503: "settings or secrets are missing. GET /api/health names them.",
};

/** Describes the app's answer to a request, in words of closed lists. */
export function wordsOfHook({ judged, status, why, ms }: Sent): string {
  if (judged === undefined) return `No complete answer: ${why}.`;
  const { providerCode } = details.parse(judged.details);
  const code = providerCode === undefined ? undefined : `8x8's code ${providerCode}`;
  const own = [judged.outcome, judged.reason, code].filter((word) => word !== undefined).join(", ");
  const answer = judged.answer.toUpperCase();
  return `HTTP ${status}, ${answer}, ${own || "but not this app's outcome"}, in ${ms} ms.`;
}

export function causeOfHook({ status, judged }: Sent): string {
  const { providerCode = "" } = details.parse(judged?.details);
  if (judged?.outcome !== undefined)
    return causesAt8x8[providerCode] ?? "docs/troubleshoot.md explains the reason.";
  return causeOfStatus(status);
}

export const causeOfStatus = (status: number): string =>
  appCauses[status] ?? "another server answers at that URL.";

/** Causes of 8x8's statuses and codes, as 8x8 documents them. */
const causesAt8x8: Readonly<Record<string, string>> = {
  "1001": "the sub-account belongs to another account.",
  "1005": "the sender is not valid.",
  "1014": "the connection to 8x8 does not use TLS 1.3.",
  "-1002": "the sub-account does not have that voice.",
  "-1014": "the sub-account may not call from the number in EIGHT_BY_EIGHT_VOICE_SOURCE.",
  REJECTED: "8x8 refuses the text, the number or the country.",
  "401": "the key is invalid, or belongs to another account.",
  "403":
    "the key may not use this sub-account, or 8x8's list of addresses does not hold this machine.",
  "404":
    "the host is of another region, or the account or the sub-account has another id. Compare them with 8x8 Connect.",
  "429": "this run reached 8x8's limit of requests.",
};

export function causeAt8x8({ status, code }: Said): string {
  const known = causesAt8x8[code] ?? causesAt8x8[status];
  return (
    known ?? (status >= 500 ? "8x8 is down." : "another server answers in place of 8x8's API.")
  );
}

export const wordsOf8x8 = ({ status, code }: Said) => `HTTP ${status}, code ${code}.`;
