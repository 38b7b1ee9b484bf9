import type { Reason } from "../../../src/rules/reasons.ts";
import type { Tables } from "../kql-run.ts";
import type { Row } from "../kql-run.ts";
import { hook, type Hook } from "./hooks.ts";

export const accepted = (given?: Hook) => hook({ outcome: "accepted", id: "an-id" }, given);
/** 8x8 did not accept the code, but the second hook did. `given` can swap the two providers. */
export const rescued = (otherReason: Hook["otherReason"], given?: Hook) =>
  hook({ outcome: "accepted" }, { provider: "second-hook", otherReason, ...given });
export const rejected = (reason: Reason<"rejected">, given?: Hook) =>
  hook({ outcome: "rejected", reason }, given);
export const unavailable = (reason: Reason<"unavailable">, given?: Hook) =>
  hook({ outcome: "unavailable", reason }, given);
export const unconfirmed = (given?: Hook) =>
  hook({ outcome: "unconfirmed", reason: "deadline" }, given);
export const refused = (given?: Hook, reason: Reason<"refused"> = "country-not-allowed") =>
  hook({ outcome: "refused", reason, suppressible: false }, given);
export const unauthenticated = (given?: Hook) =>
  hook({ outcome: "unauthenticated", reason: "wrong-secret" }, given);
export const malformed = (reason: Reason<"malformed">, given?: Hook) =>
  hook({ outcome: "malformed", reason, causes: [{ path: "data", reason }] }, given);
export const [gb, sg, us] = ["+447700900123", "+6581234567", "+12025550123"];

export const events = (...rows: readonly (Row | readonly Row[])[]): Tables => ({
  customEvents: rows.flat(),
});
