// Compares the examples dev and dr, which have no snapshots, with prod.
import { hasCompiler, snapshotText } from "./compiler.ts";
import {
  bootstrap,
  main,
  readProjectFile,
  type Resource,
  type Snapshot,
  text,
} from "./snapshot.ts";

/** Compiles an example under the name prod, so that names and ids match those of prod. */
async function compileAsProd(example: "dev" | "dr", file: "main" | "bootstrap"): Promise<Snapshot> {
  const path = `environments/examples/${example}/${file}.bicepparam`;
  const content = readProjectFile(`infra/${path}`).replace(
    `environmentName = '${example}'`,
    "environmentName = 'prod'",
  );
  const group = file === "main" ? "rg-okta8x8-prod" : null;
  const compiled = await snapshotText(path, group, { content, placeholders: "allowed" });
  return JSON.parse(compiled) as Snapshot;
}

function differences(prod: Snapshot, other: Snapshot): readonly string[] {
  const [ours, theirs] = [prod, other].map(
    ({ predictedResources }) => new Map(predictedResources.map((one) => [one.id, one])),
  ) as [Map<string, Resource>, Map<string, Resource>];
  const only = (sign: string, some: Map<string, Resource>, others: Map<string, Resource>) =>
    [...some.values()].filter(({ id }) => !others.has(id)).map(({ type }) => `${sign} ${type}`);
  const changed = [...ours.values()].flatMap((resource) => {
    const its = theirs.get(resource.id);
    return its === undefined ? [] : changes(resource, its, resource.type.split("/").at(-1) ?? "");
  });
  const all = [...only("without", ours, theirs), ...only("with", theirs, ours), ...changed];
  return [...new Set(all)].sort();
}

function changes(one: unknown, other: unknown, path: string): readonly string[] {
  if (JSON.stringify(one) === JSON.stringify(other)) return [];
  if (!isObject(one) || !isObject(other)) return [`${path}: ${said(one)} → ${said(other)}`];
  const [ours, theirs] = [one, other].map(byName) as [Properties, Properties];
  const keys = new Set([...Object.keys(ours), ...Object.keys(theirs)]);
  return [...keys].flatMap((key) =>
    changes(ours[key], theirs[key], `${path}.${key}`.replace(".properties.", ".")),
  );
}

const said = (value: unknown) =>
  value === undefined ? "unset" : JSON.stringify(value).replace(/"\/subscriptions\/.*\//, '"');

type Properties = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Properties =>
  typeof value === "object" && value !== null;

/** Returns a list of app settings as an object, because their order does not matter. */
function byName(value: Properties): Properties {
  if (!Array.isArray(value) || text(value[0], "value") === "") return value;
  return Object.fromEntries(value.map((it) => [text(it, "name"), text(it, "value")]));
}

(!hasCompiler ? describe.skip : describe)("examples without a snapshot", () => {
  it("the example dr differs from prod only in its zones, its addresses and the alert no-traffic", async () => {
    expect(differences(main.prod, await compileAsProd("dr", "main"))).toEqual([
      'networkSecurityGroups.securityRules.0.destinationAddressPrefix: "10.80.0.0/25" → "10.81.0.0/25"',
      'networkSecurityGroups.securityRules.1.destinationAddressPrefix: "10.80.0.128/25" → "10.81.0.128/25"',
      "scheduledQueryRules.enabled: true → false",
      "serverfarms.zoneRedundant: true → false",
      'virtualNetworks.addressSpace.addressPrefixes.0: "10.80.0.0/24" → "10.81.0.0/24"',
      'virtualNetworks.subnets.0.addressPrefix: "10.80.0.0/25" → "10.81.0.0/25"',
      'virtualNetworks.subnets.1.addressPrefix: "10.80.0.128/25" → "10.81.0.128/25"',
    ]);
  });

  it("the example dev has no alerts, no network and no purge protection", async () => {
    expect(differences(main.prod, await compileAsProd("dev", "main"))).toEqual([
      "serverfarms.zoneRedundant: true → false",
      "sites.functionAppConfig.scaleAndConcurrency.alwaysReady.0.instanceCount: 2 → 1",
      'sites.siteConfig.appSettings.EIGHT_BY_EIGHT_SMS_SUBACCOUNT: "example_otp" → "example_dev_otp"',
      'sites.siteConfig.appSettings.EIGHT_BY_EIGHT_VOICE_SOURCE: "6588000000" → unset',
      'sites.siteConfig.appSettings.EIGHT_BY_EIGHT_VOICE_SUBACCOUNT: "example_voice" → unset',
      'sites.siteConfig.appSettings.PHONE_POLICY_ALLOWED_COUNTRIES: "example" → unset',
      'sites.virtualNetworkSubnetId: "app" → null',
      'storageAccounts.networkAcls.defaultAction: "Deny" → "Allow"',
      'storageAccounts.publicNetworkAccess: "Disabled" → "Enabled"',
      "vaults.enablePurgeProtection: true → null",
      'vaults.networkAcls.defaultAction: "Deny" → "Allow"',
      'vaults.publicNetworkAccess: "Disabled" → "Enabled"',
      "without Microsoft.Insights/actionGroups",
      "without Microsoft.Insights/activityLogAlerts",
      "without Microsoft.Insights/metricAlerts",
      "without Microsoft.Insights/scheduledQueryRules",
      "without Microsoft.Insights/webtests",
      "without Microsoft.Network/natGateways",
      "without Microsoft.Network/networkSecurityGroups",
      "without Microsoft.Network/privateDnsZones",
      "without Microsoft.Network/privateDnsZones/virtualNetworkLinks",
      "without Microsoft.Network/privateEndpoints",
      "without Microsoft.Network/privateEndpoints/privateDnsZoneGroups",
      "without Microsoft.Network/publicIPAddresses",
      "without Microsoft.Network/virtualNetworks",
      "without microsoft.alertsManagement/smartDetectorAlertRules",
      "workspaces.workspaceCapping.dailyQuotaGb: 5 → 1",
    ]);
  });

  it("the bootstrap of dev equals that of prod, and the bootstrap of dr differs only in the region", async () => {
    expect(differences(bootstrap.prod, await compileAsProd("dev", "bootstrap"))).toEqual([]);
    expect(differences(bootstrap.prod, await compileAsProd("dr", "bootstrap"))).toEqual([
      'resourceGroups.location: "westeurope" → "northeurope"',
      'userAssignedIdentities.location: "westeurope" → "northeurope"',
    ]);
  });
});
