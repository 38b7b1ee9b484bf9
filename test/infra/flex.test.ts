import { all, appSettings, at, environments, leaves, main, one } from "./snapshot.ts";

// What must-be/ has whole, these name for whoever changes it: ARM error 51021, and what the platform ignores: all of it is accepted in one region and fails in another.
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

  it("is a function app on Linux", () => {
    expect(app["kind"]).toBe("functionapp,linux");
  });

  it("has no property that the plan refuses", () => {
    const names = [...leaves(at(app, "properties"))].map(({ key }) => key);
    expect(names.filter((name) => refusedProperties.includes(name))).toEqual([]);
    expect(all(snapshot, "Microsoft.Web/sites/config")).toEqual([]);
  });

  it("has no setting that the plan refuses", () => {
    expect(Object.keys(appSettings(snapshot)).filter((name) => refusedSettings.includes(name))).toEqual([]);
  });

  it("has storage in as many zones as it is in itself", () => {
    const zones = at(plan, "properties.zoneRedundant");
    expect(at(one(snapshot, "Microsoft.Storage/storageAccounts"), "sku.name")).toBe(
      zones === true ? "Standard_ZRS" : "Standard_LRS",
    );
  });
});
