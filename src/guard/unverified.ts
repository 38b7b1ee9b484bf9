import type { GuardReason } from "../delivery/outcome.ts";
import type { Counts, Window } from "./counts.ts";
import type { GuardSettings } from "./guard-settings.ts";
import type { GuardedCode, VerifiedCode } from "./guarded-code.ts";
import { raise, type GuardVerdict, type JudgeCount } from "./limits.ts";

const shareOfRangesDay = 0.5;
const finishedShareOfPeople = 0.5;
/** Of a country's best day: Authgear's own shares, https://github.com/authgear/authgear-server */
const [hourOfBestDay, shareOfBestDay] = [0.2 / 6, 0.3];
/** Fewer outcomes in a day, or fewer used sign-in codes, and nobody knows who verifies what. */
const [outcomesAtLeast, usedShareAtLeast] = [20, 0.3];
/** Where so many sign-in codes went out in an hour, a feed that has died is seen in it. */
const tellingSignIns = 20;

export interface Unverified {
  /** @param refused By which rule; undefined where the code goes out. */
  count(code: GuardedCode, refused: GuardReason | undefined, now: number): void;
  verified(code: VerifiedCode, now: number): void;
  judge(code: GuardedCode, now: number): GuardVerdict | undefined;
  feedAlive(now: number): boolean;
}

/**
 * Enrolments that nobody finished. They mean something only as long as outcomes come in.
 *
 * Each that is finished speaks for one that is not yet: in a roll-out many wait for their person, or for Okta to tell. So what
 * is held against a limit is by how many the unfinished outnumber the finished.
 *
 * Nobody can finish what was refused. Were it always counted, a roll-out that once reached a limit would be refused for as
 * long as it goes on; were it never counted, a pump would get that many each hour. So it counts against its rule where
 * few of those that were sent are finished.
 */
export function createUnverified(
  { rangeUnverified, countryUnverified }: Pick<GuardSettings, "rangeUnverified" | "countryUnverified">,
  counts: Counts,
  judgeCount: JudgeCount,
): Unverified {
  const within = (key: string, window: Window, now: number) => counts.within("places", key, window, now);
  const add = (keys: readonly string[], now: number) => {
    for (const key of keys) counts.add("places", key, now);
  };

  function feedAlive(now: number): boolean {
    const usedEnough = (window: Window) =>
      within("used sign-ins", window, now) >= usedShareAtLeast * within("sign-ins", window, now);
    return (
      within("outcomes", "day", now) >= outcomesAtLeast &&
      usedEnough("day") &&
      (within("sign-ins", "hour", now) < tellingSignIns || usedEnough("hour"))
    );
  }

  return {
    count({ requestType, range, country }, refused, now) {
      // Nobody can use what was refused: it says nothing of the feed.
      if (requestType === "other" && refused === undefined) add(["sign-ins"], now);
      if (requestType !== "enrolment") return;
      if (refused === undefined) add([`enrolments ${range}`, `enrolments ${country}`], now);
      if (refused === "range-unverified") add([`refused ${range}`], now);
      if (refused === "country-unverified") add([`refused ${country}`], now);
    },
    verified({ requestType, range, country }, now) {
      add(["outcomes", `verified ${range}`], now);
      counts.addVerified(country, now);
      if (requestType === "other") add(["used sign-ins"], now);
      if (requestType === "enrolment") add([`finished ${range}`, `finished ${country}`], now);
    },
    judge({ requestType, range, country }, now) {
      if (requestType !== "enrolment") return undefined;
      const unfinished = (key: string) => (window: Window) => {
        // With this one, as if it went out.
        const sent = within(`enrolments ${key}`, window, now) + 1;
        const finished = within(`finished ${key}`, window, now);
        const refused = finished < finishedShareOfPeople * sent ? within(`refused ${key}`, window, now) : 0;
        return sent - 2 * finished + refused;
      };
      const ofRange = shareOfRangesDay * within(`verified ${range}`, "day", now);
      const bestDay = counts.mostVerifiedInADay(country, now);
      const ofCountry = { hour: hourOfBestDay * bestDay, day: shareOfBestDay * bestDay };
      const verdict =
        judgeCount("range-unverified", raise(rangeUnverified, { hour: ofRange, day: ofRange }), unfinished(range)) ??
        judgeCount("country-unverified", raise(countryUnverified, ofCountry), unfinished(country));
      return verdict !== undefined && feedAlive(now) ? verdict : undefined;
    },
    feedAlive,
  };
}
