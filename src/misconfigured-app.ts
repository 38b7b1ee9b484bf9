import { createHealth } from "./functions/health.ts";
import { createMisconfiguredReports, type Http } from "./functions/http.ts";
import { createMisconfiguredHook } from "./functions/telephony-hook.ts";
import type { Settings } from "./settings/settings.ts";
import type { closable } from "./timing/clock.ts";

interface Base extends Http {
  readonly clock: ReturnType<typeof closable>;
  readonly debug: readonly string[];
}

/** Answers 503 to everyone, and health names the invalid settings. */
export function createMisconfiguredApp(settings: Settings, base: Base) {
  const { clock, telemetry, debug } = base;
  const invalid = settings.problems.map(({ name }) => name);
  return {
    hook: createMisconfiguredHook(base, invalid),
    receipts: createMisconfiguredReports(base, "otp-receipt"),
    oktaEvents: createMisconfiguredReports(base, "otp-outcome"),
    health: createHealth({ ...settings, clock, debug, needed: [], optional: [] }),
    flush: () => telemetry.flush(),
    close() {
      clock.close();
      return Promise.resolve();
    },
  };
}
