import { setTimeout as sleep } from "node:timers/promises";
import type { Tried } from "../assumption.ts";
import { differs, judge, notTried, type Finding } from "../finding.ts";
import type { Row } from "../azure.ts";
import type { Live } from "../live.ts";
import { docsOf8x8, evidence, oktaDocs, page } from "../sources.ts";

/** The result of the run's one sign-in, shared by the tests that need it. */
const uses = new WeakMap<Live, Promise<readonly Row[] | undefined>>();
/** The clocks of Okta and Azure must differ by less than this. */
const clockLimitMs = 10_000;

function usesOf(live: Live) {
  const known = uses.get(live) ?? signIn(live);
  uses.set(live, known);
  return known;
}

async function signIn(live: Live): Promise<readonly Row[] | undefined> {
  const azure = await live.azure();
  const since = new Date();
  if (!(await live.person.signIn())) return undefined;
  const query = { table: "customEvents", name: "otp-outcome", since } as const;
  const first = await azure.waitFor(query, live.patienceMs, live.pauseMs);
  if (first.length === 0) return first;
  // A second event about the same used code comes with the first event, or a moment later.
  await sleep(live.pauseMs);
  return azure.rows(query);
}

/** Judges the events of the sign-in, if there was one. */
const ofUses =
  (judgeRows: (rows: readonly Row[]) => Finding) =>
  async (live: Live): Promise<Finding> => {
    const rows = await usesOf(live);
    if (rows === undefined) return notTried("not asked", "No person signed in.");
    return judgeRows(rows);
  };

const noEvent = notTried("waits", "No event came: see sign-in-event.");
const after = ["okta-hook", "okta-event-hook"];
const ids = (rows: readonly Row[]) => rows.map(({ properties }) => properties["oktaEventId"]);

/** Tests that need one sign-in of the person. */
export const signInOnce: readonly Tried[] = [
  {
    id: "sign-in-event",
    says: "Okta reports a used code within 5 minutes.",
    documented: "Event hooks are sent soon after the event, at least once and in any order.",
    source: oktaDocs("concepts/event-hooks/"),
    evidence: evidence.eventCatalogue,
    ifFalse: "Leave the guard in record.",
    needs: "sign-in",
    after,
    attempt: ofUses(([row]) => {
      if (row === undefined)
        return differs(
          "No event came.",
          "the event hook is inactive, has another secret or filters the event, the event lacks its id, type or time, or no code by phone was used.",
        );
      const { outcome, reason, usedAt = "" } = row.properties;
      if (outcome !== "verified")
        return differs(
          `An event came and was not read: ${[outcome, reason].filter(Boolean).join(" ")}.`,
          "Okta's event hook has another secret, or an event lacks what is read: its id, type or time.",
        );
      const lateMs = row.timestamp.getTime() - Date.parse(usedAt);
      if (Number.isNaN(lateMs))
        return differs("An event came without its time.", "Okta's events have another form.");
      return judge(
        lateMs < 5 * 60_000 && lateMs > -clockLimitMs,
        `${Math.round(lateMs / 1_000)} s late.`,
        lateMs < 0 ? "a clock is wrong: Okta's, or Azure's." : "Okta's event hooks are behind.",
      );
    }),
  },
  {
    id: "sign-in-joined",
    says: "It is joined with the code that was sent.",
    documented: "An event names the user and the factor, and its time.",
    source: oktaDocs("reference/api/event-types/"),
    evidence: evidence.eventCatalogue,
    ifFalse: "Leave the guard in record.",
    needs: "sign-in",
    after,
    attempt: ofUses((rows) => {
      if (rows.length === 0) return noEvent;
      const joins = rows.map(({ properties }) => properties["join"] ?? "unread");
      if (joins.includes("off"))
        return notTried("not set up", "No codes are kept: set STATE_TABLE_URL.");
      return judge(
        joins.includes("joined"),
        joins.includes("joined") ? "Joined." : `No code was matched (${joins.join(", ")}).`,
        joins.includes("failed")
          ? "the table did not answer."
          : "the code went to another user, or Okta names the factor differently.",
      );
    }),
  },
  {
    id: "sign-in-once",
    says: "One use counts once; an enrollment may be two events.",
    documented: "An enrollment of a phone can be logged twice, for SMS and for voice.",
    source: page(
      "https://support.okta.com/help/s/article/duplicated-user-mfa-factor-activate-events-for-sms-and-voice-enrollment-in-oie",
      "2026-11-24",
    ),
    ifFalse: "The guard lets more through.",
    needs: "sign-in",
    after,
    attempt: ofUses((rows) => {
      if (rows.length === 0) return noEvent;
      const joined = rows.filter(({ properties }) => properties["join"] === "joined");
      const kinds = joined.map(({ properties }) => properties["requestType"] ?? "");
      const isEnrollment = kinds.every((kind) => kind.endsWith("enrollment"));
      const isTwice = new Set(ids(rows)).size < rows.length;
      return judge(
        !isTwice && rows.length <= (isEnrollment ? 2 : 1) && joined.length <= 1,
        `${rows.length} events, ${joined.length} joined${isTwice ? ", one event came twice" : ""}.`,
        isTwice ? "Okta delivered the event twice." : "somebody else signed in meanwhile.",
      );
    }),
  },
  {
    id: "sign-in-feedback",
    says: "8x8 takes the feedback on a code that was used.",
    documented: "Feedback is posted by the message's id, if it was sent with `track`.",
    source: docsOf8x8("reference/api-sms-feedback"),
    evidence: evidence.receiptsOfOthers,
    ifFalse: "8x8's fraud detection learns nothing.",
    needs: "sign-in",
    after,
    attempt: ofUses((rows) => {
      if (rows.length === 0) return noEvent;
      const said = rows
        .map(({ properties }) => properties["feedback"])
        .find((feedback) => feedback !== undefined);
      return said === undefined
        ? notTried("not set up", "No feedback is sent: set EIGHT_BY_EIGHT_FEEDBACK to send.")
        : judge(said === "sent", `${said}.`, "8x8 has no feedback for this sub-account: ask 8x8.");
    }),
  },
];
