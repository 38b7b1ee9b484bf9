import { createSenders } from "./8x8/channels.ts";
import { createClient } from "./8x8/client.ts";
import { createDeliver } from "./8x8/deliver.ts";
import { createFeedback } from "./8x8/feedback.ts";
import { keyedHash } from "./delivery/redacted.ts";
import {
  createFoundation,
  loadAccessToken,
  loadKeyVault,
  loadTables,
  type Environment,
  type Program,
} from "./foundation.ts";
import { createHookAuthentication } from "./functions/authenticate.ts";
import { createDeliveryReceipts } from "./functions/delivery-receipts.ts";
import { createHealth } from "./functions/health.ts";
import { createOktaEvents } from "./functions/okta-events.ts";
import { createReports } from "./functions/reports.ts";
import { createHook, createTelephonyHook } from "./functions/telephony-hook.ts";
import { RefreshedSecret } from "./secrets/refreshed-secret.ts";
import { createSecrets } from "./secrets/secrets.ts";
import { createWaitLimit } from "./secrets/secret.ts";
import { createCodes } from "./sent-codes/codes.ts";
import { createInMemoryTable } from "./sent-codes/in-memory.ts";
import { sentCodeOf } from "./sent-codes/code-table.ts";
import type { Config } from "./settings/config.ts";
import { findExpiredRanges } from "./settings/warnings.ts";
import {
  createCodesLostReport,
  createOktaEventLimit,
  createSecretExpiryReport,
} from "./telemetry/background-reports.ts";
import { loadedLate } from "./timing/runner.ts";
import { createGuarding } from "./guarding.ts";

/** The program with good settings. Every client, pipeline and timer of it is built here. */
export function createProgram(config: Config, environment: Environment): Program {
  const { channels, phonePolicy, state } = config;
  const { settings, debug, warn } = environment;
  const { clock, telemetry, credential } = createFoundation(environment, () => {
    codes?.open();
  });
  const shared = { clock, telemetry };

  // Secrets are read at once, unawaited, and again in the background.
  const wait = createWaitLimit(clock);
  const reading = { clock, wait, warn, ...config.secretAge };
  const reportExpiry = createSecretExpiryReport(clock, telemetry);
  const { hookSecret, apiKey, phoneHashKey, oktaEventSecret, receiptSecret } = createSecrets(
    config.secrets,
    {
      ...reading,
      openVault(url) {
        const reader = loadedLate(() => loadKeyVault().createVaultReader(clock, url, credential()));
        return async (...which) => (await reader())(...which);
      },
      onRead(name, [newest]) {
        reportExpiry(name, newest?.expiresOn);
      },
    },
  );
  const ownHashKey = crypto.randomUUID();
  const currentHashKey = () => phoneHashKey?.current()[0];
  const accessTokens = config.accessTokens && readTokenKeys(config.accessTokens);

  // Sent codes, until they are used; and the guard, which counts them.
  const lost = createCodesLostReport(clock, telemetry, warn);
  const load = () =>
    state.in === "table"
      ? loadTables().createCodeTable(state.url, credential())
      : createInMemoryTable();
  const codes =
    state.in === "nothing" ? undefined : createCodes({ clock, load, warn, lost: lost.add });
  const guarding =
    config.guard &&
    createGuarding(config.guard, phonePolicy, {
      clock,
      phoneHashKey: currentHashKey,
      warn,
      eventsAreJoined: () => codes !== undefined && !oktaEventSecret.isAbsent(),
    });

  // 8x8: a client for each channel that is on, and one for feedback, which it accepts on SMS only.
  const senders = createSenders(clock, channels);
  const { url, subAccount, senders: smsSenders, sendFeedback } = channels.sms;
  const feedbackClient = sendFeedback
    ? createClient(clock, url, { preconnects: false })
    : undefined;
  const sms = feedbackClient && createFeedback(clock, feedbackClient, subAccount, apiKey);

  // Okta's hook, step by step: authenticate, parse, decide by the rules, ask the guard, send by
  // 8x8, remember the code.
  const handle = createTelephonyHook({
    clock,
    apiKey,
    authenticate: createHookAuthentication({
      authHeader: config.authHeader,
      hookSecret,
      accessTokens,
    }),
    // Ids and hosts that have none of Okta's forms are hashed.
    known: {
      hash: (id) => keyedHash(id, currentHashKey() ?? ownHashKey),
      ownOrg: config.accessTokens && new URL(config.accessTokens.issuer).hostname,
    },
    rules: { phonePolicy, isOn: (channel) => senders[channel] !== undefined },
    judge: (...code) => guarding?.judge(...code),
    deliver: createDeliver(clock, senders, apiKey),
    remember(...sent) {
      // Without an event secret, no codes are kept.
      const code = oktaEventSecret.isAbsent()
        ? undefined
        : sentCodeOf(...sent, new Date(clock.now()));
      if (code !== undefined) codes?.remember(code);
    },
  });
  // Okta's events: a code that was used is taken from the sent codes, counted as used by the guard,
  // and reported to 8x8 as feedback.
  const oktaEventLimit = createOktaEventLimit(clock, telemetry);
  const oktaEvents = createOktaEvents({
    secret: oktaEventSecret,
    codes,
    feedback: sms ? { sms } : {},
    used: (...use) => guarding?.used(...use),
    admits: oktaEventLimit.admits,
  });
  // 8x8's receipts: each becomes a telemetry event, and changes nothing else.
  const receipts = createDeliveryReceipts({
    secret: receiptSecret,
    phoneHashKey: currentHashKey,
    senders: smsSenders,
  });

  return {
    hook: createHook(shared, { ...config, handle, phoneHashKey: currentHashKey }),
    receipts: createReports(shared, receipts),
    oktaEvents: createReports(shared, oktaEvents),
    health: createHealth({
      ...settings,
      clock,
      debug,
      needed: [hookSecret, accessTokens?.keys, apiKey].filter((secret) => secret !== undefined),
      optional: [oktaEventSecret, receiptSecret, phoneHashKey].filter(
        (secret) => secret !== undefined,
      ),
      codesWithoutUser: guarding?.codesWithoutUser,
      eventsOnTime: guarding?.eventsOnTime,
      warningsNow: () => findExpiredRanges(config, clock.now()),
    }),
    flush: () =>
      telemetry.flush(async () => {
        await codes?.flush();
        lost.report();
        oktaEventLimit.report();
      }),
    async close() {
      clock.close();
      await Promise.all(Object.values(senders).map(async (sender) => sender?.client.close()));
      await feedbackClient?.close();
    },
  };

  /** The issuer's keys are public, but have to be as fresh and as available as a secret. */
  function readTokenKeys(tokens: NonNullable<Config["accessTokens"]>) {
    const keys = new RefreshedSecret({
      ...reading,
      name: "okta-token-keys",
      count: 1,
      read: async (signal) => [
        { value: await loadAccessToken().readKeySet(tokens.keysUrl, signal) },
      ],
    });
    return { keys, createVerifier: () => loadAccessToken().createTokenVerifier(tokens, clock) };
  }
}
