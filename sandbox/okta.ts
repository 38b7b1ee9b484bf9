export { deliveryChannels, hookBody, type HookChanges } from "./okta/hook-body.ts";
export { judgeAnswer, type JudgedAnswer } from "./okta/judged-answer.ts";
