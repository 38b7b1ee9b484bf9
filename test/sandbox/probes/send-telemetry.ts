import { systemClock } from "../../../src/timing/clock.ts";
import { createExporter } from "../../../src/azure/application-insights.ts";
import { createCredential } from "../../../src/azure/key-vault.ts";

// Run as a process of its own: sends one of each kind through the real SDK, stamped with a moment that is past.
const { APPLICATIONINSIGHTS_CONNECTION_STRING = "", AZURE_CLIENT_ID = "", WEBSITE_SITE_NAME } = process.env;
const [traceId = "", spanId = "", start = ""] = process.argv.slice(2);
const at = new Date(Number(start));

const exporter = createExporter({
  clock: systemClock,
  connectionString: APPLICATIONINSIGHTS_CONNECTION_STRING,
  credential: createCredential(systemClock, AZURE_CLIENT_ID),
  roleName: WEBSITE_SITE_NAME,
});
exporter.send({
  name: "otp-delivery",
  at,
  // The caller's trace is not sampled, which is to decide nothing.
  traceParent: `00-${traceId}-${spanId}-00`,
  properties: { outcome: "accepted", channel: "sms", attempts: 1, durationMs: 250 },
  calls: [{ channel: "sms", host: "sms.8x8.com", startedAt: at, durationMs: 250, status: 200, outcome: "accepted" }],
});
await exporter.flush();
