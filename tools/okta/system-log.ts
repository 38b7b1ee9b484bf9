import * as z from "zod";
import type { Org } from "./org.ts";

/**
 * What Okta's System Log holds on hooks and sends. Numbers and closed words: no person, number or
 * text of anybody's.
 */
export interface SystemLog {
  readonly since: string;
  /** False where there was more than is read. */
  readonly complete: boolean;
  readonly sends: number;
  /** Sends that Okta itself blocked: its limits, its fraud model. */
  readonly denied: number;
  /** Sends by Okta's own provider in the hook's place. */
  readonly failovers: number;
  /** Answers of hooks that Okta processed; `unread` are those that it could not take. */
  readonly processed: number;
  readonly unread: number;
  /** Hooks that failed: no answer in time, or none that is a 2xx. Okta logs no others. */
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

/** A hundred pages of 1,000: a day of a hundred thousand codes. */
const eventsLimit = 100_000;

/**
 * Bounded on both sides, so that following `next` comes to an end:
 * https://developer.okta.com/docs/reference/system-log-query/
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

  const sends = [...ofType("system.sms.send"), ...ofType("system.voice.send")].filter(
    couldBeTheHooks,
  );
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
 * Okta Verify's link never goes through the hook:
 * https://developer.okta.com/docs/guides/telephony-inline-hook/
 */
function couldBeTheHooks({ eventType }: LogEvent): boolean {
  return eventType !== "system.sms.send_okta_push_verify_message";
}

/** As Okta's catalogue names them: SmsDebugData, CallDebugData. */
function providerIn(debugData: Readonly<Record<string, unknown>>): unknown {
  const keys = ["smsProvider", "callProvider", "smsTelephonyProvider", "callTelephonyProvider"];
  return keys.map((key) => debugData[key]).find((name) => typeof name === "string" && name !== "");
}

function isFailover({ debugContext }: LogEvent): boolean {
  const { isSmsHookFailover: sms, isCallHookFailover: call } = debugContext?.debugData ?? {};
  return [sms, call].some((flag) => String(flag) === "true");
}

/**
 * A word of a list (`FAILURE`), or words that begin no name: a capital letter at the beginning at
 * most.
 */
const plain = /^(?=.{1,60}$)(?:[A-Z][A-Z_]+|[A-Z]?[a-z_-]+(?: [a-z_-]+)*)$/;

/**
 * Okta promises nothing of these, so what could hold somebody's name or number becomes "other". 8x8
 * is what our own answer says.
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
