import type { LookedAt } from "./looked-at-azure.ts";

/** What only Okta, 8x8 or a real sign-in shows. */
export const atOktaAnd8x8: readonly LookedAt[] = [
  {
    id: "okta-in-place",
    says: "Okta changes a hook's URL and sign-in in place.",
    source:
      "https://developer.okta.com/docs/api/openapi/okta-management/management/tags/inlinehook",
    leans: ["docs/okta-as-code.md", "docs/tokens.md", "tools/okta/hook-change.ts"],
    ifFalse: "`apply` makes a second hook and switches.",
    look: "npm run okta -- plan after apply, in a preview org.",
  },
  {
    id: "okta-errors",
    says: "Okta answers 400, 502 or 504 where /execute reaches no hook.",
    source: "https://developer.okta.com/docs/reference/error-codes/",
    leans: ["docs/okta-as-code.md", "tools/okta/okta-error.ts", "tools/okta/sign-in.ts"],
    ifFalse: "`verify` fails without a useful sentence.",
    look: "npm run okta -- verify with the app stopped, in a preview org.",
  },
  {
    id: "okta-pending",
    says: "After PENDING Okta sends no code itself.",
    source: "https://developer.okta.com/docs/guides/telephony-inline-hook/",
    leans: ["docs/troubleshoot.md", "src/okta/telephony-answer.ts"],
    ifFalse: "UNCONFIRMED_ANSWER=pending spares nobody the second message.",
    look: "A preview org and a laptop: npm start -- --public-url.",
  },
  {
    id: "okta-tokens",
    says: "Okta uses a token for several hooks.",
    source: "https://developer.okta.com/docs/guides/common-hook-set-up-steps/",
    leans: ["docs/tokens.md", "src/auth/access-token.ts"],
    ifFalse: "Each code waits for a token.",
    look: "tokenAgeMs in the events of the pilot group.",
  },
  {
    id: "okta-real-fields",
    says: "A sign-in sends what the preview sends.",
    source:
      "https://developer.okta.com/docs/api/openapi/okta-management/management/tags/inlinehook",
    leans: ["docs/set-up-okta.md", "src/okta/telephony-request.ts"],
    ifFalse: "Codes are malformed or refused.",
    look: "otp-delivery events of the pilot group: reason, oddPaths.",
  },
  {
    id: "8x8-webhooks",
    says: "8x8 repeats receipts, and a new webhook of calls replaces the old.",
    source: "https://developer.8x8.com/connect/reference/add-webhooks-2",
    leans: ["docs/set-up-8x8.md", "scripts/receipts.sh"],
    ifFalse: "Receipts are lost; `remove` before a rotation.",
    look: "scripts/receipts.sh set, twice.",
  },
  {
    id: "8x8-unknown-refusals",
    says: "8x8 has codes for a wrong region, address or key, and for no credit.",
    source: "https://developer.8x8.com/connect/docs/api-error-codes",
    leans: ["docs/set-up-8x8.md", "docs/troubleshoot.md", "src/8x8/status-codes.ts"],
    ifFalse: "The reason is rejected-by-provider.",
    look: "docs/set-up-8x8.md, Ask 8x8.",
  },
  {
    id: "8x8-tls",
    says: "TLS 1.3 from Azure reaches 8x8.",
    source: "https://developer.8x8.com/connect/docs/api-error-codes",
    leans: ["src/8x8/client.ts"],
    ifFalse: "Codes to Singapore are rejected.",
    look: "An SMS to +65.",
  },
];
