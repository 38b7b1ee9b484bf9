import type { HttpHandler } from "@azure/functions";
import { createSenders } from "../8x8/channels.ts";
import { createDeliver } from "../8x8/deliver.ts";
import { createHookAuthentication } from "../functions/authenticate-hook.ts";
import { createHookHandler, type HookMiddleware, type HookPipeline } from "../functions/hook-middleware.ts";
import { createTelephonyHook, type TelephonyHook } from "../functions/telephony-hook.ts";
import type { Secrets } from "../secrets/secrets.ts";
import type { Config } from "../settings/config.ts";
import type { Settings } from "../settings/settings.ts";
import { systemClock } from "../timing/clock.ts";
import type { AccessTokens } from "./access-tokens.ts";

interface Surroundings extends Pick<HookMiddleware, "telemetry" | "phoneHashKey">, Pick<TelephonyHook, "remember"> {
  readonly accessTokens: AccessTokens | undefined;
  /** Undefined where codes are not counted. */
  readonly judge: TelephonyHook["judge"] | undefined;
}

/** Okta's hook. Where settings are wrong it answers that, and sends nothing. */
export function createHook(
  { config, problems }: Settings,
  secrets: Secrets | undefined,
  surroundings: Surroundings,
): HttpHandler {
  const { telemetry, phoneHashKey } = surroundings;
  const { budgetMs = 2_500, answerPolicy = { refused: "failed", unconfirmed: "failed" } } = config ?? {};
  const settingsWrong: HookPipeline = (_, trace) => {
    trace.wrongSettings = problems.map(({ name }) => name);
    return Promise.resolve({ outcome: "unavailable", reason: "settings-wrong" });
  };
  return createHookHandler(
    { telemetry, budgetMs, answerPolicy, phoneHashKey },
    config && secrets ? createPipeline(config, secrets, surroundings) : settingsWrong,
  );
}

function createPipeline(
  { channels, authHeader, phonePolicy }: Config,
  { hookSecret, apiKey }: Secrets,
  { accessTokens, judge = () => undefined, remember }: Surroundings,
): HookPipeline {
  const senders = createSenders(systemClock, channels);
  return createTelephonyHook({
    authenticate: createHookAuthentication({ authHeader, hookSecret, accessTokens }),
    apiKey,
    rules: { phonePolicy, isOn: (channel) => senders[channel] !== undefined },
    judge,
    deliver: createDeliver(systemClock, senders, apiKey),
    remember,
  });
}
