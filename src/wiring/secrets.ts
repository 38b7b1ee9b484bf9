import { createLocalSecrets, createVaultSecrets, type Secrets } from "../secrets/secrets.ts";
import type { WaitForReload } from "../secrets/wait-limit.ts";
import type { Config } from "../settings/config.ts";
import { createSecretExpiryReport } from "../telemetry/secret-expiry.ts";
import type { Telemetry } from "../telemetry/telemetry.ts";
import { systemClock } from "../timing/clock.ts";
import { createVaultReader } from "./sdks.ts";

interface Surroundings {
  readonly telemetry: Pick<Telemetry, "send">;
  /** How a request waits for a secret that may be new. */
  readonly wait: WaitForReload;
  readonly warn: (message: string) => void;
}

/** From the vault, read at once and unawaited; on a laptop they are settings. */
export function createSecrets(from: Config["secrets"], { telemetry, wait, warn }: Surroundings): Secrets {
  if (from.from === "local") return createLocalSecrets(from, warn);
  const reportExpiry = createSecretExpiryReport(systemClock, telemetry);
  return createVaultSecrets(from, {
    clock: systemClock,
    read: createVaultReader(from),
    onRead(name, [newest]) {
      reportExpiry(name, newest?.expiresOn);
    },
    wait,
    warn,
  });
}
