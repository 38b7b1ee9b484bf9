import * as z from "zod";

export const event = z.object({
  eventType: z.string(),
  published: z.string(),
  outcome: z.object({ result: z.string().nullish(), reason: z.string().nullish() }).nullish(),
  debugContext: z.object({ debugData: z.record(z.string(), z.unknown()).nullish() }).nullish(),
});
export type LogEvent = z.infer<typeof event>;

export const ofType = (events: readonly LogEvent[], start: string) =>
  events.filter(({ eventType }) => eventType.startsWith(start));
export const failures = (events: readonly LogEvent[]) =>
  events.filter(({ outcome }) => outcome?.result === "FAILURE");
export const isDenied = ({ outcome }: LogEvent) => outcome?.result === "DENY";

export const sendsIn = (events: readonly LogEvent[]) =>
  [...ofType(events, "system.sms.send"), ...ofType(events, "system.voice.send")].filter(usesHook);
export const requestsIn = (events: readonly LogEvent[]) => ({
  processed: ofType(events, "inline_hook.response.processed").filter(isTelephony),
  failed: failures(ofType(events, "inline_hook.executed").filter(isTelephony)),
});

function isTelephony({ debugContext }: LogEvent): boolean {
  const type = debugContext?.debugData?.["inlineHookType"] ?? "com.okta.telephony.provider";
  return type === "com.okta.telephony.provider";
}

/**
 * A preview in the console and `/execute`, which verify and rotate call, are calls of the API of
 * inline hooks. A person's code comes from another API. LogDebugContext documents `requestUri`:
 * https://developer.okta.com/docs/api/openapi/okta-management/management/tags/systemlog
 */
export function isPreview({ debugContext }: LogEvent): boolean {
  const { requestUri, url } = debugContext?.debugData ?? {};
  return [requestUri, url].some((at) => typeof at === "string" && at.includes("/inlineHooks/"));
}

/**
 * Returns false for links of Okta Verify, because Okta never sends them through the hook:
 * https://developer.okta.com/docs/guides/telephony-inline-hook/
 */
function usesHook({ eventType }: LogEvent): boolean {
  return eventType !== "system.sms.send_okta_push_verify_message";
}

export function isFailover({ debugContext }: LogEvent): boolean {
  const { isSmsHookFailover: sms, isCallHookFailover: call } = debugContext?.debugData ?? {};
  return [sms, call].some((flag) => String(flag) === "true");
}

/** Okta documents no reasons, and they can hold names. So these words are looked for in them. */
const causes: readonly (readonly [RegExp, string])[] = [
  [/time[ds]?[ _-]?out|did not respond/i, "no answer in 3 s"],
  [/certificate|\b(?:tls|ssl|pkix)\b/i, "TLS"],
  [/connect|unreachable|refused|resolve|unknown ?host/i, "no connection"],
  [/token|oauth/i, "no access token"],
];

export function causeOf({ outcome, debugContext }: LogEvent): string {
  const words = [outcome?.reason, debugContext?.debugData?.["errorMessage"]].join(" ");
  const status = /\b[345]\d\d\b/.exec(words)?.[0];
  if (status !== undefined) return `HTTP ${status}`;
  const [, known] = causes.find(([pattern]) => pattern.test(words)) ?? [];
  return known ?? "a cause that only Okta's System Log names";
}
