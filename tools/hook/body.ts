import { randomBytes, randomInt } from "node:crypto";
import { hookBody } from "../sandbox/okta.ts";
import type { Usage } from "./usage.ts";

export interface NewHook {
  readonly body: string;
  /** Undefined for a body from `--body` or `--outcome`, because `--used` does not apply to it. */
  readonly oktaUserId: string | undefined;
}

const usersOf = {
  /** Without `--range`, every request is for the same user. */
  phone: () => "00uyxxSknGtK8022w0g3",
  range: () => `00u${randomBytes(9).toString("hex").slice(0, 17)}`,
};
const [first, numbersInRange] = [randomInt(10_000), 10_000];

/**
 * Creates a request body with a random code.
 * @param index With `--range`, each index has another number.
 */
export function newHook(
  { deliveryChannel, phone, range, locale, text, expired, used }: Usage,
  index: number,
): NewHook {
  const otpCode = String(randomInt(1_000_000)).padStart(6, "0");
  const oktaUserId = usersOf[range === undefined ? "phone" : "range"]();
  const phoneNumber =
    range === undefined
      ? phone
      : `${range}${String((first + index) % numbersInRange).padStart(4, "0")}`;
  const body = hookBody({
    envelope: {
      eventId: randomBytes(16).toString("base64url"),
      // Without a requestType, the code is for an enrollment.
      ...(used && { requestType: "com.okta.user.telephony.mfa-verification" }),
    },
    userProfile: { userId: oktaUserId },
    messageProfile: {
      msgTemplate: text === "none" ? undefined : `Your code is ${otpCode}`,
      phoneNumber,
      deliveryChannel,
      otpCode,
      locale,
      ...(expired && { otpExpires: new Date(Date.now() - 5 * 60_000).toISOString() }),
    },
  });
  return { body: JSON.stringify(body), oktaUserId };
}
