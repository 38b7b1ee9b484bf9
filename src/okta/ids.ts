import * as z from "zod";
import { isOktaUserId } from "../delivery/okta-user-id.ts";

// What may go on as an id of Okta's: into telemetry, and some of it to 8x8. Okta documents no form, so these are the forms of its examples,
// and a number, a login or a sentence has none of them.

export const userId = z.string().refine(isOktaUserId);

/** Of an event, a request: 22 to 27 letters, digits, - and _. A phone's number is at least 7 digits in a row. */
export const oktaId = z.string().regex(/^(?!.*\d{7})[\w-]{1,64}$/);

/** `com.okta.user.telephony.mfa-verification`: https://developer.okta.com/docs/guides/telephony-inline-hook/ */
export const requestType = z.string().regex(/^[a-z][a-z._-]{0,99}$/i);
