import * as z from "zod";
import type { Org } from "../okta/org.ts";

/** Counts of hook requests and sends in Okta's System Log, without personal data. */
export interface SystemLog {
  /** Codes that Okta's own provider sent after the hook failed. */
  readonly failovers: number;
  /** Answers of the hook that reached Okta, including the `unread` answers. */
  readonly processed: number;
  /** Answers of the hook that Okta could not use. */
  readonly unread: number;
  /** Requests without a 2xx answer in time. */
  readonly failed: number;
}

// https://developer.okta.com/docs/reference/api/event-types/
const filter = [
  'eventType sw "inline_hook"',
  'eventType sw "system.sms.send"',
  'eventType sw "system.voice.send"',
].join(" or ");

const event = z.object({
  eventType: z.string(),
  outcome: z.object({ result: z.string().nullish() }).nullish(),
  debugContext: z.object({ debugData: z.record(z.string(), z.unknown()).nullish() }).nullish(),
});
type LogEvent = z.infer<typeof event>;

/** Counts the events between two times, including previews. Needs the scope okta.logs.read. */
export async function readSystemLog(
  org: Pick<Org, "logEvents">,
  since: Date,
  until: Date,
): Promise<SystemLog> {
  // Without `until`, Okta's `next` links never end:
  // https://developer.okta.com/docs/reference/system-log-query/
  const query = { since: since.toISOString(), until: until.toISOString(), limit: "1000", filter };
  const read = await org.logEvents(query);
  const events = read.map((one) => event.safeParse(one).data).filter((one) => one !== undefined);
  const named = (eventType: string) =>
    events.filter((one) => one.eventType === eventType && isTelephony(one));
  const processed = named("inline_hook.response.processed");
  return {
    failovers: events.filter(isFailover).length,
    processed: processed.length,
    unread: processed.filter(isFailure).length,
    // Okta logs inline_hook.executed only for a failed request.
    failed: named("inline_hook.executed").filter(isFailure).length,
  };
}

function isFailure({ outcome }: LogEvent): boolean {
  return outcome?.result === "FAILURE";
}

function isTelephony({ debugContext }: LogEvent): boolean {
  const type = debugContext?.debugData?.["inlineHookType"] ?? "com.okta.telephony.provider";
  return type === "com.okta.telephony.provider";
}

function isFailover({ eventType, debugContext }: LogEvent): boolean {
  const { isSmsHookFailover: sms, isCallHookFailover: call } = debugContext?.debugData ?? {};
  const isSend = /^system\.(?:sms|voice)\.send/.test(eventType);
  return isSend && [sms, call].some((flag) => String(flag) === "true");
}
