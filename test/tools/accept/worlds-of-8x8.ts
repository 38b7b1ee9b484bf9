import { answers, type FalseWorld } from "./false-world.ts";
import { json } from "./front.ts";

const message = /^POST \/api\/v1\/subaccounts\/test_sms\/messages$/;
const oneMessage = /^GET \/api\/v1\/subaccounts\/[^/]+\/messages\/[^/]+$/;
const ofSmsReceipts = ["8x8-sms-receipt", "8x8-sender", "8x8-wrong-sender"];
const balance = /^GET \/api\/v1\/accounts\/[^/]+\/balance$/;
const voices = /^GET .*\/speech-profiles$/;
const rejected = { code: "REJECTED", description: "Invalid MSISDN value" };
const html = { "content-type": "text/html" };
const call = /^POST \/api\/v1\/subaccounts\/[^/]+\/callflows$/;

/** https://developer.8x8.com/connect/docs/api-error-codes */
const smsError = (status: number, code: number, message: string) =>
  json(status, { code, message, errorId: "oae1", timestamp: "2026-11-28T00:00:00Z" });
const callError = (status: number, statusCode: number, statusMessage: string) =>
  json(status, { sessionStatus: "NOT_CREATED", statusCode, statusMessage });

/** 8x8's APIs and receipts. */
export const worldsOf8x8: readonly FalseWorld[] = [
  {
    name: "8x8 does not know the key",
    make: ({ sandbox }) => {
      sandbox.setApiKey("another-key");
    },
    id: "8x8-key",
    also: ["8x8-credit", "8x8-voices"],
    words: [/401/, /key/i],
  },
  {
    name: "the sub-account belongs to another account",
    make: answers("eightByEight", oneMessage, smsError(400, 1001, "SubAccountId is not yours")),
    id: "8x8-key",
    words: [/1001/, /sub-account/i],
  },
  {
    name: "the settings name another sub-account",
    seen: () => ({ env: { EIGHT_BY_EIGHT_SMS_SUBACCOUNT: "no_such_one" } }),
    id: "8x8-key",
    words: [/sub-account/i],
  },
  {
    name: "the account has no credit",
    make: answers("eightByEight", balance, json(200, { balance: 0, currency: "USD" })),
    id: "8x8-credit",
    words: [/credit|balance/i, /\b(0|no)\b/i],
  },
  {
    name: "8x8 answers 200 with REJECTED",
    make: answers(
      "eightByEight",
      message,
      json(200, { umid: "u", destination: "", status: rejected }),
    ),
    id: "8x8-sms",
    words: [/REJECTED/, /QUEUED/],
  },
  {
    name: "8x8 requires a newer TLS",
    make: answers("eightByEight", message, smsError(426, 1014, "TLS 1.3+ is required")),
    id: "8x8-sms",
    words: [/426|1014/, /TLS/],
  },
  {
    name: "8x8 answers with a page of HTML",
    make: answers("eightByEight", message, { status: 502, body: "<html></html>", headers: html }),
    id: "8x8-sms",
    words: [/50[23]/, /cause: .*8x8/],
  },
  {
    name: "no receipt of an SMS arrives",
    make: ({ sandbox }) => {
      sandbox.webhooks.of.sms.clear();
    },
    inVain: ofSmsReceipts,
    id: "8x8-sms-receipt",
    words: [/no receipt/i, /receipts\.sh|webhook/],
  },
  {
    name: "8x8 sends receipts with another secret",
    make: (world) => {
      world.sendReceiptsWith("another-receipt-secret");
    },
    // The row of the refusal has to arrive in this time.
    seen: () => ({ patienceMs: 5_000 }),
    inVain: [...ofSmsReceipts.slice(1), "8x8-call-receipt"],
    id: "8x8-sms-receipt",
    also: ["8x8-call-receipt"],
    words: [/refused it with 401/, /secret/i],
  },
  {
    name: "receipts of SMS have another format",
    make: ({ app }) =>
      app.add(({ call: asked, body }, pass) =>
        asked === "POST /api/8x8/receipts" && body.includes('"SMS"')
          ? pass(JSON.stringify({ UMID: "u", StatusCode: 1 }))
          : undefined,
      ),
    inVain: ofSmsReceipts,
    id: "8x8-sms-receipt",
    words: [/form|receipt/i],
  },
  ...[
    { code: 42, cause: /credit/i },
    { code: 99, cause: /fraud|Omni Shield/i },
    { code: 19, cause: /sender|source/i },
  ].map(({ code, cause }): FalseWorld => ({
    name: `an SMS ends undelivered with error ${code}`,
    make: ({ sandbox }) => {
      sandbox.setFate({ receipt: "undelivered", errorCode: code, delayMs: 20 });
    },
    id: "8x8-sms-receipt",
    words: [/undelivered/, new RegExp(`\\b${code}\\b`), cause],
  })),
  {
    name: "8x8 replaces the sender, and the person saw no difference",
    make: ({ sandbox }) => {
      sandbox.fail("sms", { fault: "sender-changed" });
    },
    id: "8x8-sender",
    words: [/another sender|replace|changed/i],
  },
  {
    name: "the person saw another sender",
    seen: (world) => ({
      person: { answer: () => Promise.resolve("no"), signIn: () => world.signIn() },
    }),
    id: "8x8-sender",
    words: [/sender/i],
  },
  {
    name: "8x8 refuses the caller's number",
    make: answers("eightByEight", call, callError(422, -1014, "Source not allowed")),
    id: "8x8-call",
    words: [/-1014/, /source|number|caller/i],
  },
  {
    name: "the person does not answer the call",
    make: ({ sandbox }) => {
      sandbox.setFate({ receipt: "no_answer", delayMs: 20 });
    },
    id: "8x8-call-receipt",
    words: [/no_answer/i, /pick(ed)? (it )?up|not answer/i],
  },
  {
    name: "no receipt of a call arrives",
    make: ({ sandbox }) => {
      sandbox.webhooks.of.voice.clear();
    },
    inVain: true,
    id: "8x8-call-receipt",
    words: [/no receipt/i, /receipts\.sh|webhook/],
  },
  {
    name: "8x8 neither refuses nor replaces a wrong sender",
    make: (world) => (world.refusesOtherSenders = false),
    id: "8x8-wrong-sender",
    words: [/refuse/i, /1005/],
  },
  {
    name: "8x8 lists no voice for the app's languages",
    make: answers("eightByEight", voices, json(200, { speechProfiles: [], statusCode: 1 })),
    id: "8x8-voices",
    words: [/voice/i],
  },
  {
    name: "the voice sub-account belongs to another account",
    make: answers("eightByEight", voices, callError(404, 404, "SubAccount not found")),
    id: "8x8-voices",
    words: [/404/, /sub-account/i],
  },
];
