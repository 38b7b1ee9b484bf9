import { createFeedback } from "./8x8/feedback.ts";
import { create8x8 } from "./8x8/provider.ts";
import { createAccessTokens, createHookAuthentication } from "./auth/authenticate.ts";
import { createAzureClients } from "./azure/clients.ts";
import { keyedHash } from "./privacy/redacted.ts";
import { createDeliveryReceipts } from "./functions/delivery-receipts.ts";
import { createHealth } from "./functions/health.ts";
import { createOktaEvents } from "./functions/okta-events.ts";
import { createTelephonyHook } from "./functions/telephony-hook.ts";
import { createGuard } from "./guard/guard.ts";
import { createMisconfiguredApp } from "./misconfigured-app.ts";
import { createFailover } from "./providers/failover.ts";
import { findSecretWarnings, createSecondHook } from "./second-hook/provider.ts";
import { createSecrets } from "./secrets/vault-secrets.ts";
import { createInMemoryTable } from "./sent-codes/code-table.ts";
import { createCodes, createRemember } from "./sent-codes/codes.ts";
import type { Settings } from "./settings/settings.ts";
import { findExpiredRanges } from "./settings/warnings.ts";
import { createSecretExpiry } from "./telemetry/secret-expiry.ts";
import { createTelemetry } from "./telemetry/telemetry.ts";
import { createWaitLimit, type Clock } from "./timing/clock.ts";

interface Host {
  readonly clock: Clock;
  readonly appName: string | undefined;
  readonly debug: readonly string[];
  readonly warn: (message: string) => void;
}

export function createApp(settings: Settings, host: Host) {
  const { config } = settings;
  const { clock, debug, warn } = host;
  const azure = createAzureClients(clock, settings, host.appName);
  const telemetry = createTelemetry(clock, azure.loadExporter, warn);
  const http = { clock, telemetry };
  if (config === undefined) return createMisconfiguredApp(settings, { ...http, debug });
  const { channels, phonePolicy, state } = config;

  const sendExpiry = createSecretExpiry(clock, telemetry);
  const readOptions = { clock, warn, wait: createWaitLimit(clock), ...config.secretAge };
  const secrets = createSecrets(config.vaultUrl, config.secrets, {
    ...readOptions,
    openVault: azure.openVault,
    onInUse(name, { expiresOn }) {
      sendExpiry(name, expiresOn);
    },
  });
  const { hookSecret, apiKey, secondSecret, oktaEventSecret, phoneHashKey } = secrets;
  const accessTokens = config.accessTokens && createAccessTokens(config.accessTokens, readOptions);
  const currentHashKey = () => phoneHashKey.current()[0];
  const ownHashKey = crypto.randomUUID();
  const anyHashKey = () => currentHashKey() ?? ownHashKey;

  // Loading the SDK and opening the table block the event loop, so both wait for an idle worker.
  const openTable = () =>
    state.in === "table" ? azure.openCodeTable(state.url) : createInMemoryTable();
  const codes = state.in === "nothing" ? undefined : createCodes({ clock, load: openTable, warn });
  telemetry.whenLoaded(() => codes?.open());
  // Without an event secret, the app never learns which codes were used.
  const codesAreJoined = () => codes !== undefined && !oktaEventSecret.isAbsent();

  const guard =
    config.guard &&
    createGuard(config.guard, {
      clock,
      phoneHashKey: anyHashKey,
      eventsAreJoined: codesAreJoined,
      warn,
    });

  const eightByEight = create8x8(channels, apiKey);
  const second =
    config.secondHook && secondSecret && createSecondHook(config.secondHook, secondSecret);
  const failover = createFailover(clock, eightByEight, second, config.order, warn);

  const { subAccount, senders: smsSenders, sendFeedback } = channels.sms;
  const smsFeedback = sendFeedback
    ? createFeedback(clock, eightByEight.channels.sms.client, subAccount, apiKey)
    : undefined;

  const hook = createTelephonyHook(http, {
    budgetMs: config.budgetMs,
    authenticate: createHookAuthentication({
      authHeader: config.authHeader,
      hookSecret,
      accessTokens,
    }),
    ids: {
      hash: (id) => keyedHash(id, anyHashKey()),
      ownOrg: config.accessTokens && new URL(config.accessTokens.issuer).hostname,
    },
    rules: { phonePolicy, whyNot: failover.whyNot },
    guard,
    providers: failover,
    remember: createRemember(clock, codes, codesAreJoined),
    answerPolicy: config.answerPolicy,
    phoneHashKey: currentHashKey,
    rangeInLog: config.rangeInLog,
  });

  const oktaEvents = createOktaEvents(http, {
    secret: oktaEventSecret,
    codes,
    used(code, publishedAt) {
      guard?.used(code, publishedAt);
      failover.used(code);
    },
    feedback: { sms: smsFeedback },
  });

  const receipts = createDeliveryReceipts(http, {
    secret: secrets.receiptSecret,
    phoneHashKey: currentHashKey,
    senders: smsSenders,
  });

  const health = createHealth({
    ...settings,
    clock,
    debug,
    needed: [hookSecret, accessTokens?.keys, apiKey].filter((secret) => secret !== undefined),
    secrets: Object.values(secrets).filter((secret) => secret !== undefined),
    eventsOnTime: guard?.eventsOnTime,
    warningsNow: () => [
      ...findExpiredRanges(config, clock.now()),
      ...findSecretWarnings(secondSecret, hookSecret),
    ],
  });

  return {
    hook,
    receipts,
    oktaEvents,
    health,
    flush: () =>
      telemetry.flush(async () => {
        await codes?.flush();
      }),
  };
}
