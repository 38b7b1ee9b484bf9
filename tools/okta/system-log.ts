import * as z from "zod";
import type { Org } from "./org.ts";

/** Counts from Okta's System Log, about hooks and sends. It holds no personal data. */
export interface SystemLog {
  readonly since: string;
  /** False if the log has more events than were read. */
  readonly complete: boolean;
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
  readonly reasons: Readonly<Record<string, number>>;
  readonly providers: Readonly<Record<string, number>>;
  readonly rateLimited: number;
  readonly lastHook: string | undefined;
}

const event = z.object({
  eventType: z.string(),
  published: z.string(),
  outcome: z.object({ result: z.string().nullish(), reason: z.string().nullish() }).nullish(),
  debugContext: z.object({ debugData: z.record(z.string(), z.unknown()).nullish() }).nullish(),
});
type LogEvent = z.infer<typeof event>;

// https://developer.okta.com/docs/reference/api/event-types/
const filter = [
  'eventType sw "inline_hook"',
  'eventType sw "system.sms.send"',
  'eventType sw "system.voice.send"',
  'eventType eq "system.operation.rate_limit.violation"',
].join(" or ");

/** Maximum number of events: 100 pages of 1,000. */
const eventsLimit = 100_000;

/**
 * Counts the events between two times. Both times are needed, because Okta's `next` links never end
 * without `until`: https://developer.okta.com/docs/reference/system-log-query/
 */
export async function readSystemLog(
  org: Pick<Org, "logEvents">,
  since: Date,
  until: Date,
): Promise<SystemLog> {
  const query = { since: since.toISOString(), until: until.toISOString(), limit: "1000", filter };
  const read = await org.logEvents(query, eventsLimit);
  const events = read.map((one) => event.safeParse(one).data).filter((one) => one !== undefined);

  const isTelephony = ({ debugContext }: LogEvent) =>
    (debugContext?.debugData?.["inlineHookType"] ?? "com.okta.telephony.provider") ===
    "com.okta.telephony.provider";
  const ofType = (start: string) => events.filter(({ eventType }) => eventType.startsWith(start));
  const failures = (some: readonly LogEvent[]) =>
    some.filter(({ outcome }) => outcome?.result === "FAILURE");

  const sends = [...ofType("system.sms.send"), ...ofType("system.voice.send")].filter(usesHook);
  const processed = ofType("inline_hook.response.processed").filter(isTelephony);
  const failed = failures(ofType("inline_hook.executed").filter(isTelephony));
  return {
    since: since.toISOString(),
    complete: read.length < eventsLimit,
    sends: sends.length,
    denied: sends.filter(({ outcome }) => outcome?.result === "DENY").length,
    failovers: sends.filter(isFailover).length,
    processed: processed.length,
    unread: failures(processed).length,
    failed: failed.length,
    reasons: countBy(failed, ({ outcome }) => plainWords(outcome?.reason)),
    providers: countBy(sends, ({ debugContext }) =>
      plainWords(providerIn(debugContext?.debugData ?? {})),
    ),
    rateLimited: ofType("system.operation.rate_limit.violation").length,
    lastHook: [...processed, ...failed]
      .map(({ published }) => published)
      .sort()
      .at(-1),
  };
}

/**
 * Returns false for links of Okta Verify, because Okta never sends them through the hook:
 * https://developer.okta.com/docs/guides/telephony-inline-hook/
 */
function usesHook({ eventType }: LogEvent): boolean {
  return eventType !== "system.sms.send_okta_push_verify_message";
}

/** The names are from Okta's event catalog: SmsDebugData, CallDebugData. */
function providerIn(debugData: Readonly<Record<string, unknown>>): unknown {
  const keys = ["smsProvider", "callProvider", "smsTelephonyProvider", "callTelephonyProvider"];
  return keys.map((key) => debugData[key]).find((name) => typeof name === "string" && name !== "");
}

function isFailover({ debugContext }: LogEvent): boolean {
  const { isSmsHookFailover: sms, isCallHookFailover: call } = debugContext?.debugData ?? {};
  return [sms, call].some((flag) => String(flag) === "true");
}

/** One word in capitals (`FAILURE`), or words of which only the first may have a capital. */
const plain = /^(?=.{1,60}$)(?:[A-Z][A-Z_]+|[A-Z]?[a-z_-]+(?: [a-z_-]+)*)$/;

/**
 * Okta does not document these values, so a text that could hold a name or number becomes "other".
 * "8x8" comes from the app's own answer.
 */
function plainWords(value: unknown): string {
  if (value === "8x8") return value;
  return typeof value === "string" && plain.test(value) ? value : "other";
}

function countBy(
  events: readonly LogEvent[],
  wordOf: (one: LogEvent) => string,
): Record<string, number> {
  return Object.fromEntries(
    [...Map.groupBy(events, wordOf)].map(([word, some]) => [word, some.length]),
  );
}
