import { createHealth } from "./functions/health.ts";
import { createUnreadyReports } from "./functions/reports.ts";
import { createUnreadyHook } from "./functions/telephony-hook.ts";
import { createFoundation, type Environment, type Program } from "./foundation.ts";
import type { Problem } from "./settings/problems.ts";

/** Where settings are wrong: 503 to all, with health that names them. */
export function createUnready(problems: readonly Problem[], environment: Environment): Program {
  const { settings, debug } = environment;
  const { clock, telemetry } = createFoundation(environment, () => undefined);
  const shared = { clock, telemetry };
  return {
    hook: createUnreadyHook(
      shared,
      problems.map(({ name }) => name),
    ),
    receipts: createUnreadyReports(shared, "otp-receipt"),
    oktaEvents: createUnreadyReports(shared, "otp-outcome"),
    health: createHealth({ ...settings, clock, problems, debug, needed: [], optional: [] }),
    flush: () => telemetry.flush(),
    close() {
      clock.close();
      return Promise.resolve();
    },
  };
}
