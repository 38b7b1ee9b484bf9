import type { LookedAt } from "../assumption.ts";
import { docsOf8x8 } from "../sources.ts";

/** Assumptions that only an account at 8x8 or a phone shows. */
export const at8x8: readonly LookedAt[] = [
  {
    id: "8x8-webhooks",
    says: "8x8 repeats receipts, and a new webhook of calls replaces the old.",
    documented: "Receipts of SMS come again after 1, 10, 30 and 90 s. Of calls nothing is said.",
    source: docsOf8x8("reference/add-webhooks-2"),
    ifFalse: "Receipts are lost. Run scripts/receipts.sh remove before a rotation.",
    look: "scripts/receipts.sh set, twice, and then list.",
    passes: "each sub-account has one webhook.",
  },
  {
    id: "8x8-unknown-refusals",
    says: "8x8 has codes for a wrong region, address or key, and for no credit.",
    documented: "The list of codes has none for a region, an address or credit.",
    source: docsOf8x8("docs/api-error-codes"),
    ifFalse: "The reason is rejected-by-provider.",
    look: "Ask 8x8: docs/set-up-8x8.md has the questions.",
    passes: "8x8 names a code for each.",
  },
  {
    id: "8x8-tls",
    says: "TLS 1.3 from Azure reaches 8x8.",
    documented: "SMS to Singapore need TLS 1.3; otherwise the answer is 426 with code 1014.",
    source: docsOf8x8("docs/api-error-codes"),
    ifFalse: "Codes to Singapore are rejected.",
    look: "An SMS to a number in Singapore (+65).",
    passes: "it is accepted.",
  },
  {
    id: "8x8-call-heard",
    says: "The call is intelligible, in the person's language.",
    documented: "A call says the text by the given voice, at a speed of 0.5 to 2.",
    source: docsOf8x8("reference/send-callflow"),
    ifFalse: "Another voice in EIGHT_BY_EIGHT_VOICE_PROFILES, or SMS only.",
    look: "A call in each language that you serve, heard by somebody who speaks it.",
    passes: "they write down the right code at the first hearing.",
  },
  {
    id: "8x8-voicemail",
    says: "A call that reaches voicemail leaves no code that is still good when it is heard.",
    documented: "Nothing. 8x8 documents no detection of answering machines.",
    source: docsOf8x8("reference/send-callflow"),
    ifFalse: "Whoever can hear the mailbox can sign in: keep a code's life short at Okta.",
    look: "Do not pick up, and listen to the mailbox.",
    passes: "there is no code in it, or it has expired.",
  },
];
