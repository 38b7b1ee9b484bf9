import type { Tried } from "../assumption.ts";
import { differs, judge, notTried } from "../finding.ts";
import { causeAt8x8, wordsOf8x8 } from "../causes.ts";
import { docsOf8x8 } from "../sources.ts";

/** Tests that ask 8x8 about the account. They send no message. */
export const accountAt8x8: readonly Tried[] = [
  {
    id: "8x8-key",
    says: "The key, the region and the sub-account belong together.",
    documented:
      "An unknown message gets 404 with code 1300. Another account's sub-account gets code 1001.",
    source: docsOf8x8("docs/api-error-codes"),
    ifFalse: "8x8 rejects every code.",
    async attempt(live) {
      const api = await live.eightByEight();
      const unknown = await api.unknownMessage();
      if (unknown.status !== 404 || unknown.code !== "1300")
        return differs(
          `${wordsOf8x8(unknown)} An unknown message should get 404, code 1300.`,
          causeAt8x8(unknown),
        );
      // Any sub-account can report an unknown message. Only our own sub-account checks an SMS, and
      // refuses this SMS because the number is missing.
      const empty = await api.emptyMessage();
      return judge(
        empty.code !== "1001" && ![401, 403, 404].includes(empty.status),
        `${wordsOf8x8(unknown)} An empty SMS got ${wordsOf8x8(empty)}`,
        causeAt8x8(empty),
      );
    },
  },
  {
    id: "8x8-credit",
    says: "A prepaid account has credit.",
    documented: "The balance is a number in US dollars. An account that is not prepaid gets 403.",
    source: docsOf8x8("reference/get-account-balance"),
    ifFalse: "No code arrives.",
    after: ["8x8-key"],
    async attempt(live) {
      const said = await (await live.eightByEight()).balance();
      if (said === undefined)
        return notTried("not set up", "Set EIGHT_BY_EIGHT_ACCOUNT to the account's id, a GUID.");
      if (said.status === 403) return notTried("not set up", "The account is not prepaid: 403.");
      if (said.status !== 200) return differs(`HTTP ${said.status}.`, causeAt8x8(said));
      // The report does not hold the amount.
      const hasSome = Number(said.code) > 0;
      return judge(
        hasSome,
        hasSome ? "There is credit." : "There is no credit.",
        "the credit is used up. Top up the account.",
      );
    },
  },
  {
    id: "8x8-voices",
    says: "The sub-account for calls accepts our key and has the configured voices.",
    documented: "The list of speech profiles holds each voice that a sub-account can use.",
    source: docsOf8x8("reference/get-voice-profile-information"),
    ifFalse: "8x8 refuses each call (-1002), or calls are silent in some languages.",
    async attempt(live) {
      const voices = await (await live.eightByEight()).voices();
      if (voices === undefined) return notTried("not set up", "The app makes no calls.");
      const { said, wanted, found } = voices;
      if (said.status !== 200) return differs(wordsOf8x8(said), causeAt8x8(said));
      const missing = wanted.filter((voice) => !found.includes(voice));
      return judge(
        missing.length === 0,
        `${found.length} voices${missing.length === 0 ? "" : `, without ${missing.join(", ")}`}.`,
        "EIGHT_BY_EIGHT_VOICE_PROFILES names other voices. Choose voices from 8x8's list.",
      );
    },
  },
];
