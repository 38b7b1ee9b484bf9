import { hostname } from "node:os";
import type { TokenCredential } from "@azure/identity";
import {
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  TraceFlags,
  type Context,
} from "@opentelemetry/api";
import { logs } from "@opentelemetry/api-logs";
import { resourceFromAttributes } from "@opentelemetry/resources";
import { flushAzureMonitor, useAzureMonitor } from "applicationinsights";
import type { Attempt } from "../rules/outcome.ts";
import { retryOptions } from "./calls.ts";
import type { Exporter, TelemetryEvent } from "../telemetry/event.ts";

const scope = "okta-8x8-telephony";
const off = { enabled: false };

/** The build sets this version: scripts/bundles.ts. */
declare const packageVersion: string;

interface ExporterSettings {
  readonly connectionString: string;
  readonly credential: TokenCredential | undefined;
  readonly roleName: string | undefined;
}

export function createExporter({
  connectionString,
  credential,
  roleName = scope,
}: ExporterSettings): Exporter {
  // The SDK's reports about itself can be switched off only by environment variables.
  process.env["APPLICATION_INSIGHTS_NO_STATSBEAT"] = "true";
  process.env["APPLICATIONINSIGHTS_OPENTELEMETRY_RESOURCE_METRIC_DISABLED"] = "true";
  // Without this variable, the SDK looks for a file that a bundle does not have, and logs an error:
  // https://github.com/microsoft/ApplicationInsights-node.js/blob/main/README.md
  process.env["APPLICATIONINSIGHTS_CONFIGURATION_CONTENT"] = "{}";
  useAzureMonitor({
    azureMonitorExporterOptions: {
      connectionString,
      retryOptions,
      disableOfflineStorage: true,
      additionalPolicies: [{ policy: ingestionTimeout, position: "perCall" }],
      ...(credential && { credential }),
    },
    // Without an instance id, the exporter would look up the host name for every item.
    resource: resourceFromAttributes({
      "service.name": roleName,
      "service.version": packageVersion,
      "service.instance.id": hostname(),
    }),
    samplingRatio: 1,
    tracesPerSecond: 0,
    enableLiveMetrics: false,
    enableStandardMetrics: false,
    enablePerformanceCounters: false,
    // The text of an exception can contain secrets.
    enableAutoCollectExceptions: false,
    instrumentationOptions: {
      http: off,
      azureSdk: off,
      mongoDb: off,
      mySql: off,
      postgreSql: off,
      redis: off,
      redis4: off,
    },
  });
  const log = logs.getLogger(scope);
  const tracer = trace.getTracer(scope);

  function sendEvent({ name, at, traceParent, properties, attempts }: TelemetryEvent): void {
    const context = contextOf(traceParent);
    // A log record keeps the event's own time and request. `trackEvent` would lose both.
    log.emit({
      timestamp: at,
      context,
      attributes: { ...stringify(properties), "microsoft.custom_event.name": name },
    });
    for (const attempt of attempts) {
      const span = tracer.startSpan(
        `${attempt.provider} ${attempt.channel}`,
        spanOptions(attempt),
        context,
      );
      span.setStatus({ code: attempt.ok ? SpanStatusCode.OK : SpanStatusCode.ERROR });
      span.end(attempt.startedAt.getTime() + attempt.durationMs);
    }
  }

  return {
    send: sendEvent,
    async flush() {
      await flushAzureMonitor();
      // A flush stops at the first data that Azure refuses, so a second flush sends the rest.
      await flushAzureMonitor();
    },
  };
}

/** Includes the SDK's retries. Without a limit, unanswered requests would pile up. */
const ingestionTimeout = {
  name: "okta-8x8-telephony-ingestion",
  sendRequest<Request extends object, Response>(
    request: Request,
    next: (request: Request) => Promise<Response>,
  ): Promise<Response> {
    return next(Object.assign(request, { abortSignal: AbortSignal.timeout(10_000) }));
  },
};

function spanOptions({ host, outcome, status, startedAt }: Attempt) {
  const attributes = {
    "http.request.method": "POST",
    "server.address": host,
    ...(status !== undefined && { "http.response.status_code": status }),
    outcome,
  };
  return { kind: SpanKind.CLIENT, startTime: startedAt, attributes };
}

/** https://www.w3.org/TR/trace-context/#traceparent-header */
function contextOf(traceParent = ""): Context {
  const [, traceId, spanId] = /^[\da-f]{2}-([\da-f]{32})-([\da-f]{16})-/.exec(traceParent) ?? [];
  if (traceId === undefined || spanId === undefined) return ROOT_CONTEXT;
  return trace.setSpanContext(ROOT_CONTEXT, {
    traceId,
    spanId,
    traceFlags: TraceFlags.SAMPLED,
    isRemote: true,
  });
}

function stringify(properties: TelemetryEvent["properties"]): Record<string, string> {
  const strings: Record<string, string> = {};
  for (const [key, value] of Object.entries(properties))
    if (value !== undefined) strings[key] = String(value);
  return strings;
}
