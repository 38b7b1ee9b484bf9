import { startBudget } from "../deadline.ts";
import { errorName } from "../error-name.ts";
import type { Deadline } from "../8x8/client.ts";
import { answerOkta, type AnswerPolicy, type Ending } from "../okta/answer.ts";
import type { Telemetry } from "../telemetry.ts";
import type { HookHandler, HookRequest } from "./hook-invocation.ts";
import { otpDeliveryEvent, type Story } from "./otp-delivery-event.ts";

export interface Frame {
  readonly telemetry: Telemetry;
  /** Milliseconds for the whole request. */
  readonly budgetMs: number;
  readonly answerPolicy: AnswerPolicy;
  /** Joins the events of one number, where there is such a key. */
  readonly phoneHashKey: () => string | undefined;
}

/** What happens to a hook between the two ends of the frame. It may throw; it tells its story as it goes. */
export type Run = (request: HookRequest, story: Story, deadline: Deadline) => Promise<Ending>;

/** What holds for every hook, whatever its ending: one deadline, one catch, one event, one answer. */
export function createHookHandler(frame: Frame, run: Run): HookHandler {
  return async (request, context) => {
    const at = new Date();
    const start = performance.now();
    const budget = startBudget(frame.budgetMs);
    const story: Story = { steps: {} };
    frame.telemetry.begin();
    const unexpected = (error: unknown): void => {
      context.error(`Unexpected ${errorName(error)} while answering a hook.`);
    };
    const ending = await run(request, story, budget).catch((error: unknown): Ending => {
      unexpected(error);
      return { outcome: "unavailable", reason: "internal-error" };
    });
    budget.end();
    const { status, body } = answerOkta(ending, frame.answerPolicy);
    try {
      const traceParent = context.traceContext?.traceParent;
      const durationMs = performance.now() - start;
      const phoneHashKey = frame.phoneHashKey();
      frame.telemetry.end(otpDeliveryEvent(ending, story, { at, durationMs, traceParent, phoneHashKey }));
    } catch (error) {
      unexpected(error);
    }
    return { status, headers: { "content-type": "application/json" }, body };
  };
}
