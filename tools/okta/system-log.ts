import {
  causeOf,
  event,
  failures,
  isDenied,
  isFailover,
  isPreview,
  requestsIn,
  sendsIn,
  type LogEvent,
} from "./log-event.ts";
import type { Org } from "./org.ts";

/** Counts from Okta's System Log, about hooks and sends. It holds no personal data. */
export interface SystemLog {
  readonly since: string;
  /** False if the log has more events than were read. */
  readonly complete: boolean;
  /** Sends that Okta did not deny, or requests to the hook, whichever are more. */
  readonly codes: number;
  readonly sends: number;
  /** Sends that Okta blocked, by its limits or its fraud detection. */
  readonly denied: number;
  /** Sends by Okta's own provider after the hook failed. */
  readonly failovers: number;
  /** Answers of the hook, including the `unread` answers, which Okta could not use. */
  readonly processed: number;
  readonly unread: number;
  /** Requests that got no 2xx in time. Okta logs an execution only if it failed. */
  readonly failed: number;
  /** Causes of the failed requests. */
  readonly reasons: Readonly<Record<string, number>>;
  readonly lastHook: string | undefined;
}

// https://developer.okta.com/docs/reference/api/event-types/
const filter = [
  'eventType sw "inline_hook"',
  'eventType sw "system.sms.send"',
  'eventType sw "system.voice.send"',
].join(" or ");

/** Maximum number of events: 100 pages of 1,000. */
const eventsLimit = 100_000;

const hour = 3_600_000;
/** Below this number of codes, a share says little. */
export const judgedCodes = 50;

/** Counts the events between two times, previews too. */
export async function readSystemLog(
  org: Pick<Org, "logEvents">,
  since: Date,
  until: Date,
): Promise<SystemLog> {
  return count(await readEvents(org, since, until), since);
}

/**
 * Counts the last 2 hours or the last 50 codes, whichever goes further back, but at most a day.
 * Previews do not count.
 */
export async function readJudgedLog(org: Pick<Org, "logEvents">, until: Date): Promise<SystemLog> {
  const read = async (hours: number) => {
    const since = new Date(until.getTime() - hours * hour);
    const { events, complete } = await readEvents(org, since, until);
    return { since, events: events.filter((one) => !isPreview(one)), complete };
  };
  const recent = await read(2);
  if (codesIn(recent.events).length >= judgedCodes) return count(recent, recent.since);
  const day = await read(24);
  const oldest = codesIn(day.events)
    .map(({ published }) => new Date(published))
    .toSorted((one, two) => two.getTime() - one.getTime())
    .at(judgedCodes - 1);
  const since = new Date(Math.min(recent.since.getTime(), (oldest ?? day.since).getTime()));
  const events = day.events.filter(({ published }) => new Date(published) >= since);
  return count({ ...day, events }, since);
}

interface ReadEvents {
  readonly events: readonly LogEvent[];
  readonly complete: boolean;
}

/**
 * Both times are needed, because Okta's `next` links never end without `until`:
 * https://developer.okta.com/docs/reference/system-log-query/
 */
async function readEvents(
  org: Pick<Org, "logEvents">,
  since: Date,
  until: Date,
): Promise<ReadEvents> {
  const query = { since: since.toISOString(), until: until.toISOString(), limit: "1000", filter };
  const read = await org.logEvents(query, eventsLimit);
  const events = read.map((one) => event.safeParse(one).data).filter((one) => one !== undefined);
  return { events, complete: read.length < eventsLimit };
}

/** Okta does not document whether a failed request leads to a send event. */
function codesIn(events: readonly LogEvent[]): readonly LogEvent[] {
  const sends = sendsIn(events).filter((one) => !isDenied(one));
  const { processed, failed } = requestsIn(events);
  const requests = [...processed, ...failed];
  return requests.length > sends.length ? requests : sends;
}

function count({ events, complete }: ReadEvents, since: Date): SystemLog {
  const sends = sendsIn(events);
  const { processed, failed } = requestsIn(events);
  return {
    since: since.toISOString(),
    complete,
    codes: codesIn(events).length,
    sends: sends.length,
    denied: sends.filter(isDenied).length,
    failovers: sends.filter(isFailover).length,
    processed: processed.length,
    unread: failures(processed).length,
    failed: failed.length,
    reasons: countBy(failed, causeOf),
    lastHook: [...processed, ...failed]
      .map(({ published }) => published)
      .sort()
      .at(-1),
  };
}

function countBy(
  events: readonly LogEvent[],
  wordOf: (one: LogEvent) => string,
): Record<string, number> {
  return Object.fromEntries(
    [...Map.groupBy(events, wordOf)].map(([word, some]) => [word, some.length]),
  );
}
