import { createHealth } from "./functions/health.ts";
import { createHandler, type Http } from "./functions/http.ts";
import { answerOkta } from "./functions/telephony-hook.ts";
import { unavailable } from "./rules/outcome.ts";
import type { Settings } from "./settings/settings.ts";
import { createOtpDeliveryEvent, type HookTrace } from "./telemetry/otp-delivery-event.ts";
import { createUnreadEvent } from "./telemetry/webhook-events.ts";

interface Base extends Http {
  readonly debug: readonly string[];
}

const result = unavailable("invalid-settings");
const budgetMs = 1_000;

export function createMisconfiguredApp(settings: Settings, base: Base) {
  const { clock, telemetry, debug } = base;
  const invalidSettings = settings.problems.map(({ name }) => name);
  const answer = answerOkta(result, { refused: "failed", unconfirmed: "failed" });

  const hook = createHandler(base, {
    doing: "answering a hook",
    budgetMs,
    createTrace: (): HookTrace => ({ timings: {}, invalidSettings }),
    handle: () => Promise.resolve(result),
    failed: result,
    answer: () => answer,
    events: (_, trace) => [createOtpDeliveryEvent(result, trace, undefined, false)],
  });

  // Okta and 8x8 send again after a 503.
  const createWebhook = (name: "otp-receipt" | "otp-outcome") =>
    createHandler(base, {
      doing: "reading a webhook",
      budgetMs,
      createTrace: () => ({}),
      handle: () => Promise.resolve(result),
      failed: result,
      answer: () => ({ status: 503 }),
      events: () => [createUnreadEvent(name, result)],
    });

  return {
    hook,
    receipts: createWebhook("otp-receipt"),
    oktaEvents: createWebhook("otp-outcome"),
    health: createHealth({ ...settings, clock, debug, needed: [], secrets: [] }),
    flush: () => telemetry.flush(),
  };
}
