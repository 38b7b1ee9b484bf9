import { ManagedIdentityCredential } from "@azure/identity";
import { metrics, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace, TraceFlags } from "@opentelemetry/api";
import { logs } from "@opentelemetry/api-logs";
import { flushAzureMonitor, shutdownAzureMonitor, useAzureMonitor } from "applicationinsights";

// Run as a process of its own: sends one of each kind through the real SDK, stamped with a moment that is past.
const retryOptions = { retryDelayInMs: 50, maxRetryDelayInMs: 100 };
const off = { enabled: false };
process.env["APPLICATIONINSIGHTS_OPENTELEMETRY_RESOURCE_METRIC_DISABLED"] = "true";
useAzureMonitor({
  azureMonitorExporterOptions: {
    connectionString: process.env["APPLICATIONINSIGHTS_CONNECTION_STRING"] ?? "",
    credential: new ManagedIdentityCredential({ clientId: process.env["AZURE_CLIENT_ID"] ?? "", retryOptions }),
    retryOptions,
  },
  samplingRatio: 1,
  tracesPerSecond: 0,
  enableLiveMetrics: false,
  enableStandardMetrics: false,
  enablePerformanceCounters: false,
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

const [traceId = "", spanId = "", start = ""] = process.argv.slice(2);
const startTime = Number(start);
const context = trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags: TraceFlags.NONE, isRemote: true });
const dimensions = { outcome: "accepted", channel: "sms" };

logs.getLogger("stand-ins").emit({
  timestamp: startTime,
  context,
  attributes: { "microsoft.custom_event.name": "otp-delivery", ...dimensions, attempts: 1 },
});
const attributes = {
  "http.request.method": "POST",
  "server.address": "sms.8x8.com",
  "http.response.status_code": 200,
};
const span = trace
  .getTracer("stand-ins")
  .startSpan("POST messages", { kind: SpanKind.CLIENT, startTime, attributes }, context);
span.setStatus({ code: SpanStatusCode.OK });
span.end(startTime + 250);
const meter = metrics.getMeter("stand-ins");
meter.createCounter("otp-delivery.count").add(1, dimensions);
meter.createHistogram("otp-delivery.duration", { unit: "ms" }).record(250, dimensions);

await flushAzureMonitor();
await shutdownAzureMonitor();
