import type { Tried } from "../assumption.ts";
import { differs, holds, judge, notTried, type Finding } from "../finding.ts";
import { causeAt8x8, causeOfHook, wordsOf8x8, wordsOfHook } from "../causes.ts";
import type { Live } from "../live.ts";
import { isYes } from "../person.ts";
import { endOf, receipt, receiptsAreOff } from "../receipts.ts";
import { docsOf8x8, evidence } from "../sources.ts";
import type { Channel } from "../../../src/rules/channels.ts";

const wrongSender = "NotOurName1";

async function accepted(live: Live, channel: Channel): Promise<Finding> {
  const { sent } = await live.code(channel);
  if (sent.judged?.reason === `${channel}-off`)
    return notTried("not set up", `The app does not send by ${channel}.`);
  const cause =
    sent.status === 503
      ? "8x8 is down, or the app cannot reach it. The otp-delivery event has the reason."
      : causeOfHook(sent);
  return judge(sent.judged?.outcome === "accepted", wordsOfHook(sent), cause);
}

/** Tests that send two SMS and make one call to the phone of --phone. */
export const eightByEight: readonly Tried[] = [
  {
    id: "8x8-sms",
    says: "8x8 accepts an SMS and answers QUEUED.",
    documented: "8x8 answers 200 with an id and the word QUEUED.",
    source: docsOf8x8("reference/send-sms-single"),
    evidence: evidence.smsOfOthers,
    ifFalse: "Okta sends each code again.",
    needs: "phone",
    after: ["app-expired-code", "8x8-key"],
    attempt: (live) => accepted(live, "sms"),
  },
  {
    id: "8x8-sms-receipt",
    says: "The receipt of the SMS arrives in the format that we read.",
    documented: "8x8 posts each change of an SMS's state to the webhook, with the same id.",
    source: docsOf8x8("docs/delivery-receipts-for-outbound-sms"),
    evidence: evidence.receiptsOfOthers,
    ifFalse: "Alerts on delivery do not fire.",
    needs: "phone",
    after: ["8x8-sms"],
    attempt: (live) => receipt(live, "sms"),
  },
  {
    id: "8x8-sender",
    says: "The SMS comes from our sender.",
    documented: "8x8 may replace a sender, depending on the country.",
    source: docsOf8x8("docs/send-sms-api-reference"),
    ifFalse: "People see another sender. Register yours for the country.",
    needs: "phone",
    after: ["8x8-sms"],
    async attempt(live) {
      const { sent, at } = await live.code("sms");
      const { outcome, transactionId } = sent.judged ?? {};
      if (outcome !== "accepted" || transactionId === undefined)
        return notTried("waits", "8x8 accepted no SMS.");
      const cause = "the sender is not registered in that country.";
      const end = (await receiptsAreOff(live))
        ? undefined
        : (await endOf(live, "sms", transactionId, at)).last;
      if (end?.properties["senderChanged"] === "true")
        return differs("The receipt has another sender.", cause);
      const typed = await live.person.answer(
        "Did the SMS come from the sender that you set (yes, no)?",
      );
      if (typed !== undefined)
        return judge(
          isYes(typed),
          isYes(typed) ? "The person saw our sender." : "The person saw another sender.",
          cause,
        );
      return end?.properties["senderChanged"] === "false"
        ? holds("The receipt has our sender.")
        : notTried(
            "not asked",
            "The run could not ask who the SMS came from. Run this in a terminal.",
          );
    },
  },
  {
    id: "8x8-call",
    says: "8x8 accepts a call and answers CREATED.",
    documented: "8x8 answers 200 with an id, the word CREATED and the code 1.",
    source: docsOf8x8("reference/send-callflow"),
    ifFalse: "Okta makes each call again.",
    needs: "phone",
    after: ["app-expired-code", "8x8-voices"],
    attempt: (live) => accepted(live, "voice"),
  },
  {
    id: "8x8-call-receipt",
    says: "The webhook of calls sends its secret in Authorization, and reports a completed call.",
    documented: "8x8 posts a summary of a call. You can give the webhook a header to send.",
    source: docsOf8x8("docs/voice/voice-messaging/session-status"),
    ifFalse: "The app answers 401 to summaries of calls.",
    needs: "phone",
    after: ["8x8-call"],
    attempt: (live) => receipt(live, "voice"),
  },
  {
    id: "8x8-wrong-sender",
    says: "8x8 refuses a wrong sender, with code 1005 or in a later receipt, or replaces it.",
    documented: "An invalid sender gets code 1005. In some countries, 8x8 replaces the sender.",
    source: docsOf8x8("docs/api-error-codes"),
    ifFalse: "The alert `sender-refused` misses wrong senders, and anyone can send under any name.",
    needs: "phone",
    after: ["8x8-key", "8x8-sms"],
    async attempt(live) {
      const since = new Date();
      const said = await (await live.eightByEight()).send(wrongSender);
      if (said.code === "1005") return holds(wordsOf8x8(said));
      if (said.status !== 200 || said.code !== "QUEUED")
        return differs(`${wordsOf8x8(said)} It is not code 1005.`, causeAt8x8(said));
      const end =
        said.umid === undefined || (await receiptsAreOff(live))
          ? undefined
          : (await endOf(live, "sms", said.umid, since)).last?.properties;
      if (end !== undefined && end["state"] !== "delivered")
        return holds(
          `8x8 accepted it. Then: ${end["state"] ?? "no state"}, error ${end["errorCode"] ?? "none"}.`,
        );
      const cause = "8x8 does not check senders in that country. Ask 8x8 to register yours.";
      if (end?.["senderChanged"] === "true")
        return differs("The wrong sender was delivered unchanged.", cause);
      if (end?.["senderChanged"] === "false")
        return holds("8x8 replaced the wrong sender by ours.");
      const typed = await live.person.answer(
        `Did a second SMS come from the sender ${wrongSender} (yes, no)?`,
      );
      if (typed === undefined)
        return notTried(
          "not asked",
          "8x8 accepted the SMS. The run could not ask who it came from.",
        );
      return judge(
        !isYes(typed),
        isYes(typed)
          ? "The wrong sender arrived unchanged."
          : "The SMS that was sent with a wrong sender did not arrive.",
        cause,
      );
    },
  },
];
