import { parseJson } from "../../sandbox/8x8/api.ts";
import { deliveryChannels } from "../../sandbox/okta.ts";
import { part, text } from "./json.ts";
import type { Channel } from "./protocol.ts";

/** What a hook's body says, as far as it can be read. */
export interface ReadHook {
  readonly eventId: string | undefined;
  readonly channel: Channel | undefined;
  readonly code: string | undefined;
  readonly phoneNumber: string | undefined;
  readonly oktaUserId: string | undefined;
}

export function readHook(body: string): ReadHook {
  const hook = { body: parseJson(body) };
  const envelope = part(hook, "body");
  const data = part(envelope, "data");
  const profile = part(data, "messageProfile");
  const channels = Object.keys(deliveryChannels) as Channel[];
  const written = text(profile["deliveryChannel"])?.toLowerCase();
  return {
    eventId: text(envelope["eventId"]),
    channel: channels.find((channel) => deliveryChannels[channel].toLowerCase() === written),
    code: text(profile["otpCode"]),
    phoneNumber: text(profile["phoneNumber"]),
    oktaUserId: text(part(data, "userProfile")["userId"]),
  };
}
