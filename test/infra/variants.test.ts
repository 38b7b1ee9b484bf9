// What the parameters do, whatever the environments' own files choose.
import { compileVariant, findCompiler } from "./compiler.ts";
import { all, at, list, one, type Snapshot, text } from "./snapshot.ts";

const compiler = findCompiler() ?? "";

function variant(choices: string): Snapshot {
  const { status, complaints, snapshot } = compileVariant(compiler, choices);
  expect([status, complaints]).toEqual([0, []]);
  return snapshot();
}

function scaleOf(snapshot: Snapshot): unknown {
  return at(one(snapshot, "Microsoft.Web/sites"), "properties.functionAppConfig.scaleAndConcurrency");
}

// compiler.test.ts says that there is none, or fails.
(compiler === "" ? describe.skip : describe)("a deployment", () => {
  it("has by default two warm instances of 2048 MB for 100 requests each, and purge protection", () => {
    const snapshot = variant("");
    expect(scaleOf(snapshot)).toEqual({
      instanceMemoryMB: 2048,
      maximumInstanceCount: 40,
      alwaysReady: [{ name: "http", instanceCount: 2 }],
      triggers: { http: { perInstanceConcurrency: 100 } },
    });
    expect(at(one(snapshot, "Microsoft.KeyVault/vaults"), "properties.enablePurgeProtection")).toBe(true);
  });

  it("goes into several zones, storage included, and deploys in batches", () => {
    const snapshot = variant("param zoneRedundant = true\nparam updateStrategy = 'RollingUpdate'");
    expect(at(one(snapshot, "Microsoft.Web/serverfarms"), "properties.zoneRedundant")).toBe(true);
    expect(at(one(snapshot, "Microsoft.Storage/storageAccounts"), "sku.name")).toBe("Standard_ZRS");
    const app = one(snapshot, "Microsoft.Web/sites");
    expect(at(app, "properties.functionAppConfig.siteUpdateStrategy.type")).toBe("RollingUpdate");
  });

  it.each(["zoneRedundant = true", "updateStrategy = 'RollingUpdate'"])(
    "is refused with one warm instance and %s",
    (choice) => {
      const scale = "param scale = { alwaysReady: 1, maximum: 40, concurrency: 100, memoryMB: 2048 }";
      const { status, stderr } = compileVariant(compiler, `${scale}\nparam ${choice}`);
      expect([status, stderr]).toEqual([1, expect.stringContaining("need scale.alwaysReady of at least 2")]);
      expect(compileVariant(compiler, scale).status).toBe(0);
    },
  );

  it("lets a list of callers and the availability test in, and needs no gateway in a private network", () => {
    const snapshot = variant(`
      param network = { mode: 'private' }
      param allowedIpRanges = ['192.0.2.0/24', '198.51.100.0/24']
    `);
    const config = at(one(snapshot, "Microsoft.Web/sites"), "properties.siteConfig");
    expect(at(config, "ipSecurityRestrictionsDefaultAction")).toBe("Deny");
    expect(list(config, "ipSecurityRestrictions").map((rule) => text(rule, "ipAddress"))).toEqual([
      "ApplicationInsightsAvailability",
      "192.0.2.0/24",
      "198.51.100.0/24",
    ]);
    const [app] = list(one(snapshot, "Microsoft.Network/virtualNetworks"), "properties.subnets");
    expect(app).toMatchObject({ properties: { defaultOutboundAccess: true, natGateway: null } });
    expect(all(snapshot, "Microsoft.Network/publicIPAddresses")).toEqual([]);
  });

  it("leaves a private network by one static address where there is a gateway", () => {
    const snapshot = variant("param network = { mode: 'private', natGateway: true }");
    const [app] = list(one(snapshot, "Microsoft.Network/virtualNetworks"), "properties.subnets");
    expect(at(app, "properties.defaultOutboundAccess")).toBe(false);
    expect(at(app, "properties.natGateway.id")).toBe(one(snapshot, "Microsoft.Network/natGateways").id);
    const [address] = all(snapshot, "Microsoft.Network/publicIPAddresses");
    expect(at(address, "properties.publicIPAllocationMethod")).toBe("Static");
  });

  it("watches the subscription for incidents only where that is asked for", () => {
    const watching = (choices: string) =>
      all(variant(choices), "Microsoft.Insights/activityLogAlerts")
        .filter((alert) => at(alert, "properties.condition.allOf.0.equals") === "ServiceHealth")
        .map((alert) => at(alert, "properties.scopes"));
    expect(watching("param serviceHealthAlert = true")).toEqual([
      [`/subscriptions/${"0".repeat(8)}-0000-0000-0000-${"0".repeat(12)}`],
    ]);
    expect(watching("")).toEqual([]);
  });

  it("tells nobody, and probes for nobody, where alerts are off", () => {
    const snapshot = variant("param alertsEnabled = false");
    const [test] = all(snapshot, "Microsoft.Insights/webtests");
    expect(at(test, "properties.Enabled")).toBe(false);
    for (const type of ["scheduledQueryRules", "metricAlerts", "activityLogAlerts"])
      for (const alert of all(snapshot, `Microsoft.Insights/${type}`))
        expect(at(alert, "properties.enabled")).toBe(false);
  });
});
