import { parseJson } from "../../sandbox/8x8/api.ts";
import { oktaChannels } from "../../sandbox/okta.ts";
import { channelNames, type Channel } from "../../../src/rules/channels.ts";
import { part, text } from "./json.ts";

/** Fields of a hook request's body. A missing or malformed field is undefined. */
export interface ReadHook {
  readonly eventId: string | undefined;
  readonly channel: Channel | undefined;
  readonly code: string | undefined;
  readonly phoneNumber: string | undefined;
  readonly locale: string | undefined;
  readonly oktaUserId: string | undefined;
  readonly requestType: string | undefined;
}

export function readHook(body: string): ReadHook {
  const hook = { body: parseJson(body) };
  const envelope = part(hook, "body");
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
