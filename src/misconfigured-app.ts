import { createHealth } from "./functions/health.ts";
import { createHandler, type Http } from "./functions/http.ts";
import { answerOkta } from "./functions/telephony-hook.ts";
import { unavailable } from "./rules/outcome.ts";
import type { Settings } from "./settings/settings.ts";
import { createOtpDeliveryEvent, type HookTrace } from "./telemetry/otp-delivery-event.ts";
import { createUnreadReportEvent } from "./telemetry/report-events.ts";

interface Base extends Http {
  readonly debug: readonly string[];
}

const result = unavailable("settings-wrong");
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

  // Okta and 8x8 send a report again after a 503.
  const createReports = (name: "otp-receipt" | "otp-outcome") =>
    createHandler(base, {
      doing: "reading a report",
      budgetMs,
      createTrace: () => ({}),
      handle: () => Promise.resolve(result),
      failed: result,
      answer: () => ({ status: 503 }),
      events: () => [createUnreadReportEvent(name, result)],
    });

  return {
    hook,
    receipts: createReports("otp-receipt"),
    oktaEvents: createReports("otp-outcome"),
    health: createHealth({ ...settings, clock, debug, needed: [], secrets: [] }),
    flush: () => telemetry.flush(),
  };
}
