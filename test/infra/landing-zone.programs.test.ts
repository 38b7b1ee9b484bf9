import { noSubscription } from "../../tools/check-environment/bicep.ts";
import { alerts, name } from "./alerts.ts";
import { compileVariant as variant, hasCompiler } from "./compiler.ts";
import { all, appSettings, at, one, type Snapshot, text } from "./snapshot.ts";

const central =
  "/subscriptions/0/resourceGroups/rg-logs/providers/Microsoft.OperationalInsights/workspaces/log-central";
const subnets = `/subscriptions/${noSubscription}/resourceGroups/rg-hub/providers/Microsoft.Network/virtualNetworks/vnet-spoke/subnets`;
const zones =
  "/subscriptions/0/resourceGroups/rg-dns/providers/Microsoft.Network/privateDnsZones/privatelink";
const identities = "Microsoft.ManagedIdentity/userAssignedIdentities";
const identity = `/subscriptions/${noSubscription}/resourceGroups/rg-variant/providers/${identities}/id-of-ours`;

const network = (dnsZones: string) =>
  `param network = { mode: 'existing', appSubnetId: '${subnets}/otp-app', endpointSubnetId: '${subnets}/endpoints'${dnsZones} }`;
const landingZone = `
  param identity = 'id-of-ours'
  param workspaceId = '${central}'
  param stateTable = true
  ${network(`, dnsZones: { vault: '${zones}.vaultcore.azure.net', blob: '${zones}.blob.core.windows.net', table: '${zones}.table.core.windows.net' }`)}
`;
const ofNetwork = (snapshot: Snapshot) =>
  snapshot.predictedResources
    .filter(({ type }) => type.startsWith("Microsoft.Network/"))
    .map(({ type }) => type.replace("Microsoft.Network/", ""));
const logs = (snapshot: Snapshot) => all(snapshot, "Microsoft.Insights/diagnosticSettings");

(!hasCompiler ? describe.skip : describe)("a landing zone", () => {
  it("main.bicep uses the given subnets, closes vault and storage, and creates only private endpoints", async () => {
    const snapshot = await variant(landingZone);
    const app = one(snapshot, "Microsoft.Web/sites");
    expect(at(app, "properties.virtualNetworkSubnetId")).toBe(`${subnets}/otp-app`);
    for (const endpoint of all(snapshot, "Microsoft.Network/privateEndpoints"))
      expect(at(endpoint, "properties.subnet")).toEqual({ id: `${subnets}/endpoints` });
    for (const type of ["Microsoft.KeyVault/vaults", "Microsoft.Storage/storageAccounts"])
      expect(one(snapshot, type)).toMatchObject({
        properties: { publicNetworkAccess: "Disabled", networkAcls: { defaultAction: "Deny" } },
      });
    expect(ofNetwork(snapshot).sort()).toEqual([
      ...Array<string>(3).fill("privateEndpoints"),
      ...Array<string>(3).fill("privateEndpoints/privateDnsZoneGroups"),
    ]);
    expect(snapshot.outputs["outboundAddress"]).toBe("");
  });

  it("main.bicep registers the endpoints in the given DNS zones, and without zones lets a policy register them", async () => {
    const groups = all(
      await variant(landingZone),
      "Microsoft.Network/privateEndpoints/privateDnsZoneGroups",
    );
    expect(groups.map((group) => at(group, "properties.privateDnsZoneConfigs"))).toEqual(
      [
        ["vault", "vaultcore.azure.net"],
        ["blob", "blob.core.windows.net"],
        ["table", "table.core.windows.net"],
      ].map(([name, zone]) => [{ name, properties: { privateDnsZoneId: `${zones}.${zone}` } }]),
    );
    expect(ofNetwork(await variant(network("")))).toEqual(["privateEndpoints", "privateEndpoints"]);
  });

  it("with a central workspace, main.bicep creates no workspace, and sends every audit log there", async () => {
    const [ours, theirs] = [await variant("param stateTable = true"), await variant(landingZone)];
    const type = "Microsoft.OperationalInsights/workspaces";
    expect(all(theirs, type)).toEqual([]);
    expect(logs(theirs)).toHaveLength(4);
    expect(JSON.stringify(logs(theirs))).toBe(
      JSON.stringify(logs(ours)).replaceAll(one(ours, type).id, central),
    );
  });

  it("in a central workspace, main.bicep limits the alerts on the vault's log to rows of the app's vault", async () => {
    const snapshot = await variant(landingZone);
    const vault = one(snapshot, "Microsoft.KeyVault/vaults").id;
    const rules = alerts(snapshot).filter((it) => /vault-failing|secret-read/.test(name(it)));
    expect(rules).toHaveLength(2);
    for (const rule of rules) {
      expect(at(rule, "properties.scopes")).toEqual([central]);
      const query = text(rule, "properties.criteria.allOf.0.query");
      expect(query).toContain(`_ResourceId =~ "${vault}"`);
      expect(query).toContain(`"${identity}"`);
    }
  });

  it("main.bicep creates all alerts except daily-cap, because the workspace's owner sets the cap", async () => {
    const without = alerts(await variant("")).map(name);
    expect(alerts(await variant(landingZone)).map(name)).toEqual(
      without.filter((alert) => alert !== "daily-cap"),
    );
  });

  it("main.bicep uses a given identity for settings and the package, and creates no identity and no role assignment", async () => {
    const snapshot = await variant(landingZone);
    const reference = `reference('${identity}', '2024-11-30')`;
    for (const type of [identities, "Microsoft.Authorization/roleAssignments"])
      expect(all(snapshot, type)).toEqual([]);
    expect(appSettings(snapshot)["AZURE_CLIENT_ID"]).toBe(`[${reference}.clientId]`);
    const app = one(snapshot, "Microsoft.Web/sites");
    expect(app["identity"]).toEqual({
      type: "UserAssigned",
      userAssignedIdentities: { [identity]: {} },
    });
    expect(JSON.stringify(app["properties"])).toContain(
      `"userAssignedIdentityResourceId":"${identity}"`,
    );
  });

  it("main.bicep writes no diagnostic setting if a policy writes them, or if they are unchanged", async () => {
    for (const choice of ["policy", "unchanged"]) {
      const more = `param diagnosticSettings = '${choice}'\nparam stateTable = true`;
      expect(logs(await variant(more))).toEqual([]);
    }
    expect(logs(await variant("param stateTable = true"))).toHaveLength(4);
  });
});
