import { setTimeout as sleep } from "node:timers/promises";
import { differs, judge, notTried, type Assumption, type Finding } from "../assumption.ts";
import type { Live } from "../live.ts";
import type { Channel } from "../../../src/delivery/channels.ts";

const reference = "https://developer.8x8.com/connect/reference";
const guide = "https://developer.8x8.com/connect/docs";
const seconds = (ms: number) => `${(ms / 1_000).toFixed(1)} s`;

async function accepted(live: Live, channel: Channel): Promise<Finding> {
  const { judged, status, ms, why } = (await live.code(channel)).sent;
  if (judged?.reason === `${channel}-off`) return notTried(`The app has no ${channel}.`);
  const seen = judged === undefined ? why : `HTTP ${status}, ${judged.outcome ?? "no outcome"}`;
  return judge(
    judged?.outcome === "accepted",
    `${seen}${judged?.reason ? ` ${judged.reason}` : ""} in ${ms} ms`,
  );
}

async function receipt(live: Live, channel: Channel): Promise<Finding> {
  const { sent, at } = await live.code(channel);
  const { outcome, transactionId } = sent.judged ?? {};
  if (outcome !== "accepted" || transactionId === undefined)
    return notTried(`8x8 took no ${channel}.`);
  const azure = await live.azure();
  const end = channel === "sms" ? ["delivered", "undelivered", "rejected", "failed"] : undefined;
  const query = {
    table: "customEvents",
    name: "otp-receipt",
    since: at,
    where: ["providerId", transactionId],
  } as const;
  const until = Date.now() + live.patienceMs;
  for (;;) {
    const rows = await azure.waitFor(query, Math.max(0, until - Date.now()), live.pauseMs);
    const last = rows.find(({ properties }) => end?.includes(String(properties["state"])) ?? true);
    if (last === undefined && Date.now() < until) {
      await sleep(live.pauseMs);
      continue;
    }
    if (last === undefined) return differs(rows.length > 0 ? "None of the end." : "None came.");
    const { state, errorCode, senderChanged } = last.properties;
    const code = errorCode === undefined ? "" : ` with error ${errorCode}`;
    const sender = senderChanged === "true" ? ", from another sender" : "";
    const seen = `${String(state)}${code}${sender}, ${seconds(last.timestamp.getTime() - at.getTime())}`;
    return judge(["delivered", "completed"].includes(String(state)), seen);
  }
}

/** 8x8, from asking to one SMS and one call to the phone that was named. */
export const eightByEight: readonly Assumption[] = [
  {
    id: "8x8-key",
    says: "Key, region and sub-account belong together.",
    source: `${reference}/get-sms-details`,
    leans: ["docs/set-up-8x8.md", "src/settings/environment/8x8.ts"],
    ifFalse: "Each code is rejected.",
    async attempt(live) {
      const { status, code } = await (await live.eightByEight()).unknownMessage();
      return judge(status === 404 && code === "1300", `HTTP ${status}, code ${code}`);
    },
  },
  {
    id: "8x8-credit",
    says: "A prepaid account has credit.",
    source: `${reference}/get-account-balance`,
    leans: ["docs/runbooks.md", "src/8x8/status-codes.ts"],
    ifFalse: "No code arrives.",
    async attempt(live) {
      const said = await (await live.eightByEight()).balance();
      if (said === undefined)
        return notTried("EIGHT_BY_EIGHT_ACCOUNT is not set: the account's id, a GUID.");
      if (said.status === 403) return notTried("The account is not prepaid: HTTP 403.");
      // How much it is stays with whoever looks.
      return judge(
        said.status === 200 && Number(said.code) > 0,
        `HTTP ${said.status}, ${Number(said.code) > 0 ? "some" : "none"}`,
      );
    },
  },
  {
    id: "8x8-sms",
    says: "8x8 takes an SMS and says QUEUED.",
    source: `${reference}/send-sms-single`,
    leans: ["docs/troubleshoot.md", "src/8x8/sms.ts"],
    ifFalse: "Okta sends each code again.",
    needs: "phone",
    attempt: (live) => accepted(live, "sms"),
  },
  {
    id: "8x8-sms-receipt",
    says: "Its receipt comes in the form that we read.",
    source: `${guide}/delivery-receipts-for-outbound-sms`,
    leans: [
      "docs/set-up-8x8.md",
      "src/8x8/sms-receipt.ts",
      "infra/queries/alerts/delivery-falling.kql",
    ],
    ifFalse: "Alerts on delivery stay quiet.",
    needs: "phone",
    attempt: (live) => receipt(live, "sms"),
  },
  {
    id: "8x8-sender",
    says: "It comes from our sender.",
    source: `${guide}/send-sms-api-reference`,
    leans: ["docs/set-up-8x8.md", "src/8x8/used-sender.ts"],
    ifFalse: "Register the sender for the country.",
    needs: "phone",
    async attempt(live) {
      if ((await live.code("sms")).sent.judged?.outcome !== "accepted")
        return notTried("8x8 took no SMS.");
      const typed = await live.person.answer(
        "Did the SMS come from the sender that you set (yes, no)?",
      );
      if (typed === undefined) return notTried("Nobody said who it came from.");
      return judge(/^y/i.test(typed), /^y/i.test(typed) ? "It did." : "It came from another.");
    },
  },
  {
    id: "8x8-call",
    says: "8x8 takes a call and says CREATED.",
    source: `${reference}/send-callflow`,
    leans: ["docs/troubleshoot.md", "src/8x8/voice.ts"],
    ifFalse: "Okta makes each call again.",
    needs: "phone",
    attempt: (live) => accepted(live, "voice"),
  },
  {
    id: "8x8-call-receipt",
    says: "The webhook of calls sends its secret in Authorization.",
    source: `${guide}/voice/voice-messaging/session-status`,
    leans: ["docs/set-up-8x8.md", "src/8x8/session-summary.ts", "scripts/receipts.sh"],
    ifFalse: "Summaries of calls are answered 401.",
    needs: "phone",
    attempt: (live) => receipt(live, "voice"),
  },
  {
    id: "8x8-wrong-sender",
    says: "A wrong sender is refused with 1005, or changed.",
    source: `${guide}/api-error-codes`,
    leans: [
      "docs/set-up-8x8.md",
      "tools/sandbox/8x8/sender-faults.ts",
      "infra/queries/alerts/sender-refused.kql",
    ],
    ifFalse: "The alert `sender-refused` misses it.",
    needs: "phone",
    async attempt(live) {
      const { status, code } = await (await live.eightByEight()).send("NotOurName1");
      return judge(
        status === 200 ? code === "QUEUED" : code === "1005",
        `HTTP ${status}, code ${code}`,
      );
    },
  },
];
