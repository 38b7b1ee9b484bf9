import type { LookedAt } from "./looked-at-azure.ts";

/** What only Okta, 8x8 or a real sign-in shows. */
export const atOktaAnd8x8: readonly LookedAt[] = [
  {
    id: "okta-in-place",
    says: "Okta changes URL and sign-in of a hook in place, and the status of an event hook by its lifecycle calls.",
    source: "https://developer.okta.com/docs/api/openapi/okta-management/management/tags/inlinehook",
    leans: ["docs/okta-as-code.md", "docs/tokens.md", "tools/okta/hook-change.ts"],
    ifFalse: "`apply` makes a second hook, and switches: for a call's time Okta sends codes itself.",
    look: "npm run okta -- plan after apply, in a preview org.",
  },
  {
    id: "okta-errors",
    says: "Okta answers 400, 502 or 504 where /execute does not reach a hook, and names a scope that is missing.",
    source: "https://developer.okta.com/docs/reference/error-codes/",
    leans: ["docs/okta-as-code.md", "tools/okta/okta-error.ts", "tools/okta/sign-in.ts"],
    ifFalse: "`verify` fails with a sentence that does not help.",
    look: "npm run okta -- verify with the app stopped, in a preview org.",
  },
  {
    id: "okta-pending",
    says: "After PENDING Okta sends no code itself.",
    source: "https://developer.okta.com/docs/guides/telephony-inline-hook/",
    leans: ["docs/troubleshoot.md", "src/okta/telephony-answer.ts"],
    ifFalse: "UNCONFIRMED_ANSWER=pending does not spare the second message.",
    look: "A preview org, a slow 8x8 (npm start -- --public-url), and a phone.",
  },
  {
    id: "okta-tokens",
    says: "Okta uses a token for several hooks, and gives up in 3 s where the token endpoint is down.",
    source: "https://developer.okta.com/docs/guides/common-hook-set-up-steps/",
    leans: ["docs/tokens.md", "src/okta/access-token.ts"],
    ifFalse: "Each code waits for a token first.",
    look: "tokenAgeMs in the events of the pilot group.",
  },
  {
    id: "okta-real-fields",
    says: "A sign-in sends what the preview sends: channel, E.164 number, locale, code.",
    source: "https://developer.okta.com/docs/api/openapi/okta-management/management/tags/inlinehook",
    leans: ["docs/set-up-okta.md", "src/okta/telephony-request.ts"],
    ifFalse: "Codes are malformed or refused, and Okta sends them itself.",
    look: "otp-delivery events of the pilot group: reason, oddPaths.",
  },
  {
    id: "8x8-webhooks",
    says: "8x8 repeats a receipt after 1, 10, 30 and 90 s, and a new webhook of calls replaces the one before.",
    source: "https://developer.8x8.com/connect/reference/add-webhooks-2",
    leans: ["docs/set-up-8x8.md", "scripts/receipts.sh"],
    ifFalse: "Receipts are lost in a deployment; a rotation stops, and `remove` goes first.",
    look: "scripts/receipts.sh set, twice.",
  },
  {
    id: "8x8-unknown-refusals",
    says: "8x8 has a code for a wrong region, an address that is not allowed, a disabled key and no credit.",
    source: "https://developer.8x8.com/connect/docs/api-error-codes",
    leans: ["docs/set-up-8x8.md", "docs/troubleshoot.md", "src/8x8/status-codes.ts"],
    ifFalse: "The reason is rejected-by-provider.",
    look: "Ask 8x8: docs/set-up-8x8.md, Ask 8x8.",
  },
  {
    id: "8x8-tls",
    says: "TLS 1.3 from Azure reaches 8x8.",
    source: "https://developer.8x8.com/connect/docs/api-error-codes",
    leans: ["src/8x8/client.ts"],
    ifFalse: "Codes to Singapore are rejected as insecure-protocol.",
    look: "An SMS to +65, where you have a phone there.",
  },
];
