import { hostname } from "node:os";
import type { TokenCredential } from "@azure/identity";
import {
  AzureMonitorLogExporter,
  AzureMonitorMetricExporter,
  AzureMonitorTraceExporter,
} from "@azure/monitor-opentelemetry-exporter";
import { ROOT_CONTEXT, SpanKind, SpanStatusCode, trace, TraceFlags, type Context } from "@opentelemetry/api";
import { resourceFromAttributes } from "@opentelemetry/resources";
import { BatchLogRecordProcessor, LoggerProvider } from "@opentelemetry/sdk-logs";
import { MeterProvider, PeriodicExportingMetricReader } from "@opentelemetry/sdk-metrics";
import { AlwaysOnSampler, BasicTracerProvider, BatchSpanProcessor } from "@opentelemetry/sdk-trace-base";
import type { Call } from "./8x8/deliver.ts";
import type { Exporter, TelemetryEvent } from "./telemetry.ts";

const scope = "okta-8x8-telephony";
const retryOptions = { maxRetries: 1, retryDelayInMs: 200, maxRetryDelayInMs: 500 };

/** Items that wait for a slow ingestion; what comes beyond is dropped without a word. */
const maxQueueSize = 8_192;

/** What is not sent by then is lost: the worker is being stopped. In milliseconds. */
const flushLimit = 2_000;

interface ExporterSettings {
  readonly connectionString: string;
  readonly credential: TokenCredential | undefined;
  /** The function app's name, by which the host names its own telemetry. */
  readonly roleName: string | undefined;
}

/** OpenTelemetry with Azure Monitor's exporters and nothing else: every item is one that we send, none is sampled away. */
export function createExporter({ connectionString, credential, roleName = scope }: ExporterSettings): Exporter {
  // The exporters' reports about themselves can be switched off nowhere else.
  process.env["APPLICATION_INSIGHTS_NO_STATSBEAT"] = "true";
  process.env["APPLICATIONINSIGHTS_OPENTELEMETRY_RESOURCE_METRIC_DISABLED"] = "true";
  const options = { connectionString, retryOptions, ...(credential && { credential }) };
  // Where no instance is named, the exporter asks for the host's name with each item.
  const resource = resourceFromAttributes({ "service.name": roleName, "service.instance.id": hostname() });
  const logs = new LoggerProvider({
    resource,
    processors: [new BatchLogRecordProcessor({ exporter: new AzureMonitorLogExporter(options), maxQueueSize })],
  });
  const traces = new BasicTracerProvider({
    resource,
    sampler: new AlwaysOnSampler(),
    spanProcessors: [new BatchSpanProcessor(new AzureMonitorTraceExporter(options), { maxQueueSize })],
  });
  const metrics = new MeterProvider({
    resource,
    readers: [new PeriodicExportingMetricReader({ exporter: new AzureMonitorMetricExporter(options) })],
  });
  const log = logs.getLogger(scope);
  const tracer = traces.getTracer(scope);
  const meter = metrics.getMeter(scope);
  const count = meter.createCounter("otp-deliveries");
  const duration = meter.createHistogram("otp-delivery-duration", { unit: "ms" });
  let flushing = Promise.resolve();

  return {
    send({ name, at, traceParent, properties, calls }) {
      const context = contextOf(traceParent);
      // A log record, unlike a tracked event, keeps the event's own time and its request.
      log.emit({
        timestamp: at,
        context,
        attributes: { ...stringify(properties), "microsoft.custom_event.name": name },
      });
      for (const call of calls) {
        const span = tracer.startSpan(`8x8 ${call.channel}`, spanOptions(call), context);
        span.setStatus({ code: call.outcome === "accepted" ? SpanStatusCode.OK : SpanStatusCode.ERROR });
        span.end(call.startedAt.getTime() + call.durationMs);
      }
      if (name !== "otp-delivery") return;
      const dimensions = stringify({ outcome: properties["outcome"], channel: properties["channel"] });
      count.add(1, dimensions);
      duration.record(Number(properties["durationMs"]), dimensions);
    },
    // One after another: a flush that meets a running one does not wait for it.
    flush: () => (flushing = flushing.then(flush, flush)),
  };

  async function flush(): Promise<void> {
    const late = new Promise<void>((resolve) => setTimeout(resolve, flushLimit).unref());
    await Promise.race([Promise.all([logs, traces, metrics].map((provider) => provider.forceFlush())), late]);
  }
}

function spanOptions({ host, outcome, status, startedAt }: Call) {
  const attributes = {
    "http.request.method": "POST",
    "server.address": host,
    ...(status !== undefined && { "http.response.status_code": status }),
    outcome,
  };
  return { kind: SpanKind.CLIENT, startTime: startedAt, attributes };
}

/** The host's request, which W3C's traceparent names: https://www.w3.org/TR/trace-context/#traceparent-header */
function contextOf(traceParent = ""): Context {
  const [, traceId, spanId] = /^[\da-f]{2}-([\da-f]{32})-([\da-f]{16})-/.exec(traceParent) ?? [];
  if (traceId === undefined || spanId === undefined) return ROOT_CONTEXT;
  return trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags: TraceFlags.SAMPLED, isRemote: true });
}

function stringify(properties: TelemetryEvent["properties"]): Record<string, string> {
  const strings: Record<string, string> = {};
  for (const [key, value] of Object.entries(properties)) if (value !== undefined) strings[key] = String(value);
  return strings;
}
