import type { PhoneNumber } from "../delivery/phone-number.ts";
import { keyedHash } from "../delivery/keyed-hash.ts";

/** All that an event holds of a number. */
export function phoneProperties(phoneNumber: PhoneNumber | undefined, phoneHashKey: string | undefined) {
  return {
    country: phoneNumber?.country,
    callingCode: phoneNumber?.callingCode,
    phoneHash: phoneNumber && phoneHashKey && phoneHashOf(phoneNumber, phoneHashKey),
  };
}

/** Two events of one number have one hash. */
export function phoneHashOf(phoneNumber: PhoneNumber, key: string, bytes?: number): string {
  return keyedHash(phoneNumber.counted.expose(), key, bytes);
}
