export { oktaChannels } from "./channels.ts";
export {
  authenticatedBy,
  enrolledBy,
  eventBatch,
  eventsOfUse,
  hookFailed,
  oktaUserId,
  sentByOkta,
} from "./okta/event-batch.ts";
export { createEventHook, type Delivery, type EventHook } from "./okta/event-hook.ts";
export { callHook, noAnswer, timeoutMs, type HookCall } from "./okta/hook-call.ts";
export { hookBody, type HookChanges } from "./okta/hook-body.ts";
export { judgeAnswer, type JudgedAnswer } from "./okta/judged-answer.ts";
export { assertHeader } from "./okta/secret-header.ts";
