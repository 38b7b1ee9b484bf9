import { functionNames } from "../../../src/functions/register.ts";
import { differs, judge, notTried, type Assumption } from "../assumption.ts";
import { expectedAlerts } from "../expected-alerts.ts";
import * as z from "zod";

const dayMs = 86_400_000;
const site = (outputs: Readonly<Record<string, unknown>>) =>
  `/providers/Microsoft.Web/sites/${String(outputs["functionAppName"])}`;
export const named = z.object({
  value: z.array(z.object({ name: z.string(), properties: z.looseObject({}).optional() })),
});
const version = /\d+(?:\.\d+){1,3}/;

/** What Azure says of the deployment. Nothing is sent. */
export const azure: readonly Assumption[] = [
  {
    id: "azure-node",
    says: "Azure runs the Node version that the template names.",
    source:
      "https://learn.microsoft.com/azure/azure-functions/functions-reference-node#supported-versions",
    leans: ["infra/modules/function-app.bicep", "package.json"],
    ifFalse: "The package may not load.",
    async attempt(live) {
      const manager = await live.azure();
      const [row] = await manager.rows({
        table: "customEvents",
        since: new Date(Date.now() - dayMs),
      });
      if (row === undefined) return notTried("The app has sent no event in a day.");
      const [, node] = /node(\d+):/.exec(row.sdkVersion) ?? [];
      return judge(node === "24", `Node ${node ?? "of no known version"}`);
    },
  },
  {
    id: "azure-host",
    says: "The host is version 4 and logs each request.",
    source: "https://learn.microsoft.com/azure/azure-functions/functions-versions",
    leans: [
      "docs/runbooks.md",
      "infra/queries/alerts/okta-gave-up.kql",
      "infra/queries/alerts/telemetry-silent.kql",
    ],
    ifFalse: "Two alerts read nothing.",
    async attempt(live) {
      const manager = await live.azure();
      const [row] = await manager.rows({ table: "requests", since: new Date(Date.now() - dayMs) });
      if (row === undefined) return differs("No row of a request in a day.");
      return judge(
        /^azurefunctions: ?4\./.test(row.sdkVersion),
        `Host ${version.exec(row.sdkVersion)?.[0] ?? "unknown"}`,
      );
    },
  },
  {
    id: "azure-functions",
    says: "Azure lists the package's four functions.",
    source: "https://learn.microsoft.com/rest/api/appservice/web-apps/list-functions",
    leans: ["scripts/smoke.sh", "src/functions/register.ts"],
    ifFalse: "The smoke test fails.",
    async attempt(live) {
      const { deployment, get } = await live.azure();
      const { value } = named.parse(
        await get(`${site(deployment.outputs)}/functions`, "2024-11-01"),
      );
      const found = value.map(({ name }) => name.split("/").at(-1) ?? "");
      const missing = functionNames.filter((it) => !found.includes(it));
      return judge(
        missing.length === 0,
        missing.length === 0 ? "4 functions" : `It lacks ${missing.join(", ")}.`,
      );
    },
  },
  {
    id: "azure-settings",
    says: "The app has the settings that were deployed.",
    source: "https://learn.microsoft.com/azure/azure-functions/functions-app-settings",
    leans: ["docs/configure.md", "infra/main.bicep"],
    ifFalse: "What you set is not in force.",
    async attempt(live) {
      const { deployment, post } = await live.azure();
      const wanted = z
        .record(z.string(), z.string())
        .catch({})
        .parse(deployment.parameters["hookSettings"]);
      const read = await post(`${site(deployment.outputs)}/config/appsettings/list`, "2024-11-01");
      const { properties } = z.object({ properties: z.record(z.string(), z.string()) }).parse(read);
      const other = Object.keys(wanted).filter((name) => properties[name] !== wanted[name]);
      return judge(
        other.length === 0,
        other.length === 0 ? `${Object.keys(wanted).length} settings` : other.join(", "),
      );
    },
  },
  {
    id: "azure-alerts",
    says: "Each chosen alert exists and is on.",
    source:
      "https://learn.microsoft.com/rest/api/monitor/scheduled-query-rules/list-by-resource-group",
    leans: ["docs/runbooks.md", "infra/alerts.bicep"],
    ifFalse: "Nobody hears of an outage.",
    async attempt(live) {
      const { deployment, get } = await live.azure();
      const choice = deployment.parameters["alerts"];
      if (choice === "none") return notTried("The environment has no alerts: alerts = 'none'.");
      const read = await get("/providers/Microsoft.Insights/scheduledQueryRules", "2023-12-01");
      const { value } = named.parse(read);
      const on = value
        .filter(({ properties }) => properties?.["enabled"] === true)
        .map(({ name }) => name);
      // A stand-by's silence and an absent cap are switched off by the template.
      const off = expectedAlerts(choice === "essential").filter(
        (name) =>
          !on.some((full) => full.startsWith(`alert-${name}-`)) &&
          !["no-traffic", "daily-cap"].includes(name),
      );
      return judge(
        off.length === 0,
        off.length === 0 ? `${on.length} on` : `Absent or off: ${off.join(", ")}`,
      );
    },
  },
  {
    id: "azure-availability",
    says: "Availability results arrive without local authentication.",
    source: "https://learn.microsoft.com/azure/azure-monitor/app/availability-standard-tests",
    leans: ["docs/runbooks.md", "infra/modules/availability.bicep", "scripts/smoke.sh"],
    ifFalse: "`health-red` never fires, and a deployment behind a front fails.",
    async attempt(live) {
      const manager = await live.azure();
      if (manager.deployment.parameters["alerts"] === "none")
        return notTried("Without alerts there is no such test.");
      const rows = await manager.rows({
        table: "availabilityResults",
        since: new Date(Date.now() - 1_800_000),
      });
      return judge(rows.length > 0, `${rows.length} results in half an hour`);
    },
  },
];
