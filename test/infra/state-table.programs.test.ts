// Tests everything that the parameter stateTable adds.
import { compileVariant, hasCompiler } from "./compiler.ts";
import { all, appSettings, list, one, type Snapshot } from "./snapshot.ts";

const types = ["tableServices", "tableServices/tables"].map(
  (type) => `Microsoft.Storage/storageAccounts/${type}`,
);
const subnets =
  "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-hub/providers/Microsoft.Network/virtualNetworks/vnet-spoke/subnets";
const zones = "/subscriptions/0/resourceGroups/rg-dns/providers/Microsoft.Network/privateDnsZones";
const existing = (dnsZones: string) =>
  `param network = { mode: 'existing', appSubnetId: '${subnets}/app', endpointSubnetId: '${subnets}/endpoints'${dnsZones} }`;
const centralZones = (table: string) =>
  `, dnsZones: { vault: '${zones}/vault', blob: '${zones}/blob'${table} }`;

const variant = (choices = "") => compileVariant(`param stateTable = true\n${choices}`);

function tableEndpoints(snapshot: Snapshot) {
  const ours = ({ name }: { readonly name: string }) => name.startsWith("pep-table-");
  return {
    endpoints: all(snapshot, "Microsoft.Network/privateEndpoints").filter(ours),
    records: all(snapshot, "Microsoft.Network/privateEndpoints/privateDnsZoneGroups").filter(ours),
  };
}

// Without a Bicep compiler, these tests are skipped, and compiler.programs.test.ts reports that.
(!hasCompiler ? describe.skip : describe)("the table of codes", () => {
  it("main.bicep creates no table of codes by default, and no role, log or endpoint for it", async () => {
    const snapshot = await compileVariant("param network = { mode: 'private' }");
    expect(types.flatMap((type) => all(snapshot, type))).toEqual([]);
    expect(tableEndpoints(snapshot)).toEqual({ endpoints: [], records: [] });
    expect(all(snapshot, "Microsoft.Authorization/roleAssignments")).toHaveLength(3);
    expect(all(snapshot, "Microsoft.Insights/diagnosticSettings")).toHaveLength(3);
    expect(Object.keys(appSettings(snapshot)).filter((name) => /table/i.test(name))).toEqual([]);
  });

  it("the table is in the package's storage account, and the app and its host get its address", async () => {
    const snapshot = await variant();
    const account = one(snapshot, "Microsoft.Storage/storageAccounts");
    expect(types.flatMap((type) => all(snapshot, type)).map(({ name }) => name)).toEqual([
      `${account.name}/default`,
      `${account.name}/default/codes`,
    ]);
    const url = `[format('https://{0}.table.{1}', '${account.name}', environment().suffixes.storage)]`;
    // The app reads the first setting, and the host reads the second.
    for (const name of ["STATE_TABLE_URL", "AzureWebJobsStorage__tableServiceUri"])
      expect(appSettings(snapshot)[name]).toBe(url);
    expect(all(snapshot, "Microsoft.Network/privateEndpoints")).toEqual([]);
  });

  it("the app gets one more role, on the storage account, to read and write the table", async () => {
    const snapshot = await variant();
    const account = one(snapshot, "Microsoft.Storage/storageAccounts");
    const contributor = "0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3";
    const given = all(snapshot, "Microsoft.Authorization/roleAssignments");
    const [table, ...more] = given.filter((item) => JSON.stringify(item).includes(contributor));
    const app = given.find((item) =>
      JSON.stringify(item).includes("b7e6dc6d-f1e8-4753-8033-0f276bb0955b"),
    );
    expect([given.length, more]).toEqual([4, []]);
    expect(table?.id.startsWith(`${account.id}/providers/Microsoft.Authorization/`)).toBe(true);
    expect(table?.["properties"]).toEqual({
      ...(app?.["properties"] as object),
      roleDefinitionId: expect.stringMatching(`/roleDefinitions/${contributor}$`) as string,
    });
  });

  it("the table has a private endpoint and a DNS zone in a private network", async () => {
    const snapshot = await variant("param network = { mode: 'private' }");
    const account = one(snapshot, "Microsoft.Storage/storageAccounts");
    const network = one(snapshot, "Microsoft.Network/virtualNetworks");
    const zone = all(snapshot, "Microsoft.Network/privateDnsZones").find(({ name }) =>
      name.includes("privatelink.table"),
    );
    expect(zone?.name).toBe("[format('privatelink.table.{0}', environment().suffixes.storage)]");
    expect(all(snapshot, "Microsoft.Network/privateDnsZones/virtualNetworkLinks")).toHaveLength(3);
    const { endpoints, records } = tableEndpoints(snapshot);
    expect(endpoints.map((endpoint) => endpoint["properties"])).toEqual([
      {
        subnet: { id: `${network.id}/subnets/endpoints` },
        customNetworkInterfaceName: "nic-pep-table-okta8x8-test",
        privateLinkServiceConnections: [
          { name: "table", properties: { privateLinkServiceId: account.id, groupIds: ["table"] } },
        ],
      },
    ]);
    expect(records.map((record) => record["properties"])).toEqual([
      { privateDnsZoneConfigs: [{ name: "table", properties: { privateDnsZoneId: zone?.id } }] },
    ]);
  });

  it("main.bicep registers the table's endpoint in the given DNS zone, or leaves that to a policy", async () => {
    const central = tableEndpoints(
      await variant(existing(centralZones(`, table: '${zones}/table'`))),
    );
    expect(central.endpoints.map((endpoint) => endpoint["properties"])).toEqual([
      expect.objectContaining({ subnet: { id: `${subnets}/endpoints` } }) as unknown,
    ]);
    expect(
      central.records.map((record) => list(record, "properties.privateDnsZoneConfigs")),
    ).toEqual([[{ name: "table", properties: { privateDnsZoneId: `${zones}/table` } }]]);
    const byPolicy = tableEndpoints(await variant(existing("")));
    expect([byPolicy.endpoints.length, byPolicy.records]).toEqual([1, []]);
  });

  it("main.bicep refuses central DNS zones without one for tables", async () => {
    await expect(variant(existing(centralZones("")))).rejects.toThrow("Set network.dnsZones.table");
  });
});
