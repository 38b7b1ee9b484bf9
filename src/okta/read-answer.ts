import * as z from "zod";
import { action } from "./telephony-answer.ts";

const status = z.enum(["SUCCESSFUL", "PENDING", "FAILED"]);
const more = z.unknown();
const answer = z.object({
  commands: z.tuple(
    [z.object({ type: z.literal(action), value: z.tuple([z.object({ status })], more) })],
    more,
  ),
});
// Okta's schema has an object, and its example an array.
const error = z.object({ error: z.union([z.looseObject({}), z.array(more)]) });

/**
 * Reads the answer of another telephony hook as Okta does: the status of its command, or `error`.
 * Undefined for anything else.
 * https://developer.okta.com/docs/api/openapi/okta-management/management/tags/inlinehook/webhooks/createtelephonyinlinehook
 */
export function readAnswer(body: unknown) {
  if (error.safeParse(body).success) return "error";
  return answer.safeParse(body).data?.commands[0].value[0].status;
}
