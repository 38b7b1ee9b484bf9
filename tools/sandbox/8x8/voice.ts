import { randomUUID } from "node:crypto";
import {
  isRecord,
  numberPattern,
  parseJsonBody,
  Refused,
  type Answer,
  type Api,
  type Received,
} from "./api.ts";

// 8x8 does not document which characters it refuses. So the sandbox accepts only safe characters:
// letters of any script with their marks, digits, spaces, commas and full stops.
const speakable = /^[\p{L}\p{M}\p{Nd} ,.、。，．،]*$/u;

/**
 * 8x8's API for calls: https://developer.8x8.com/connect/reference/send-callflow and
 * …/docs/voice/error-codes/voice-status-codes
 */
export function createVoiceApi(subAccount: string): Api {
  return {
    channel: "voice",
    operation: "callflows",
    subAccount,
    env: (url) => ({
      EIGHT_BY_EIGHT_VOICE_URL: url,
      EIGHT_BY_EIGHT_VOICE_SUBACCOUNT: subAccount,
      EIGHT_BY_EIGHT_VOICE_SOURCE: "+6588000000",
    }),
    send(request) {
      if (request.subAccount !== subAccount) return notCreated(404, 404, "SubAccount not found");
      try {
        const received = readCall(parseJsonBody(request));
        return {
          ...created(randomUUID()),
          received,
        };
      } catch (error) {
        if (error instanceof Refused) return error.answer;
        throw error;
      }
    },
    accepted: created,
    failure: (status) => notCreated(status, status, `HTTP ${status}`),
    refusal: (status, code = -1014, description = "Source not allowed") =>
      notCreated(status, code, description),
  };
}

function created(sessionId: string): Answer {
  const more = { callFlowRequestId: randomUUID(), statusCode: 1, statusMessage: "Created" };
  return { status: 200, body: { sessionId, sessionStatus: "CREATED", ...more } };
}

function readCall(body: unknown): Received {
  if (!isRecord(body)) refuse(-1001, "Invalid JSON");
  only(body, "$", ["validUntil", "callflow"]);
  const { validUntil, callflow } = body;
  const at = new Date();
  if (validUntil !== undefined) {
    const written = typeof validUntil === "string" ? validUntil : "";
    const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(written)
      ? Date.parse(written)
      : NaN;
    if (Number.isNaN(time)) refuse(-1009, "$.validUntil");
    if (time <= at.getTime()) refuse(-1015, "Validity expired");
  }
  if (!Array.isArray(callflow) || callflow.length === 0) refuse(-1009, "$.callflow");
  const [makeCall, say, hangup, ...more] = (callflow as unknown[]).map(readAction);
  if (makeCall?.action !== "makeCall") refuse(-1013, "First action should be a makeCall");
  const { source, destination } = makeCall.params;
  only(makeCall.params, "$.callflow[0].params", ["source", "destination"]);
  if (typeof source !== "string" || !numberPattern.test(source))
    refuse(-1014, "Source not allowed");
  if (typeof destination !== "string" || !numberPattern.test(destination))
    refuse(-1017, "Invalid destination");
  if (say?.action === "makeCall") refuse(-1011, "One destination per request");
  if (say?.action !== "say") refuse(-1012, "The say must come before the hangup");
  if (hangup?.action !== "hangup" || more.length > 0)
    refuse(-1012, "The hangup must come last, and once");
  only(hangup.params, "$.callflow[2].params", []);
  return {
    channel: "voice",
    source,
    destination: `+${destination.replace("+", "")}`,
    ...readSay(say.params),
    at,
  };
}

function readAction(
  action: unknown,
  index: number,
): { action: string; params: Record<string, unknown> } {
  const path = `$.callflow[${index}]`;
  if (!isRecord(action)) refuse(-1009, path);
  only(action, path, ["action", "params"]);
  const { action: name, params = {} } = action;
  if (name !== "makeCall" && name !== "say" && name !== "hangup") refuse(-1007, `${path}.action`);
  if (!isRecord(params)) refuse(-1009, `${path}.params`);
  return { action: name, params };
}

function readSay(
  params: Record<string, unknown>,
): Pick<Received, "text" | "voiceProfile" | "repetition"> {
  const path = "$.callflow[1].params";
  only(params, path, ["text", "voiceProfile", "repetition", "speed"]);
  const { text, voiceProfile, repetition = 1, speed = 1 } = params;
  if (typeof text !== "string" || text.trim() === "" || text.length > 3000)
    refuse(-1009, `${path}.text`);
  if (!speakable.test(text)) refuse(-1016, "Special characters");
  const isProfile =
    typeof voiceProfile === "string" && /^[a-z]{2,3}-[A-Z]{2}-[\w-]+$/.test(voiceProfile);
  if (!isProfile) refuse(-1002, "Unknown speech profile");
  if (repetition !== 1 && repetition !== 2 && repetition !== 3) refuse(-1009, `${path}.repetition`);
  if (typeof speed !== "number" || speed < 0.5 || speed > 2) refuse(-1009, `${path}.speed`);
  return { text, voiceProfile, repetition };
}

function only(object: Record<string, unknown>, path: string, names: readonly string[]): void {
  const unknown = Object.keys(object).find((name) => !names.includes(name));
  if (unknown !== undefined) refuse(-1009, `${path}.${unknown} is not known`);
}

/** Answers 400 if the request cannot be read, and 422 if a readable request makes no call. */
function refuse(code: number, message: string): never {
  throw new Refused(notCreated([-1001, -1007, -1009].includes(code) ? 400 : 422, code, message));
}

function notCreated(status: number, statusCode: number, statusMessage: string): Answer {
  return {
    status,
    body: {
      sessionStatus: "NOT_CREATED",
      callFlowRequestId: randomUUID(),
      statusCode,
      statusMessage,
    },
  };
}
