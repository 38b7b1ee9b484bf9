import type { LookedAt } from "../assumption.ts";
import { docsOf8x8 } from "../sources.ts";

/** Assumptions that only an account at 8x8 or a phone shows. */
export const at8x8: readonly LookedAt[] = [
  {
    id: "8x8-webhooks",
    says: "8x8 repeats receipts, and a new webhook of calls replaces the old one.",
    documented:
      "8x8 repeats receipts of SMS after 1, 10, 30 and 90 s. It documents nothing for calls.",
    source: docsOf8x8("reference/add-webhooks-2"),
    ifFalse: "Receipts are lost. Run `scripts/receipts.sh remove` before a rotation.",
    look: "Run `scripts/receipts.sh set` twice, and then `list`.",
    passes: "each sub-account has one webhook.",
  },
  {
    id: "8x8-unknown-refusals",
    says: "8x8 has codes for a wrong region, address or key, and for missing credit.",
    documented: "The list of codes has none for a region, an address or credit.",
    source: docsOf8x8("docs/api-error-codes"),
    ifFalse: "The reason is always `rejected-by-provider`.",
    look: "Ask 8x8 the questions in docs/set-up-8x8.md.",
    passes: "8x8 names a code for each.",
  },
  {
    id: "8x8-tls",
    says: "Azure reaches 8x8 with TLS 1.3.",
    documented: "SMS to Singapore require TLS 1.3. Otherwise 8x8 answers 426 with code 1014.",
    source: docsOf8x8("docs/api-error-codes"),
    ifFalse: "8x8 rejects codes to Singapore.",
    look: "Send an SMS to a number in Singapore (+65).",
    passes: "8x8 accepts it.",
  },
  {
    id: "8x8-call-heard",
    says: "People understand the call, in their language.",
    documented: "The voice that you choose reads the text, at a speed of 0.5 to 2.",
    source: docsOf8x8("reference/send-callflow"),
    ifFalse: "Choose another voice in EIGHT_BY_EIGHT_VOICE_PROFILES, or send only SMS.",
    look: "Call a speaker of each language that you serve.",
    passes: "each speaker writes down the right code at the first hearing.",
  },
  {
    id: "8x8-voicemail",
    says: "If a call reaches voicemail, its code has expired before anyone can hear it.",
    documented: "Nothing. 8x8 documents no detection of answering machines.",
    source: docsOf8x8("reference/send-callflow"),
    ifFalse: "Anyone who can hear the mailbox can sign in. Keep codes short-lived at Okta.",
    look: "Do not pick up, and listen to the mailbox.",
    passes: "the mailbox has no code, or the code has expired.",
  },
];
