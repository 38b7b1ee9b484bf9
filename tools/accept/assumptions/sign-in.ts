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

const noEvent = notTried("waits", "No event came. See sign-in-event.");
const after = ["okta-hook", "okta-event-hook"];
const ids = (rows: readonly Row[]) => rows.map(({ properties }) => properties["oktaEventId"]);

/** Tests that need one sign-in of the person. */
export const signInOnce: readonly Tried[] = [
  {
    id: "sign-in-event",
    says: "Okta reports a used code within 5 minutes.",
    documented: "Okta sends events soon after they happen, at least once and in any order.",
    source: oktaDocs("concepts/event-hooks/"),
    evidence: evidence.eventCatalogue,
    ifFalse: "The guard learns of used codes too late. Leave it in record mode.",
    needs: "sign-in",
    after,
    attempt: ofUses(([row]) => {
      if (row === undefined)
        return differs(
          "No event came.",
          "the event hook is inactive, has another secret or filters the event; the event has no id, type or time; or no code by phone was used.",
        );
      const { outcome, reason, usedAt = "" } = row.properties;
      if (outcome !== "verified")
        return differs(
          `The app did not accept the event: ${[outcome, reason].filter(Boolean).join(" ")}.`,
          "Okta's event hook has another secret, or the event has no id, type or time.",
        );
      const lateMs = row.timestamp.getTime() - Date.parse(usedAt);
      if (Number.isNaN(lateMs))
        return differs("The event has no time.", "Okta's events have another format.");
      return judge(
        lateMs < 5 * 60_000 && lateMs > -clockLimitMs,
        `${Math.round(lateMs / 1_000)} s late.`,
        lateMs < 0 ? "Okta's clock or Azure's is wrong." : "Okta delivers events late.",
      );
    }),
  },
  {
    id: "sign-in-joined",
    says: "The event is matched to the code that was sent.",
    documented: "An event names the user, the factor and its time.",
    source: oktaDocs("reference/api/event-types/"),
    evidence: evidence.eventCatalogue,
    ifFalse: "The guard does not learn which codes were used. Leave it in record mode.",
    needs: "sign-in",
    after,
    attempt: ofUses((rows) => {
      if (rows.length === 0) return noEvent;
      const joins = rows.map(({ properties }) => properties["join"] ?? "unread");
      if (joins.includes("off"))
        return notTried("not set up", "The app keeps no codes. Set STATE_TABLE_URL.");
      return judge(
        joins.includes("joined"),
        joins.includes("joined")
          ? "The event was matched to its code."
          : `The event was matched to no code (${joins.join(", ")}).`,
        joins.includes("failed")
          ? "the table of codes did not answer."
          : "the code went to another user, or Okta names the factor differently.",
      );
    }),
  },
  {
    id: "sign-in-once",
    says: "A used code counts once, although an enrollment may cause two events.",
    documented: "Okta can log the enrollment of a phone twice, for SMS and for voice.",
    source: page(
      "https://support.okta.com/help/s/article/duplicated-user-mfa-factor-activate-events-for-sms-and-voice-enrollment-in-oie",
      "2026-11-24",
    ),
    ifFalse: "The guard lets more codes through.",
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
        `${rows.length} events, ${joined.length} matched to a code${isTwice ? ", one event came twice" : ""}.`,
        isTwice ? "Okta delivered the event twice." : "another person signed in at the same time.",
      );
    }),
  },
  {
    id: "sign-in-feedback",
    says: "8x8 accepts feedback on a used code.",
    documented: "An app posts feedback with the id of a message that was sent with `track`.",
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
        ? notTried("not set up", "The app sends no feedback. Set EIGHT_BY_EIGHT_FEEDBACK=send.")
        : judge(
            said === "sent",
            `${said}.`,
            "8x8 has not enabled feedback for this sub-account. Ask 8x8.",
          );
    }),
  },
];
