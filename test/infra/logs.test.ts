// All logs: who did what, and where it is kept.
import { all, environments, logOf, main, one, readProjectFile } from "./snapshot.ts";

it("the host stops a call after 30 s, does not throttle, and logs only requests", () => {
  expect(JSON.parse(readProjectFile("host.json"))).toEqual({
    version: "2.0",
    extensions: { http: { routePrefix: "api" } },
    functionTimeout: "00:00:30",
    logging: {
      // Without `default`: with it, Core Tools print about 330 lines before the first URL.
      logLevel: { Function: "Warning", "Host.Results": "Information" },
      // A request with a body over the limit writes two records of 2 KB. Alerts count requests, so
      // they are never sampled.
      applicationInsights: {
        samplingSettings: {
          isEnabled: true,
          maxTelemetryItemsPerSecond: 5,
          includedTypes: "Exception;Trace",
        },
      },
    },
  });
});

describe.each(environments)("the logs (%s)", (environment) => {
  const snapshot = main[environment];
  const workspace = one(snapshot, "Microsoft.OperationalInsights/workspaces");
  const resource = (type: string) => logOf(snapshot, one(snapshot, type))?.["properties"];

  it("record reads, writes and deletions of secrets", () => {
    expect(resource("Microsoft.KeyVault/vaults")).toEqual({
      workspaceId: workspace.id,
      logAnalyticsDestinationType: "Dedicated",
      logs: [{ categoryGroup: "audit", enabled: true }],
      metrics: [{ category: "AllMetrics", enabled: true }],
    });
  });

  it("record changes of the package", () => {
    expect(resource("Microsoft.Storage/storageAccounts/blobServices")).toEqual({
      workspaceId: workspace.id,
      logs: [
        { category: "StorageWrite", enabled: true },
        { category: "StorageDelete", enabled: true },
      ],
    });
  });

  it("record what the host logs if Application Insights gets nothing", () => {
    expect(resource("Microsoft.Web/sites")).toEqual({
      workspaceId: workspace.id,
      logs: [{ category: "FunctionAppLogs", enabled: true }],
    });
  });

  it("are exactly these three", () => {
    expect(all(snapshot, "Microsoft.Insights/diagnosticSettings")).toHaveLength(3);
  });

  it("go to one workspace, with a daily cap and without access keys", () => {
    expect(workspace["properties"]).toEqual({
      sku: { name: "PerGB2018" },
      retentionInDays: 90,
      workspaceCapping: { dailyQuotaGb: { small: 1, dev: 1, prod: 5, dr: 5 }[environment] },
      features: { enableLogAccessUsingOnlyResourcePermissions: true, disableLocalAuth: true },
    });
    expect(one(snapshot, "Microsoft.Insights/components")["properties"]).toEqual({
      Application_Type: "web",
      WorkspaceResourceId: workspace.id,
      IngestionMode: "LogAnalytics",
      DisableLocalAuth: true,
      DisableIpMasking: false,
      publicNetworkAccessForIngestion: "Enabled",
      publicNetworkAccessForQuery: "Enabled",
    });
  });
});
