import { createHmac } from "node:crypto";
import type { PhoneNumber } from "../delivery/phone-number.ts";

/** All that an event tells of a number. */
export function phoneProperties(phoneNumber: PhoneNumber | undefined, phoneHashKey: string | undefined) {
  return {
    // Undefined where the number may be in several countries.
    country: phoneNumber?.countries.length === 1 ? phoneNumber.countries[0] : undefined,
    callingCode: phoneNumber?.callingCode,
    phoneHash: phoneNumber && phoneHashKey && hash(phoneNumber, phoneHashKey),
  };
}

/** Two events of one number have one hash. Without the key it can't be turned back, though numbers are few. */
function hash(phoneNumber: PhoneNumber, key: string): string {
  return createHmac("sha256", key).update(phoneNumber.expose()).digest("base64url");
}
