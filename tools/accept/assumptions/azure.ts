import { readFileSync } from "node:fs";
import * as z from "zod";
import { functionNames } from "../../../src/functions/register.ts";
import type { Tried } from "../assumption.ts";
import { differs, judge, notTried } from "../finding.ts";
import { microsoft } from "../sources.ts";
import { siteOf } from "../azure.ts";

const dayMs = 86_400_000;
export const named = z.object({
  value: z.array(z.object({ name: z.string(), properties: z.looseObject({}).optional() })),
});
const version = /\d+(?:\.\d+){1,3}/;

/** The template's alerts on logs. `essentialAlone`: only those that even a small company needs. */
export function expectedAlerts(essentialAlone: boolean): readonly string[] {
  const [, ...rules] = readFileSync("infra/alerts.bicep", "utf8").split(/\n {2}\{\n/);
  return rules
    .filter((rule) => !essentialAlone || rule.includes("essential: true"))
    .map((rule) => /name: '([a-z-]+)'/.exec(rule)?.[1] ?? "");
}

/** Tests that read the deployment from Azure. They send no message. */
export const azure: readonly Tried[] = [
  {
    id: "azure-node",
    says: "Azure runs Node 24, as the template requires.",
    documented: "Functions 4 on Linux supports Node 24.",
    source: microsoft("azure/azure-functions/functions-reference-node#supported-versions"),
    ifFalse: "The package may not load.",
    async attempt(live) {
      const manager = await live.azure();
      const since = new Date(Date.now() - dayMs);
      const [row] = await manager.rows({ table: "customEvents", since });
      if (row === undefined)
        return notTried("waits", "The app has sent no event in a day: see app-event-row.");
      const [, node] = /node(\d+):/.exec(row.sdkVersion) ?? [];
      return judge(
        node === "24",
        `Node ${node ?? "of an unknown version"}.`,
        "someone changed the app's functionAppConfig.runtime, or Azure replaced the version.",
      );
    },
  },
  {
    id: "azure-host",
    says: "The host is version 4 and logs each request.",
    documented: "Only version 4 is supported. The host logs requests to Application Insights.",
    source: microsoft("azure/azure-functions/functions-versions"),
    ifFalse: "The alerts `okta-gave-up` and `telemetry-silent` find no data.",
    async attempt(live) {
      const manager = await live.azure();
      const query = { table: "requests", since: new Date(Date.now() - dayMs) } as const;
      const patienceMs = Math.min(live.patienceMs, 5 * 60_000);
      const [row] = await manager.waitFor(query, patienceMs, live.pauseMs);
      if (row === undefined)
        return differs(
          "No row in `requests`.",
          "host.json's log levels exclude requests, or ingestion is late.",
        );
      return judge(
        /^azurefunctions: ?4\./.test(row.sdkVersion),
        `Host ${version.exec(row.sdkVersion)?.[0] ?? "of an unknown version"}.`,
        "someone changed the app's FUNCTIONS_EXTENSION_VERSION.",
      );
    },
  },
  {
    id: "azure-functions",
    says: "Azure lists the package's four functions and no others.",
    documented: "The list holds each function that the host found in the package.",
    source: microsoft("rest/api/appservice/web-apps/list-functions"),
    ifFalse: "The smoke test fails, or other code runs next to this app's secrets.",
    async attempt(live) {
      const manager = await live.azure();
      const listed = await manager.get(`${siteOf(manager)}/functions`, "2024-11-01");
      const found = named.parse(listed).value.map(({ name }) => name.split("/").at(-1) ?? "");
      const missing = functionNames.filter((name) => !found.includes(name));
      const others = found.filter((name) => !functionNames.includes(name));
      return judge(
        missing.length === 0 && others.length === 0,
        `${found.length} functions${missing.length === 0 ? "" : `, without ${missing.join(", ")}`}.`,
        others.length > 0
          ? `the deployed package is not this project's, or has more functions: ${others.join(", ")}.`
          : "the package did not load. See the traces in Application Insights, and deploy it again.",
      );
    },
  },
  {
    id: "azure-settings",
    says: "The app has the settings that were deployed.",
    documented: "The code reads the app's settings as environment variables, after a restart.",
    source: microsoft("azure/azure-functions/functions-app-settings"),
    ifFalse: "The app runs with other settings than yours.",
    async attempt(live) {
      const manager = await live.azure();
      const { hookSettings } = manager.deployment.parameters;
      const wanted = z.record(z.string(), z.string()).catch({}).parse(hookSettings);
      const read = await manager.post(`${siteOf(manager)}/config/appsettings/list`, "2024-11-01");
      const { properties } = z.object({ properties: z.record(z.string(), z.string()) }).parse(read);
      const other = Object.keys(wanted).filter((name) => properties[name] !== wanted[name]);
      return judge(
        other.length === 0,
        other.length === 0
          ? `${Object.keys(wanted).length} settings.`
          : `Missing, or with another value: ${other.join(", ")}.`,
        "someone changed them in the portal. Deploy the infrastructure again.",
      );
    },
  },
  {
    id: "azure-alerts",
    says: "Each chosen alert exists and is on.",
    documented: "The list holds each rule on logs, and whether it is enabled.",
    source: microsoft("rest/api/monitor/scheduled-query-rules/list-by-resource-group"),
    ifFalse: "The people on call do not hear of an outage.",
    async attempt(live) {
      const { deployment, get } = await live.azure();
      const choice = deployment.parameters["alerts"];
      if (choice === "none")
        return notTried("not set up", "The environment has no alerts: alerts = 'none'.");
      const read = await get("/providers/Microsoft.Insights/scheduledQueryRules", "2023-12-01");
      const { value } = named.parse(read);
      const rules = (isOn: boolean) =>
        value.filter(({ properties }) => (properties?.["enabled"] === true) === isOn);
      // The template switches off no-traffic in a stand-by, and daily-cap if there is no cap.
      const expected = expectedAlerts(choice === "essential").filter(
        (name) => !["no-traffic", "daily-cap"].includes(name),
      );
      const among = (isOn: boolean) => (alert: string) =>
        rules(isOn).some(({ name }) => name.startsWith(`alert-${alert}-`));
      const off = expected.filter(among(false));
      const missing = expected.filter((alert) => !among(true)(alert) && !off.includes(alert));
      const words = [
        `${rules(true).length} on`,
        ...(off.length > 0 ? [`off: ${off.join(", ")}`] : []),
        ...(missing.length > 0 ? [`missing: ${missing.join(", ")}`] : []),
      ];
      return judge(
        off.length + missing.length === 0,
        `${words.join("; ")}.`,
        "Azure or a person switched them off. Deploy the infrastructure again.",
      );
    },
  },
  {
    id: "azure-availability",
    says: "Availability results arrive although local authentication is off.",
    documented:
      "A standard test calls the app from several places every 5 minutes. Azure logs its results.",
    source: microsoft("azure/azure-monitor/app/availability-standard-tests"),
    ifFalse: "`health-red` never fires, and a deployment behind a front fails.",
    async attempt(live) {
      const manager = await live.azure();
      if (manager.deployment.parameters["alerts"] === "none")
        return notTried("not set up", "An environment without alerts has no availability test.");
      const since = new Date(Date.now() - 1_800_000);
      const query = { table: "availabilityResults", since } as const;
      const patienceMs = Math.min(live.patienceMs, 10 * 60_000);
      const rows = await manager.waitFor(query, patienceMs, live.pauseMs);
      return judge(
        rows.length > 0,
        `${rows.length === 0 ? "No results" : `${rows.length} results`} in half an hour.`,
        "the test is disabled, or its results require local authentication, which is off.",
      );
    },
  },
];
