import { compileVariant as variant, hasCompiler } from "./compiler.ts";
import { all, appSettings, at, list, one, type Snapshot, text } from "./snapshot.ts";

const more = Array.from({ length: 20 }, (_, i) => `t${i}: 'x'`).join(", ");
const everything = `
  param stateTable = true
  param network = { mode: 'private', addressPrefix: '10.80.0.64/26', natGateway: true, operatorSubnet: '10.80.1.0/28' }
  param extraTags = { 'Cost Center (IT)': '4711', '2nd': 'x', Owner_1: 'iam', ${more} }
`;
const little = "param network = { mode: 'private', operatorSubnet: '10.80.1.0/28' }";
const network = (snapshot: Snapshot) => one(snapshot, "Microsoft.Network/virtualNetworks");
const subnets = (snapshot: Snapshot) => list(network(snapshot), "properties.subnets");
const named = (snapshot: Snapshot, type: string, name: string) =>
  all(snapshot, `Microsoft.Network/${type}`).find((it) => it.name.startsWith(name));

(!hasCompiler ? describe.skip : describe)("a network of its own", () => {
  it("main.bicep splits an address range smaller than /24 into two subnets, and adds the operators' subnet", async () => {
    const snapshot = await variant(everything);
    expect(at(network(snapshot), "properties.addressSpace.addressPrefixes")).toEqual([
      "10.80.0.64/26",
      "10.80.1.0/28",
    ]);
    expect(
      subnets(snapshot).map((it) => [at(it, "name"), at(it, "properties.addressPrefix")]),
    ).toEqual([
      ["app", "10.80.0.64/27"],
      ["endpoints", "10.80.0.96/27"],
      ["operators", "10.80.1.0/28"],
    ]);
  });

  it("main.bicep lets only SSH from the network and from Bastion Developer reach the operators' subnet", async () => {
    const snapshot = await variant(everything);
    const guard = named(snapshot, "networkSecurityGroups", "nsg-operators-");
    const rules = list(guard, "properties.securityRules").map((rule) => [
      at(rule, "name"),
      ...["priority", "access", "protocol", "sourceAddressPrefix", "destinationPortRange"].map(
        (key) => at(rule, `properties.${key}`),
      ),
    ]);
    expect(rules).toEqual([
      ["ssh-from-the-network", 100, "Allow", "Tcp", "VirtualNetwork", "22"],
      ["ssh-from-bastion", 110, "Allow", "Tcp", "168.63.129.16", "22"],
      ["nothing-else", 4096, "Deny", "*", "*", "*"],
    ]);
    expect(at(subnets(snapshot)[2], "properties.networkSecurityGroup.id")).toBe(guard?.id);
  });

  it("main.bicep sends traffic through a NAT gateway, or by default through Azure's outbound access", async () => {
    const ways = async (choices: string) =>
      subnets(await variant(choices))
        .filter((it) => at(it, "name") !== "endpoints")
        .map((it) => [
          at(it, "properties.defaultOutboundAccess"),
          at(it, "properties.natGateway") !== null,
        ]);
    expect(await ways(everything)).toEqual(Array(2).fill([false, true]));
    expect(await ways(little)).toEqual(Array(2).fill([true, false]));
    expect(all(await variant(little), "Microsoft.Network/publicIPAddresses")).toEqual([]);
  });

  it("main.bicep gives DNS zones only the tags that zones accept", async () => {
    const { predictedResources } = await variant(everything);
    const tagged = predictedResources.filter(({ tags }) => tags !== undefined);
    const without = tagged.filter(({ tags }) => tags?.["Cost Center (IT)"] !== "4711");
    expect([...new Set(without.map(({ type }) => type))]).toEqual([
      "Microsoft.Network/privateDnsZones",
      "Microsoft.Network/privateDnsZones/virtualNetworkLinks",
    ]);
    for (const { tags = {} } of without) {
      expect(Object.keys(tags)).toHaveLength(15);
      expect(tags).toMatchObject({ environment: "test", Owner_1: "iam" });
      expect(tags).not.toHaveProperty("2nd");
    }
  });

  it("with stateTable, main.bicep creates a table of codes with an endpoint, a DNS zone and a log of reads", async () => {
    const snapshot = await variant(everything);
    const account = one(snapshot, "Microsoft.Storage/storageAccounts");
    const url = `[format('https://{0}.table.{1}', '${account.name}', environment().suffixes.storage)]`;
    // The app reads the first setting, and the host reads the second.
    for (const name of ["STATE_TABLE_URL", "AzureWebJobsStorage__tableServiceUri"])
      expect(appSettings(snapshot)[name]).toBe(url);
    expect(one(snapshot, "Microsoft.Storage/storageAccounts/tableServices/tables").name).toBe(
      `${account.name}/default/codes`,
    );
    const zone = all(snapshot, "Microsoft.Network/privateDnsZones").find(({ name }) =>
      name.includes("privatelink.table"),
    );
    expect(named(snapshot, "privateEndpoints", "pep-table-")).toMatchObject({
      properties: {
        subnet: { id: `${network(snapshot).id}/subnets/endpoints` },
        privateLinkServiceConnections: [
          { properties: { privateLinkServiceId: account.id, groupIds: ["table"] } },
        ],
      },
    });
    expect(named(snapshot, "privateEndpoints/privateDnsZoneGroups", "pep-table-")).toMatchObject({
      properties: {
        privateDnsZoneConfigs: [{ name: "table", properties: { privateDnsZoneId: zone?.id } }],
      },
    });
    // The file storage.bicep explains why only reads are logged.
    const logs = all(snapshot, "Microsoft.Insights/diagnosticSettings");
    expect(logs.find(({ name }) => name === "who-read-the-table")).toMatchObject({
      properties: { logs: [{ category: "StorageRead", enabled: true }] },
    });
  });

  it("without stateTable, main.bicep creates no table, and no role, log, endpoint or DNS zone for a table", async () => {
    const counts = (of: Snapshot) =>
      [
        ...["Storage/storageAccounts/tableServices", "Authorization/roleAssignments"],
        ...["Insights/diagnosticSettings", "Network/privateEndpoints", "Network/privateDnsZones"],
      ].map((type) => all(of, `Microsoft.${type}`).length);
    const without = await variant(little);
    expect([counts(await variant(everything)), counts(without)]).toEqual([
      [1, 4, 4, 3, 3],
      [0, 3, 3, 2, 2],
    ]);
    expect(Object.keys(appSettings(without)).filter((name) => /table/i.test(name))).toEqual([]);
  });

  it("with stateTable, main.bicep grants the app one more role on the storage account, for the table", async () => {
    const snapshot = await variant(everything);
    const account = one(snapshot, "Microsoft.Storage/storageAccounts");
    const given = all(snapshot, "Microsoft.Authorization/roleAssignments");
    const [table, ...others] = given.filter((item) =>
      text(item, "properties.roleDefinitionId").endsWith("/0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3"),
    );
    expect([given.length, others]).toEqual([4, []]);
    expect(table?.id.startsWith(`${account.id}/providers/Microsoft.Authorization/`)).toBe(true);
    expect(at(table, "properties.principalId")).toBe(at(given[0], "properties.principalId"));
  });
});
