import { createHealth } from "./functions/health.ts";
import { createUnreadyReports } from "./functions/reports.ts";
import { createUnreadyHook } from "./functions/telephony-hook.ts";
import { createFoundation, type Environment, type Program } from "./foundation.ts";

/** Where settings are wrong: 503 to all, with health that names them. */
export function createUnready(environment: Environment): Program {
  const { settings, debug } = environment;
  const { clock, telemetry } = createFoundation(environment, () => undefined);
  const shared = { clock, telemetry };
  const wrongSettings = settings.problems.map(({ name }) => name);
  return {
    hook: createUnreadyHook(shared, wrongSettings),
    receipts: createUnreadyReports(shared, "otp-receipt"),
    oktaEvents: createUnreadyReports(shared, "otp-outcome"),
    health: createHealth({ ...settings, clock, debug, needed: [], optional: [] }),
    flush: () => telemetry.flush(),
    close() {
      clock.close();
      return Promise.resolve();
    },
  };
}
