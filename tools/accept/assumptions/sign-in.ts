import { setTimeout as sleep } from "node:timers/promises";
import { differs, judge, notTried, type Assumption } from "../assumption.ts";
import type { Live, Row } from "../live.ts";

/** What became of the one sign-in, for all that look at it. */
const uses = new WeakMap<Live, Promise<readonly Row[] | undefined>>();

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
  // A second event of the same use comes with the first, or a moment after it.
  await sleep(live.pauseMs);
  return azure.rows(query);
}

const nobody = notTried("Nobody signed in.");

/** The person signs in once. */
export const signInOnce: readonly Assumption[] = [
  {
    id: "sign-in-event",
    says: "Okta reports a used code within 5 minutes.",
    source: "https://developer.okta.com/docs/concepts/event-hooks/",
    leans: ["docs/set-up-okta.md", "src/okta/event-hook.ts"],
    ifFalse: "Leave the guard in record.",
    needs: "sign-in",
    async attempt(live) {
      const rows = await usesOf(live);
      if (rows === undefined) return nobody;
      const [row] = rows;
      if (row === undefined) return differs("None came.");
      const lateMs = row.timestamp.getTime() - new Date(row.properties["usedAt"] ?? "").getTime();
      return judge(lateMs < 5 * 60_000, `${Math.round(lateMs / 1_000)} s late`);
    },
  },
  {
    id: "sign-in-joined",
    says: "It is joined with the code that was sent.",
    source: "https://developer.okta.com/docs/reference/api/event-types/",
    leans: ["docs/guard.md", "src/sent-codes/codes.ts", "src/okta/log-event.ts"],
    ifFalse: "Leave the guard in record.",
    needs: "sign-in",
    async attempt(live) {
      const joins = (await usesOf(live))?.map(({ properties }) => String(properties["join"]));
      if (joins === undefined) return nobody;
      if (joins.includes("off")) return notTried("No codes are kept: STATE_TABLE_URL.");
      return judge(joins.includes("joined"), joins.join(", ") || "None came.");
    },
  },
  {
    id: "sign-in-once",
    says: "One use counts once; an enrollment may be two events.",
    source:
      "https://support.okta.com/help/s/article/duplicated-user-mfa-factor-activate-events-for-sms-and-voice-enrollment-in-oie",
    leans: ["src/sent-codes/first-use.ts", "src/sent-codes/enrollment-pair.ts"],
    ifFalse: "The guard lets more through.",
    needs: "sign-in",
    async attempt(live) {
      const rows = await usesOf(live);
      if (rows === undefined) return nobody;
      const joined = rows.filter(({ properties }) => properties["join"] === "joined").length;
      return judge(
        rows.length > 0 && rows.length <= 2 && joined <= 1,
        `${rows.length} events, ${joined} joined`,
      );
    },
  },
  {
    id: "sign-in-feedback",
    says: "8x8 takes the feedback on a code that was used.",
    source: "https://developer.8x8.com/connect/reference/api-sms-feedback",
    leans: ["docs/set-up-8x8.md", "src/8x8/feedback.ts"],
    ifFalse: "8x8's fraud detection learns nothing.",
    needs: "sign-in",
    async attempt(live) {
      const rows = await usesOf(live);
      if (rows === undefined) return nobody;
      const said = rows
        .map(({ properties }) => properties["feedback"])
        .find((feedback) => feedback !== undefined);
      return said === undefined
        ? notTried("No feedback is sent: EIGHT_BY_EIGHT_FEEDBACK.")
        : judge(said === "sent", said);
    },
  },
];
