import { systemClock } from "../../../../src/timing/clock.ts";
import { createExporter } from "../../../../src/azure/application-insights.ts";
import { createCredential } from "../../../../src/azure/key-vault.ts";

// Runs as a separate process and sends a metric for each of two secrets with the real SDK, which
// collects metrics more than once.
const {
  APPLICATIONINSIGHTS_CONNECTION_STRING = "",
  AZURE_CLIENT_ID = "",
  WEBSITE_SITE_NAME,
} = process.env;

const exporter = createExporter({
  clock: systemClock,
  connectionString: APPLICATIONINSIGHTS_CONNECTION_STRING,
  credential: createCredential(systemClock, AZURE_CLIENT_ID),
  roleName: WEBSITE_SITE_NAME,
});
const lost = [];
for (const value of [29.5, 28.5]) {
  exporter.send({ metric: "secret-days-left", value, properties: { secret: "okta-hook-secret" } });
  exporter.send({
    metric: "secret-days-left",
    value: 2 * value,
    properties: { secret: "eight-by-eight-api-key" },
  });
  for (let flush = 0; flush < 3; flush++) lost.push(await exporter.flush());
}
process.stdout.write(JSON.stringify(lost));
