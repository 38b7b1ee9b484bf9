import { all, appSettings, at, environments, leaves, list, main, one, text } from "./snapshot.ts";

// ARM error 51021, and what the platform ignores: all of it is accepted in one region and fails in another.
const refusedProperties = [
  "ftpsState",
  "linuxFxVersion",
  "windowsFxVersion",
  "netFrameworkVersion",
  "use32BitWorkerProcess",
  "preWarmedInstanceCount",
  "minimumElasticInstanceCount",
  "functionsRuntimeScaleMonitoringEnabled",
  "functionAppScaleLimit",
  "alwaysOn",
  "numberOfWorkers",
  "healthCheckPath",
  "cors",
];
const refusedSettings = [
  "FUNCTIONS_WORKER_RUNTIME",
  "FUNCTIONS_WORKER_RUNTIME_VERSION",
  "FUNCTIONS_EXTENSION_VERSION",
  "FUNCTIONS_WORKER_PROCESS_COUNT",
  "FUNCTIONS_MAX_HTTP_CONCURRENCY",
  "FUNCTIONS_WORKER_DYNAMIC_CONCURRENCY_ENABLED",
  "WEBSITE_RUN_FROM_PACKAGE",
  "WEBSITE_CONTENTAZUREFILECONNECTIONSTRING",
  "WEBSITE_CONTENTSHARE",
  "WEBSITE_CONTENTOVERVNET",
  "WEBSITE_NODE_DEFAULT_VERSION",
  "WEBSITE_MAX_DYNAMIC_APPLICATION_SCALE_OUT",
  "WEBSITE_VNET_ROUTE_ALL",
  "WEBSITE_DNS_SERVER",
  "WEBSITE_SKIP_CONTENTSHARE_VALIDATION",
  "WEBSITE_MOUNT_ENABLED",
  "WEBSITE_USE_PLACEHOLDER_DOTNETISOLATED",
  "WEBSITE_TIME_ZONE",
  "WEBSITE_LOAD_CERTIFICATES",
  "SCM_DO_BUILD_DURING_DEPLOYMENT",
  "ENABLE_ORYX_BUILD",
  "TZ",
  // A connection string shadows the identity.
  "AzureWebJobsStorage",
];

describe.each(environments)("the app on Flex Consumption (%s)", (environment) => {
  const snapshot = main[environment];
  const plan = one(snapshot, "Microsoft.Web/serverfarms");
  const app = one(snapshot, "Microsoft.Web/sites");
  const config = at(app, "properties.functionAppConfig");

  it("runs Node 24 on Linux, alone on its FC1 plan", () => {
    expect(plan["sku"]).toEqual({ name: "FC1", tier: "FlexConsumption" });
    expect(at(plan, "properties.reserved")).toBe(true);
    expect(app["kind"]).toBe("functionapp,linux");
    expect(at(app, "properties.serverFarmId")).toBe(plan.id);
    expect(at(config, "runtime")).toEqual({ name: "node", version: "24" });
  });

  it("has no property that the plan refuses", () => {
    const names = [...leaves(at(app, "properties"))].map(({ key }) => key);
    expect(names.filter((name) => refusedProperties.includes(name))).toEqual([]);
    expect(all(snapshot, "Microsoft.Web/sites/config")).toEqual([]);
  });

  it("has no setting that the plan refuses", () => {
    expect(Object.keys(appSettings(snapshot)).filter((name) => refusedSettings.includes(name))).toEqual([]);
  });

  it("keeps instances warm, each busy with requests by the dozen, and two where zones or rolling updates need them", () => {
    const scale = at(config, "scaleAndConcurrency");
    expect([2048, 4096]).toContain(at(scale, "instanceMemoryMB"));
    expect(at(scale, "triggers.http.perInstanceConcurrency")).toBeGreaterThanOrEqual(100);
    expect(at(scale, "maximumInstanceCount")).toBeGreaterThanOrEqual(40);
    const [pool, ...others] = list(scale, "alwaysReady");
    expect([at(pool, "name"), others]).toEqual(["http", []]);
    const needsTwo =
      at(plan, "properties.zoneRedundant") === true || at(config, "siteUpdateStrategy.type") === "RollingUpdate";
    expect(at(pool, "instanceCount")).toBeGreaterThanOrEqual(needsTwo ? 2 : 1);
  });

  it("loads its package with its identity from a container that is declared", () => {
    const storage = at(config, "deployment.storage");
    expect(at(storage, "authentication.type")).toBe("UserAssignedIdentity");
    const container = one(snapshot, "Microsoft.Storage/storageAccounts/blobServices/containers");
    const [account = "", , name = ""] = container.name.split("/");
    expect(text(storage, "value")).toBe(
      `[format('{0}{1}', format('https://{0}.blob.{1}/', '${account}', environment().suffixes.storage), '${name}')]`,
    );
  });

  it("has storage in as many zones as it is in itself", () => {
    const zones = at(plan, "properties.zoneRedundant");
    expect(at(one(snapshot, "Microsoft.Storage/storageAccounts"), "sku.name")).toBe(
      zones === true ? "Standard_ZRS" : "Standard_LRS",
    );
  });
});
