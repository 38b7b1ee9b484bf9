import { randomInt } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import * as z from "zod";
import { advice } from "../advice.ts";
import type { Channel } from "../../src/rules/channels.ts";
import { plain as withoutLinks } from "../described-settings.ts";
import { readDetails } from "../okta/expired-code.ts";
import { OktaError } from "../okta/okta-error.ts";
import { isActive } from "../okta/ours.ts";
import { runningAppAt } from "../running-app.ts";
import { createEventHook, eventsOfUse, hookBody, oktaChannels } from "../sandbox/okta.ts";
import type { Row } from "./azure.ts";
import { difference, inSeconds, notHere, notShown, plain, unless, warning } from "./check.ts";
import { arrived, oktaLimitMs, standby, type Live, type SentCode } from "./live.ts";
import { letters } from "./user-ids.ts";

const requestType = "com.okta.user.telephony.mfa-verification";
const value = z.object({ provider: z.string().optional(), transactionId: z.string().optional() });
const answer = z.object({ commands: z.tuple([z.object({ value: z.tuple([value]) })]) });

/**
 * Makes Okta execute the app's active hook, as for a person's code. Throws if the app does not
 * accept the code.
 * @param phone If undefined, the code expired a day ago, and the app must refuse it.
 */
export async function send(live: Live, channel: Channel, userId: string, phone?: string) {
  const hookId = await activeHook(live);
  const org = await live.org();
  const otpCode = String(randomInt(1_000_000)).padStart(6, "0");
  // Telemetry hashes an id whose digits could be a code. An id without digits stays searchable.
  const eventId = `Verify-${letters(24)}`;
  const at = Date.now();
  const body = hookBody({
    // For one number, the guard allows fewer enrollments than sign-ins.
    envelope: { eventId, requestType },
    userProfile: { userId },
    messageProfile: {
      phoneNumber: phone ?? "+12025550123",
      otpExpires: new Date(at + (phone ? 300_000 : -86_400_000)).toISOString(),
      deliveryChannel: oktaChannels[channel].deliveryChannel,
      otpCode,
      msgTemplate: `Your code is ${otpCode}`,
    },
  });
  const json = await org.execute(hookId, body).catch(async (error: unknown) => {
    throw await readFailure(live, eventId, error);
  });
  const details = readDetails(json);
  if (details === undefined)
    throw difference("Another app answers Okta.", "Okta's hook has another app's URL.");
  const [given] = answer.safeParse(json).data?.commands[0].value ?? [];
  const { outcome, reason } = details;
  const since = live.timeOfApp(at);
  const sent: SentCode = { eventId, channel, since, ms: Date.now() - at, outcome, ...given };
  const seen = `The app answers Okta: ${plain(outcome)}, ${plain(reason ?? "no reason")}.`;
  unless(outcome === (phone ? "accepted" : "refused"), seen, causeOfReason(reason ?? ""));
  live.sent.push(sent);
  return sent;
}

/** Returns the id of the app's hook in Okta, which must be active and match okta.json. */
async function activeHook(live: Live): Promise<string> {
  const { ours, hook } = await live.plan();
  if (ours !== undefined && isActive(ours) && hook === undefined) return ours.id;
  const { parameters } = await live.azure();
  if (parameters["standby"] === true) throw notHere(standby);
  throw notShown("Okta has no active hook for this app.");
}

/**
 * Okta answers 400, 502 or 504 if the hook failed. After another error, Okta did not call the hook.
 * https://developer.okta.com/docs/reference/error-codes/
 */
async function readFailure(live: Live, eventId: string, error: unknown): Promise<unknown> {
  if (!(error instanceof OktaError)) return error;
  const { status = 0, message } = error;
  const isOfHook = [400, 502, 504].includes(status) && !message.includes("E0000001");
  if (!isOfHook) return notShown(message);
  const azure = await live.azure();
  const read = async () => {
    const rows = await azure.rows(live.timeOfApp(live.startedAt), "otp-delivery");
    const own = rows.filter((row) => row["eventId"] === eventId);
    // A request that is not authenticated has an event without an id. This run's own are first.
    const refused = rows.filter((row) => !row["eventId"]).slice(live.refused.length);
    // With these two codes, Okta reports that it got no answer.
    return own.length > 0 || /E000013[47]/.test(message) ? own : refused;
  };
  const event = (await arrived(live, read, (rows) => rows.length > 0)).at(-1);
  if (event?.["reason"]) return difference(message, causeOfReason(event["reason"]));
  const lost =
    "Okta's calls do not reach this app. Check DNS, the certificate and allowedIpRanges.";
  return difference(message, event === undefined ? lost : "the app answered too late.");
}

/** Returns the app's events about this code. Two events mean that Okta called the app twice. */
export async function eventsOf(live: Live, { eventId, since }: SentCode): Promise<readonly Row[]> {
  const azure = await live.azure();
  const read = async () => {
    const rows = await azure.rows(since, "otp-delivery");
    return rows.filter((row) => row["eventId"] === eventId);
  };
  return arrived(live, read, (rows) => rows.length > 0);
}

/** Throws if the app's event is missing, or differs from what Okta got. */
export function judgeEvents({ outcome }: SentCode, [event]: readonly Row[]): void {
  const missing = "the logs are late, the app may not write them, or another app answered Okta.";
  if (event === undefined) throw difference("The log has no event for a code.", missing);
  const seen = `Okta got ${plain(outcome)}. The app's event says ${plain(event["outcome"])}.`;
  unless(outcome === event["outcome"], seen, changes);
}

const changes = "a server in front of the app changes its answers.";
/** 80 % of a request's 2,500 ms, at which the alert hook-slow fires. */
const slowMs = 2_000;

/** Throws a warning if the code was late, or if only one of two providers took it. */
export function warnAbout({ ms, outcome }: SentCode, events: readonly Row[] = []): void {
  const [{ durationMs = "0", provider, otherReason, passedOver } = {} as Row] = events;
  const tooSlow = "the app or the provider is too slow for Okta, which waits 3 s.";
  if (ms > oktaLimitMs) throw warning(`Okta's call took ${inSeconds(ms)}.`, tooSlow);
  if (events.length > 1)
    throw warning(
      `Okta called the app ${events.length} times for one code.`,
      "the first answer came too late, or was lost. See scale.alwaysReady in docs/parameters.md.",
    );
  if (outcome === "accepted" && otherReason)
    throw warning(
      `Only ${plain(provider)} accepted the code. The other provider says ${plain(otherReason)}.`,
      causeOfReason(otherReason),
    );
  if (passedOver)
    throw warning(
      `The app asks ${plain(passedOver)} second, because of its outage.`,
      "three people's codes in a row failed there. See docs/outage.md.",
    );
  const appMs = Number(durationMs);
  if (appMs > slowMs) throw warning(`The app needed ${inSeconds(appMs)}.`, tooSlow);
}

function causeOfReason(reason: string): string {
  if (reason === "") return changes;
  const text = Object.entries(advice).find(([name]) => name === reason)?.[1] ?? "";
  const [sentence = ""] = withoutLinks(text).split(/(?<=\.) /);
  return `${sentence} docs/troubleshoot.md explains ${plain(reason)}.`.trim();
}

/** Simulates a sign-in against \`start\`: sends a code, and tells the app that it was used. */
export async function signInOnLaptop(live: Live): Promise<boolean> {
  const { usual: userId } = await live.users();
  await send(live, "sms", userId, live.phone);
  // The app must store the code first. A person needs more than a second to type the code.
  await wait(1_500);
  const secret = runningAppAt(new URL(live.hookUrl))?.eventSecret;
  const hook = createEventHook(live.wanted?.events?.url ?? "", secret);
  const sent = await hook.deliver(eventsOfUse("sms", requestType, { userId }));
  return (sent.at(-1)?.status ?? 500) < 300;
}
