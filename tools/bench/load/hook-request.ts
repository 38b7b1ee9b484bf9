import { hookBody } from "../../sandbox/okta.ts";
import { hookSecret } from "../secrets.ts";

interface Changes {
  readonly secret?: string;
  readonly eventId?: string;
  readonly userId?: string;
}

/** One of many people, by an id of the form of Okta's, which has a letter. */
export function personOf(number: number): string {
  return `00ubench${String(number).padStart(12, "0")}`;
}

/** Okta's hook as bytes on the wire, with a code that is good for a day. */
export function hookRequest(
  target: URL,
  { secret = hookSecret, eventId, userId }: Changes = {},
): Buffer {
  const body = JSON.stringify(
    hookBody({
      ...(eventId !== undefined && { envelope: { eventId } }),
      ...(userId !== undefined && { userProfile: { userId } }),
      messageProfile: {
        phoneNumber: "+12025550123",
        otpExpires: new Date(Date.now() + 86_400_000).toISOString(),
      },
    }),
  );
  const head = [
    `POST ${target.pathname} HTTP/1.1`,
    `host: ${target.host}`,
    `authorization: ${secret}`,
    "accept: application/json",
    "content-type: application/json",
    `content-length: ${Buffer.byteLength(body)}`,
  ];
  return Buffer.from(`${head.join("\r\n")}\r\n\r\n${body}`);
}
