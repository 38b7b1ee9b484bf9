import type { HttpHandler } from "@azure/functions";
import { createClient } from "../8x8/client.ts";
import { createFeedback } from "../8x8/feedback.ts";
import { createCodeTable } from "./sdks.ts";
import { createOktaEvents, takenStatus, unreadEvent, type OktaEvents } from "../functions/okta-events.ts";
import type { TelephonyHook } from "../functions/telephony-hook.ts";
import { createReportHandler } from "../functions/report-middleware.ts";
import type { Secrets } from "../secrets/secrets.ts";
import type { Config } from "../settings/config.ts";
import type { SentCode } from "../sent-codes/code-table.ts";
import { createCodes } from "../sent-codes/codes.ts";
import { createInMemoryTable } from "../sent-codes/in-memory.ts";
import { sentCodeOf } from "../sent-codes/sent-code.ts";
import { createCodesLostReport } from "../telemetry/codes-lost.ts";
import { systemClock } from "../timing/clock.ts";
import type { Telemetry } from "../telemetry/telemetry.ts";

/** The route for Okta's events, with the codes that they are joined with. */
export interface OktaEventsRoute {
  readonly handler: HttpHandler;
  /** Keeps what the event of its use is joined with. Returns at once. */
  readonly remember: TelephonyHook["remember"];
  /** Loads the table's SDK. To be called while no request is in flight, because loading blocks the event loop. */
  readonly open: () => void;
  readonly flush: () => Promise<void>;
}

/** Of Okta's 3 s. */
const budgetMs = 2_500;
/**
 * Okta does not document how many events a batch has. One event is 3 to 5 KB, and parsing this many bytes takes about 10 ms. What is
 * longer is taken, up to the host's limit, and reported: Okta would send it once more, and then drop it.
 */
const bodyLimitBytes = 1024 * 1024;

interface Surroundings {
  readonly telemetry: Telemetry;
  /** Called for each code that Okta reports as used. */
  readonly used: (code: SentCode, publishedAt: Date) => void;
  readonly warn: (message: string) => void;
}

/** @param config Undefined, as are the secrets, where settings are wrong. */
export function createOktaEventsRoute(
  config: Config | undefined,
  secrets: Secrets | undefined,
  { telemetry, used, warn }: Surroundings,
): OktaEventsRoute {
  const secret = secrets?.oktaEventSecret;
  const lost = createCodesLostReport(systemClock, telemetry, warn);
  const state = config?.state ?? { in: "nothing" };
  const codes =
    state.in === "nothing"
      ? undefined
      : createCodes({
          clock: systemClock,
          load: () => (state.in === "table" ? createCodeTable(state) : createInMemoryTable()),
          warn,
          lost: lost.add,
        });
  return {
    handler: createReportHandler(
      {
        ...{ telemetry, budgetMs, bodyLimitBytes, secret, unreadEvent },
        credential: (request) => request.headers.get("authorization"),
        doneStatus: takenStatus,
      },
      createOktaEvents({ codes, used, feedback: config && secrets ? createFeedbacks(config, secrets) : {} }),
    ),
    remember(...sent) {
      // Without an event secret, no codes are kept.
      const code = secret?.isAbsent() ? undefined : sentCodeOf(...sent, new Date());
      if (code !== undefined) codes?.remember(code);
    },
    open: () => codes?.open(),
    async flush() {
      await codes?.flush();
      lost.report();
    },
  };
}

/** 8x8 accepts feedback on SMS only. */
function createFeedbacks({ channels }: Config, { apiKey }: Secrets): OktaEvents["feedback"] {
  const { url, subAccount, sendFeedback } = channels.sms;
  return sendFeedback
    ? { sms: createFeedback(systemClock, createClient(systemClock, url, { preconnects: false }), subAccount, apiKey) }
    : {};
}
