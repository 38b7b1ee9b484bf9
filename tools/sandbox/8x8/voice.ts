import { randomUUID } from "node:crypto";
import * as z from "zod";
import { numberPattern, parseJsonBody, type Answer, type Api } from "./api.ts";

// 8x8 does not document which characters it refuses in a spoken text. To be safe, the sandbox
// accepts only letters, marks, digits, spaces, commas and full stops of any script.
const speakable = /^[\p{L}\p{M}\p{Nd} ,.、。，．،]*\S$/u;

// The actions that the app sends, in their order, and the code for an invalid value:
// https://developer.8x8.com/connect/reference/send-callflow and
// …/docs/voice/error-codes/voice-status-codes
const number = z.string().regex(numberPattern);
const makeCall = z.strictObject({
  action: z.literal("makeCall"),
  params: z.strictObject({ source: number, destination: number }),
});
const say = z.strictObject({
  action: z.literal("say"),
  params: z.strictObject({
    text: z.string().max(3000).regex(speakable),
    voiceProfile: z.string().regex(/^[a-z]{2,3}-[A-Z]{2}-[\w-]+$/),
    repetition: z.int().min(1).max(3),
    speed: z.number().min(0.5).max(2),
  }),
});
const hangup = z.strictObject({ action: z.literal("hangup") });
const call = z.strictObject({
  validUntil: z.iso.datetime({ precision: 3 }).optional(),
  callflow: z.tuple([makeCall, say, hangup]),
});
const codeOfField: Readonly<Record<string, number>> = {
  source: -1014,
  destination: -1017,
  text: -1016,
  voiceProfile: -1002,
};

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
      const { data, error } = call.safeParse(parseJsonBody(request));
      if (data === undefined) {
        const path = (error.issues[0]?.path ?? []).map(String);
        const code = codeOfField[path.at(-1) ?? ""];
        // Answer 422 to an invalid value, and 400 to a malformed request.
        return notCreated(code === undefined ? 400 : 422, code ?? -1009, `$.${path.join(".")}`);
      }
      const { validUntil, callflow } = data;
      const at = new Date();
      if (validUntil !== undefined && new Date(validUntil) <= at)
        return notCreated(422, -1015, "Validity expired");
      const [{ params: numbers }, { params: spoken }] = callflow;
      const { text, voiceProfile, repetition } = spoken;
      const destination = `+${numbers.destination.replace("+", "")}`;
      const { source } = numbers;
      return {
        status: 200,
        body: {
          sessionId: randomUUID(),
          sessionStatus: "CREATED",
          callFlowRequestId: randomUUID(),
          statusCode: 1,
          statusMessage: "Created",
        },
        received: { channel: "voice", source, destination, text, voiceProfile, repetition, at },
      };
    },
    failure: (status) => notCreated(status, status, `HTTP ${status}`),
    refusal: (status, code = -1014, description = "Source not allowed") =>
      notCreated(status, code, description),
  };
}

function notCreated(status: number, statusCode: number, statusMessage: string): Answer {
  const callFlowRequestId = randomUUID();
  return {
    status,
    body: { sessionStatus: "NOT_CREATED", callFlowRequestId, statusCode, statusMessage },
  };
}
