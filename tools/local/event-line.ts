import type { TelemetryEvent } from "../../src/telemetry/event.ts";

export const wrongPathLine = ({
  method,
  path,
}: {
  readonly method: string;
  readonly path: string;
}): string => `→ HTTP 404 · ${method} ${path} · Okta's hook is POST /api/okta/telephony`;

/** Puts the local time before a line, such as `18:09:43 → accepted · …`. */
export const timed = (line: string, now = new Date()): string =>
  `${now.toTimeString().slice(0, 8)} ${line}`;

type Parts = readonly (string | number | false | undefined)[];

/**
 * Returns one of the app's events as a line for the terminal, without data about the person.
 * @param number The number that a report is about, if the sandbox knows the number. The line shows
 * its last four digits.
 */
export function lineOf(
  event: Pick<TelemetryEvent, "name" | "properties" | "attempts">,
  number?: string,
): string {
  const report = reports.get(event.name);
  const parts = report === undefined ? partsOf(event) : partsOfReport(event, number);
  return `${report === undefined ? "→" : `← ${report}:`} ${parts.filter(Boolean).join(" · ")}`;
}

/** Events that report what happened to a code after it was sent. */
const reports = new Map([
  ["otp-receipt", "receipt"],
  ["otp-outcome", "outcome"],
  ["okta-fallback", "Okta's own provider"],
  ["okta-hook-failed", "hook failed"],
]);

/** `→ unavailable provider-error · sms · US · 8x8 503, 503 (2000) · 31 ms` */
function partsOf({ properties, attempts }: Pick<TelemetryEvent, "properties" | "attempts">): Parts {
  const { outcome, reason, policyReason, channel, country, wrongPaths, wrongSettings, durationMs } =
    properties;
  const { guardReason, guardCount, guardLimit } = properties;
  return [
    reason === undefined ? outcome : `${outcome} ${reason}`,
    reason === "wrong-secret" && "the request has another secret than the app",
    policyReason && `recorded ${policyReason}`,
    guardReason && `guard: ${guardReason}, ${guardCount} with a limit of ${guardLimit}`,
    channel,
    country,
    ...repliesOf(attempts, properties),
    wrongPaths,
    wrongSettings,
    `${Math.round(Number(durationMs))} ms`,
  ];
}

/** `← receipt: undelivered rejected_by_operator · …0123 · error 15 · sms · US` */
function partsOfReport(
  { properties }: Pick<TelemetryEvent, "properties">,
  number: string | undefined,
): Parts {
  const {
    outcome,
    reason,
    state,
    detail,
    errorCode,
    channel,
    country,
    price,
    currency,
    wrongPaths,
  } = properties;
  const { join, secondsToVerify, feedback } = properties;
  return [
    [outcome, reason, state, detail].filter(Boolean).join(" "),
    number && `…${number.slice(-4)}`,
    errorCode !== undefined && `error ${errorCode}`,
    channel,
    country,
    join,
    secondsToVerify !== undefined && `after ${Math.round(Number(secondsToVerify))} s`,
    feedback && `feedback ${feedback}`,
    price !== undefined && [price, currency].filter(Boolean).join(" "),
    wrongPaths,
  ];
}

/**
 * Returns the statuses of each provider's replies. The provider whose outcome it is also has its
 * code, if the code says more.
 */
function repliesOf(
  attempts: TelemetryEvent["attempts"],
  { provider = "8x8", providerCode: code }: TelemetryEvent["properties"],
): Parts {
  const asked = [...new Set(attempts.map((attempt) => attempt.provider))];
  return asked.map((name) => {
    const own = attempts.filter((attempt) => attempt.provider === name);
    const statuses = own.map(({ status }) => String(status ?? "no answer"));
    const isSaid = name !== provider || code === undefined || code === statuses.at(-1);
    return `${name} ${statuses.join(", ")}${isSaid ? "" : ` (${code})`}`;
  });
}
