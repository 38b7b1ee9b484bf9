// Evaluates the deployed alert rules on a simulated company, as Azure does.
import { createRandom, day, hour, minute } from "../guard/company.ts";
import { codesOf, eventsOf, sunday, type Fate, type World } from "./alert-company.ts";
import { minutesOf, name, severity } from "./alerts.ts";
import { runQuery, type Row } from "./kql-run.ts";
import { all, at, list, main, text, type Resource } from "./snapshot.ts";

/** Time from a request to its row in the table. */
const ingestionMs = 2 * minute;
/**
 * Azure resolves an alert after so many evaluations without its condition, if the rule runs every 5
 * to 15 minutes:
 * https://learn.microsoft.com/azure/azure-monitor/alerts/alerts-overview#alerts-and-state
 */
const untilResolved = 3;
const simulated = ["codes-failing", "okta-gave-up", "no-traffic", "hook-slow"];

interface Message {
  readonly at: number;
  readonly alert: string;
  readonly severity: number;
  readonly shows: string;
}

type Example = keyof typeof main;
const rulesOf = (example: Example) =>
  all(main[example], "Microsoft.Insights/scheduledQueryRules").filter((rule) =>
    simulated.includes(name(rule)),
  );

/** Yields the messages that Azure sends between two times. */
function* messagesOf(
  rule: Resource,
  events: readonly Row[],
  from: number,
  to: number,
): Generator<Message, undefined> {
  const criterion = at(rule, "properties.criteria.allOf.0");
  const query = text(criterion, "query");
  const columns = list(criterion, "dimensions").map((it) => text(it, "name"));
  const [window = 0, pace = 0, looksBack = window] = [
    "windowSize",
    "evaluationFrequency",
    "overrideQueryTimeRange",
  ].map((key) => minutesOf(at(rule, `properties.${key}`)));
  const quietRuns = new Map<string, number>();
  const timeOf = (index: number) => (events[index]?.["timestamp"] as number | undefined) ?? to;
  let [first, end] = [0, 0];
  for (let now = from; now < to; now += pace * minute) {
    while (timeOf(first) <= now - looksBack * minute) first += 1;
    while (timeOf(end) <= now - ingestionMs) end += 1;
    const customEvents = { rows: events, from: first, to: Math.max(first, end) };
    for (const [shows, runs] of quietRuns)
      if (runs + 1 === untilResolved) quietRuns.delete(shows);
      else quietRuns.set(shows, runs + 1);
    for (const row of runQuery(query, { customEvents }, new Date(now))) {
      const shows = columns.map((column) => row[column] as string).join(", ");
      if (!quietRuns.has(shows))
        yield { at: now, alert: name(rule), severity: severity(rule), shows };
      quietRuns.set(shows, 0);
    }
  }
  return undefined;
}

/** Returns the messages of four weeks without an outage. The first two days have no messages. */
export function falseAlarms(world: Omit<World, "days">): readonly Message[] {
  const days = 30;
  const events = eventsOf(codesOf({ ...world, days }), world.seed);
  return rulesOf("prod").flatMap((rule) => [
    ...messagesOf(rule, events, sunday + 2 * day, sunday + days * day),
  ]);
}

type Struck = NonNullable<World["outage"]>["fate"];
const always = (fate: Fate) => () => fate;
const hangs: Fate = ["unconfirmed", "deadline"];
const share =
  (of: number): Struck =>
  (_, random) =>
    random() < of ? ["unavailable", "provider-error"] : undefined;

export const outages: Readonly<Record<string, Struck>> = {
  "8x8 is unreachable": always(["unavailable", "unreachable"]),
  "8x8 hangs": always(hangs),
  "30 % of the codes fail": share(0.3),
  "15 % of the codes fail": share(0.15),
  "a country hangs": (country) => (country === "US" ? hangs : undefined),
  "8x8 rejects all codes": always(["rejected", "rejected-by-provider"]),
  "8x8 rejects the key": always(["rejected", "key-rejected"]),
  "Okta has an old secret": always("unauthenticated"),
  "Okta does not call": always("lost"),
};

/** Milliseconds from the first Sunday, and the day that is a holiday. */
export const starts: Readonly<Record<string, { from: number; holiday?: number }>> = {
  "Tuesday 12:00": { from: 2 * day + 12 * hour },
  "Tuesday 03:00": { from: 2 * day + 3 * hour },
  "Saturday 10:00": { from: 6 * day + 10 * hour },
  "holiday 10:00": { from: 3 * day + 10 * hour, holiday: 3 },
};

/** Finds the first page about an outage, or about silence also the first ticket, within a day. */
export function noticeOf(
  outage: string,
  start: string,
  { example = "prod", ...world }: Omit<World, "days" | "outage"> & { readonly example?: Example },
) {
  const { from: since = 0, ...when } = starts[start] ?? {};
  const fate = outages[outage] ?? always("accepted");
  const from = sunday + since;
  const days = Math.ceil(since / day) + 1;
  const codes = codesOf({ ...world, ...when, days, outage: { from, fate } });
  const events = eventsOf(codes, world.seed);
  const firstRun = from + createRandom(world.seed)() * 5 * minute;
  let message: Message | undefined;
  for (const rule of rulesOf(example))
    if (severity(rule) === 1 || (outage === "Okta does not call" && name(rule) === "no-traffic")) {
      const found = messagesOf(rule, events, firstRun, message?.at ?? from + day).next();
      message = found.value ?? message;
    }
  if (message === undefined) return undefined;
  const { at: noticedAt } = message;
  const lost = codes.filter((code) => code.isLost && code.at <= noticedAt);
  const third = lost.find(
    (_, nth) => nth >= 2 && new Set(lost.slice(0, nth + 1).map(({ person }) => person)).size >= 2,
  );
  return {
    ...message,
    lost: lost.length,
    minutes: Math.round((noticedAt - from) / minute),
    /** Minutes from the third lost code, of at least two people. */
    sinceThird: third === undefined ? 0 : (noticedAt - third.at) / minute,
  };
}

/** The cells of docs/maintainers/alert-times.md. Each has the worst of two companies. */
export function outageCells(codesPerDay: number, outage: string): readonly string[] {
  return Object.keys(starts).map((start) => {
    const found = [1, 2].map((seed) => noticeOf(outage, start, { codesPerDay, seed }));
    const [one, other] = found;
    if (one === undefined || other === undefined) return "none";
    const isWorse = one.severity - other.severity || one.lost - other.lost;
    const worst = isWorse > 0 ? one : other;
    if (worst.severity > 1) return `ticket in ${worst.minutes} min`;
    return `${worst.lost} in ${worst.minutes} min`;
  });
}
