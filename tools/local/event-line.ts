import type { TelemetryEvent } from "../../src/telemetry/event.ts";

export const wrongPathLine = ({
  method,
  path,
}: {
  readonly method: string;
  readonly path: string;
}): string => `→ HTTP 404 · ${method} ${path} · Okta's hook is POST /api/okta/telephony`;

export const timed = (line: string, now = new Date()): string =>
  `${now.toTimeString().slice(0, 8)} ${line}`;

type Event = Pick<TelemetryEvent, "name" | "properties" | "attempts">;

/** Events that report what happened to a code after it was sent. */
const reports: ReadonlyMap<string, string> = new Map([
  ["otp-receipt", "receipt"],
  ["otp-outcome", "outcome"],
  ["okta-fallback", "Okta's own provider"],
  ["okta-hook-failed", "hook failed"],
]);

/**
 * Returns one of the app's events as a line for the terminal, without data about the person:
 * `→ unavailable provider-error · sms · US · 8x8 503, 503 (2000) · 31 ms` or
 * `← receipt: undelivered rejected_by_operator · …0123 · error 15 · sms · US`.
 * @param number Phone number of the message, if the sandbox knows it. The line of a report shows
 * the last four digits.
 */
export function lineOf({ name, properties, attempts }: Event, number?: string): string {
  const { outcome, reason, state, detail, channel, country } = properties;
  const { policyReason, guardReason, guardCount, guardLimit } = properties;
  const { errorCode, price, currency, invalidPaths, invalidSettings } = properties;
  const { join, secondsToVerify, feedback, durationMs } = properties;
  const report = reports.get(name);
  const parts = [
    [outcome, reason, state, detail].filter(Boolean).join(" "),
    reason === "wrong-secret" && "the request has another secret than the app",
    policyReason && `recorded ${policyReason}`,
    guardReason && `guard: ${guardReason}, ${guardCount} with a limit of ${guardLimit}`,
    report !== undefined && number && `…${number.slice(-4)}`,
    errorCode !== undefined && `error ${errorCode}`,
    channel,
    country,
    ...repliesOf(attempts, properties),
    join,
    secondsToVerify !== undefined && `after ${Math.round(Number(secondsToVerify))} s`,
    feedback && `feedback ${feedback}`,
    price !== undefined && [price, currency].filter(Boolean).join(" "),
    invalidPaths,
    invalidSettings,
    report === undefined && `${Math.round(Number(durationMs))} ms`,
  ];
  return `${report === undefined ? "→" : `← ${report}:`} ${parts.filter(Boolean).join(" · ")}`;
}

/**
 * Returns the HTTP statuses of each provider's replies. For the provider that decided the outcome,
 * adds the provider's own code if the code differs from the last status.
 */
function repliesOf(
  attempts: Event["attempts"],
  { provider = "8x8", providerCode: code }: Event["properties"],
): string[] {
  const asked = [...new Set(attempts.map((attempt) => attempt.provider))];
  return asked.map((name) => {
    const own = attempts.filter((attempt) => attempt.provider === name);
    const statuses = own.map(({ status }) => String(status ?? "no answer"));
    const isSaid = name !== provider || code === undefined || code === statuses.at(-1);
    return `${name} ${statuses.join(", ")}${isSaid ? "" : ` (${code})`}`;
  });
}
