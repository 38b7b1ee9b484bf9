import * as z from "zod";
import type { Org } from "./org.ts";

/** Counts of hook requests and sends in Okta's System Log, without personal data. */
export interface SystemLog {
  readonly since: string;
  /** The larger of two numbers: sends that Okta did not deny, and requests to the hook. */
  readonly codes: number;
  /** Sends by Okta's own provider after the hook failed. */
  readonly failovers: number;
  /** Answers of the hook that reached Okta, including the `unread` answers. */
  readonly processed: number;
  /** Answers of the hook that Okta could not use. */
  readonly unread: number;
  /** Requests without a 2xx answer in time. */
  readonly failed: number;
  readonly reasons: Readonly<Record<string, number>>;
}

// https://developer.okta.com/docs/reference/api/event-types/
const filter = [
  'eventType sw "inline_hook"',
  'eventType sw "system.sms.send"',
  'eventType sw "system.voice.send"',
].join(" or ");

const hour = 3_600_000;
/** Among fewer codes, the share of failed codes varies too much to judge. */
export const judgedCodes = 50;

const event = z.object({
  eventType: z.string(),
  published: z.string(),
  outcome: z.object({ result: z.string().nullish(), reason: z.string().nullish() }).nullish(),
  debugContext: z.object({ debugData: z.record(z.string(), z.unknown()).nullish() }).nullish(),
});
type LogEvent = z.infer<typeof event>;

/** Counts the events between two times, including previews. */
export async function readSystemLog(
  org: Pick<Org, "logEvents">,
  since: Date,
  until: Date,
): Promise<SystemLog> {
  return count(await readEvents(org, since, until), since);
}

/** Counts back to the 50th code, at least 2 h and at most 24 h. Leaves out previews. */
export async function readJudgedLog(org: Pick<Org, "logEvents">, until: Date): Promise<SystemLog> {
  const before = (hours: number) => new Date(until.getTime() - hours * hour);
  const read = async (since: Date) =>
    (await readEvents(org, since, until)).filter((one) => !isPreview(one));
  const recent = await read(before(2));
  if (codesIn(recent).length >= judgedCodes) return count(recent, before(2));
  const events = await read(before(24));
  const oldest = codesIn(events)
    .map(({ published }) => new Date(published))
    .toSorted((one, two) => two.getTime() - one.getTime())
    .at(judgedCodes - 1);
  const since = new Date(Math.min(before(2).getTime(), (oldest ?? before(24)).getTime()));
  const judged = events.filter(({ published }) => new Date(published) >= since);
  return count(judged, since);
}

// Without `until`, Okta's `next` links never end:
// https://developer.okta.com/docs/reference/system-log-query/
async function readEvents(
  org: Pick<Org, "logEvents">,
  since: Date,
  until: Date,
): Promise<LogEvent[]> {
  const query = { since: since.toISOString(), until: until.toISOString(), limit: "1000", filter };
  const read = await org.logEvents(query);
  return read.map((one) => event.safeParse(one).data).filter((one) => one !== undefined);
}

function count(events: readonly LogEvent[], since: Date): SystemLog {
  const { processed, failed } = requestsIn(events);
  const reasons = [...Map.groupBy(failed, causeOf)].map(([cause, some]) => [cause, some.length]);
  return {
    since: since.toISOString(),
    codes: codesIn(events).length,
    failovers: sendsIn(events).filter(isFailover).length,
    processed: processed.length,
    unread: failures(processed).length,
    failed: failed.length,
    reasons: Object.fromEntries(reasons) as Record<string, number>,
  };
}

/** Okta does not document whether a failed request leads to a send event. */
function codesIn(events: readonly LogEvent[]): readonly LogEvent[] {
  const sends = sendsIn(events).filter(({ outcome }) => outcome?.result !== "DENY");
  const { processed, failed } = requestsIn(events);
  const requests = [...processed, ...failed];
  return requests.length > sends.length ? requests : sends;
}

// Okta never sends links for Okta Verify through the hook:
// https://developer.okta.com/docs/guides/telephony-inline-hook/
const sendsIn = (events: readonly LogEvent[]) =>
  events.filter(
    ({ eventType }) =>
      /^system\.(?:sms|voice)\.send/.test(eventType) &&
      eventType !== "system.sms.send_okta_push_verify_message",
  );

const requestsIn = (events: readonly LogEvent[]) => {
  const named = (eventType: string) =>
    events.filter((one) => one.eventType === eventType && isTelephony(one));
  return {
    processed: named("inline_hook.response.processed"),
    // Okta logs inline_hook.executed only for a failed request.
    failed: failures(named("inline_hook.executed")),
  };
};

const failures = (events: readonly LogEvent[]) =>
  events.filter(({ outcome }) => outcome?.result === "FAILURE");

function isTelephony({ debugContext }: LogEvent): boolean {
  const type = debugContext?.debugData?.["inlineHookType"] ?? "com.okta.telephony.provider";
  return type === "com.okta.telephony.provider";
}

// Previews and the commands verify and rotate use Okta's API for inline hooks. A person's code
// comes from another API. Okta documents `requestUri` under LogDebugContext:
// https://developer.okta.com/docs/api/openapi/okta-management/management/tags/systemlog
function isPreview({ debugContext }: LogEvent): boolean {
  const { requestUri, url } = debugContext?.debugData ?? {};
  return [requestUri, url].some((at) => typeof at === "string" && at.includes("/inlineHooks/"));
}

function isFailover({ debugContext }: LogEvent): boolean {
  const { isSmsHookFailover: sms, isCallHookFailover: call } = debugContext?.debugData ?? {};
  return [sms, call].some((flag) => String(flag) === "true");
}

// Okta does not document its reasons. A reason can hold a person's name, so no reason is quoted.
const causes: readonly (readonly [RegExp, string])[] = [
  [/time[ds]?[ _-]?out|did not respond/i, "no answer in 3 s"],
  [/certificate|\b(?:tls|ssl|pkix)\b/i, "TLS"],
  [/connect|unreachable|refused|resolve|unknown ?host/i, "no connection"],
  [/token|oauth/i, "no access token"],
];

function causeOf({ outcome, debugContext }: LogEvent): string {
  const words = [outcome?.reason, debugContext?.debugData?.["errorMessage"]].join(" ");
  const status = /\b[345]\d\d\b/.exec(words)?.[0];
  if (status !== undefined) return `HTTP ${status}`;
  const [, known] = causes.find(([pattern]) => pattern.test(words)) ?? [];
  return known ?? "another cause in Okta's System Log";
}
