// Who did what, and where that is kept: whole, so that nothing is taken out unseen.
import { parameter } from "./chosen.ts";
import { all, environments, logOf, main, one, readProjectFile } from "./snapshot.ts";

it("holds the host's request row of each call and no other line of the host's", () => {
  const { logging } = JSON.parse(readProjectFile("host.json")) as {
    logging: { logLevel: unknown; applicationInsights: unknown };
  };
  // No `default`: with one, Core Tools print some 330 lines of their own before the first URL.
  expect(logging.logLevel).toEqual({ Function: "Warning", "Host.Results": "Information" });
  // A request that the host refuses for its size writes two records of 2 KB. Alerts count requests, so those are never sampled.
  expect(logging.applicationInsights).toEqual({
    samplingSettings: { isEnabled: true, maxTelemetryItemsPerSecond: 5, includedTypes: "Exception;Trace" },
  });
});

describe.each(environments)("the logs (%s)", (environment) => {
  const snapshot = main[environment];
  const workspace = one(snapshot, "Microsoft.OperationalInsights/workspaces");
  const resource = (type: string) => logOf(snapshot, one(snapshot, type))?.["properties"];

  it("record who read, wrote and deleted secrets", () => {
    expect(resource("Microsoft.KeyVault/vaults")).toEqual({
      workspaceId: workspace.id,
      logAnalyticsDestinationType: "Dedicated",
      logs: [{ categoryGroup: "audit", enabled: true }],
      metrics: [{ category: "AllMetrics", enabled: true }],
    });
  });

  it("record who replaced the package", () => {
    expect(resource("Microsoft.Storage/storageAccounts/blobServices")).toEqual({
      workspaceId: workspace.id,
      logs: [
        { category: "StorageWrite", enabled: true },
        { category: "StorageDelete", enabled: true },
      ],
    });
  });

  it("record what the host logs when Application Insights gets nothing", () => {
    expect(resource("Microsoft.Web/sites")).toEqual({
      workspaceId: workspace.id,
      logs: [{ category: "FunctionAppLogs", enabled: true }],
    });
  });

  it("are these three", () => {
    expect(all(snapshot, "Microsoft.Insights/diagnosticSettings")).toHaveLength(3);
  });

  it("are kept in one workspace, with a cap, closed to keys", () => {
    expect(workspace["properties"]).toEqual({
      sku: { name: "PerGB2018" },
      retentionInDays: Number(parameter(`${environment}/main`, "retentionDays") ?? 90),
      workspaceCapping: { dailyQuotaGb: Number(parameter(`${environment}/main`, "dailyCapGb") ?? 1) },
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
