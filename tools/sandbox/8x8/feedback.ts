import { remember, rememberBy } from "../remembering.ts";
import { isRecord, parseJson, type Answer } from "./api.ts";

/** Feedback that 8x8 received on one message. */
export interface Feedback {
  readonly umid: string;
  readonly outcome: "success" | "failure";
  readonly timestamp: Date | undefined;
}

export interface FeedbackApi {
  readonly received: Feedback[];
  /** Called for each message, with 8x8's answer. */
  note(request: unknown, answer: unknown): void;
  answer(umid: string, body: string): Answer;
}

const takenForMs = 15 * 60_000;

/**
 * Accepts feedback for 15 minutes after a message that was sent with `track`:
 * https://developer.8x8.com/connect/reference/api-sms-feedback
 */
export function createFeedbackApi(): FeedbackApi {
  const tracked = new Map<string, Date>();
  const received: Feedback[] = [];
  const wrong = (code: number, message: string): Answer => ({
    status: 400,
    body: { code, message },
  });
  return {
    received,
    note(request, answer) {
      if (
        isRecord(request) &&
        request["track"] === "Outcome" &&
        isRecord(answer) &&
        typeof answer["umid"] === "string"
      )
        rememberBy(tracked, answer["umid"], new Date());
    },
    answer(umid, text) {
      const body = parseJson(text);
      if (!isRecord(body)) return wrong(1000, "The body is not a JSON object");
      const { outcome, timestamp } = body;
      const time = typeof timestamp === "string" ? new Date(timestamp) : undefined;
      if (outcome !== "success" && outcome !== "failure") return wrong(1000, "Invalid outcome");
      if (timestamp !== undefined && (time === undefined || Number.isNaN(time.getTime())))
        return wrong(1000, "Invalid timestamp");
      const sentAt = tracked.get(umid)?.getTime() ?? -Infinity;
      if (Date.now() - sentAt > takenForMs) return wrong(1300, "No such message, or too late");
      remember(received, { umid, outcome, timestamp: time });
      return { status: 200 };
    },
  };
}
