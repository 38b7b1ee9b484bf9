import { isRecord, parseJson } from "../../sandbox/8x8/api.ts";
import { oktaChannels } from "../../sandbox/okta.ts";
import { channelNames } from "../../../src/rules/channels.ts";
import type { ReadHook } from "./protocol.ts";

export function readHook(body: string): ReadHook {
  const envelope = part({ body: parseJson(body) }, "body");
  const data = part(envelope, "data");
  const profile = part(data, "messageProfile");
  const written = text(profile["deliveryChannel"])?.toLowerCase();
  return {
    eventId: text(envelope["eventId"]),
    channel: channelNames.find(
      (channel) => oktaChannels[channel].deliveryChannel.toLowerCase() === written,
    ),
    code: text(profile["otpCode"]),
    phoneNumber: text(profile["phoneNumber"]),
    locale: text(profile["locale"]),
    requestType: text(envelope["requestType"]),
    oktaUserId: text(part(data, "userProfile")["userId"]),
  };
}

/** Reads a receipt of 8x8. `id` is 8x8's id of the message. */
export function readReceipt(body: unknown): {
  readonly id: string;
  readonly state: string;
  readonly errorCode?: number;
} {
  const payload = part(body, "payload");
  const status = part(payload, "status");
  const error = part(payload, "errorDetails")["errorCode"] ?? status["errorCode"];
  return {
    id: text(payload["umid"]) ?? text(payload["sessionId"]) ?? "",
    state: (text(status["state"]) ?? text(payload["sessionStatus"]) ?? "").toLowerCase(),
    ...(typeof error === "number" && { errorCode: error }),
  };
}

function part(value: unknown, name: string): Record<string, unknown> {
  const found = isRecord(value) ? value[name] : undefined;
  return isRecord(found) ? found : {};
}

function text(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
