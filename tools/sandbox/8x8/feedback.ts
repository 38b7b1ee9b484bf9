import * as z from "zod";
import { remember, rememberBy } from "../remembering.ts";
import { parseJson, type Answer } from "./api.ts";

const feedback = z.strictObject({
  outcome: z.enum(["success", "failure"]),
  timestamp: z.iso.datetime().transform((time) => new Date(time)),
});
const tracked = z.object({ track: z.literal("Outcome") });
const queued = z.object({ umid: z.string() });

export interface Feedback extends z.infer<typeof feedback> {
  readonly umid: string;
}

export interface FeedbackApi {
  readonly received: Feedback[];
  /** Notes whether the message accepts feedback. Called with each request and 8x8's answer. */
  note(request: unknown, answer: unknown): void;
  answer(umid: string, body: string): Answer;
}

/**
 * Accepts feedback on a message that was sent with `track`:
 * https://developer.8x8.com/connect/reference/api-sms-feedback
 */
export function createFeedbackApi(): FeedbackApi {
  const umids = new Map<string, true>();
  const received: Feedback[] = [];
  const wrong = (code: number, message: string): Answer => ({
    status: 400,
    body: { code, message },
  });
  return {
    received,
    note(request, answer) {
      const umid = queued.safeParse(answer).data?.umid;
      if (umid !== undefined && tracked.safeParse(request).success) rememberBy(umids, umid, true);
    },
    answer(umid, body) {
      const { data } = feedback.safeParse(parseJson(body));
      if (data === undefined) return wrong(1000, "Invalid feedback");
      if (!umids.has(umid)) return wrong(1300, "No such message, or too late");
      remember(received, { umid, ...data });
      return { status: 200 };
    },
  };
}
