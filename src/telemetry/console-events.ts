import type { TelemetryEvent } from "./exporter.ts";
import type { Telemetry } from "./telemetry.ts";

/** On a laptop each event is also a line, at once: how a hook ended, and nothing of whom it was for. */
export function printEvents(telemetry: Telemetry, print: (line: string) => void): Telemetry {
  return {
    ...telemetry,
    end(event) {
      if (event !== undefined) print(lineOf(event));
      telemetry.end(event);
    },
  };
}

/** `→ unavailable provider-error · sms · US · 8x8 503, 503 (2000) · 31 ms` */
function lineOf({ properties, calls }: TelemetryEvent): string {
  const { outcome, reason, recordedReason, channel, country, wrongPaths, wrongSettings, durationMs } = properties;
  const parts = [
    reason === undefined ? outcome : `${outcome} ${reason}`,
    recordedReason && `recorded ${recordedReason}`,
    channel,
    country,
    eightByEight(calls, properties["providerCode"]),
    wrongPaths,
    wrongSettings,
    `${Math.round(Number(durationMs))} ms`,
  ];
  return `→ ${parts.filter(Boolean).join(" · ")}`;
}

/** What 8x8 answered to each request, and its own code where that says more. */
function eightByEight(calls: TelemetryEvent["calls"], code: string | number | undefined): string | undefined {
  if (calls.length === 0) return undefined;
  const statuses = calls.map(({ status }) => String(status ?? "without an answer"));
  return `8x8 ${statuses.join(", ")}${code === undefined || code === statuses.at(-1) ? "" : ` (${code})`}`;
}
