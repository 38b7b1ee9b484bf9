import { all, at, environments, list, main, one, text } from "./snapshot.ts";

const closed = ["Microsoft.KeyVault/vaults", "Microsoft.Storage/storageAccounts"];

describe.each(environments)("the network (%s)", (environment) => {
  const snapshot = main[environment];
  const isPrivate = all(snapshot, "Microsoft.Network/virtualNetworks").length > 0;
  const endpoints = all(snapshot, "Microsoft.Network/privateEndpoints");

  it.each(closed)("closes %s to the public if, and only if, there is a private way in", (type) => {
    const { properties } = one(snapshot, type);
    expect(at(properties, "publicNetworkAccess")).toBe(isPrivate ? "Disabled" : "Enabled");
    expect(at(properties, "networkAcls.defaultAction")).toBe(isPrivate ? "Deny" : "Allow");
    expect(at(properties, "networkAcls.bypass")).toBe("AzureServices");
  });

  it("has an endpoint, a zone and a link for each of vault and storage, or none of it", () => {
    const groups = endpoints.flatMap((item) =>
      list(item, "properties.privateLinkServiceConnections.0.properties.groupIds"),
    );
    expect(groups).toEqual(isPrivate ? ["vault", "blob"] : []);
    expect(all(snapshot, "Microsoft.Network/privateDnsZones")).toHaveLength(groups.length);
    expect(all(snapshot, "Microsoft.Network/privateDnsZones/virtualNetworkLinks")).toHaveLength(groups.length);
    expect(all(snapshot, "Microsoft.Network/privateEndpoints/privateDnsZoneGroups")).toHaveLength(groups.length);
  });

  it("joins the app to the network exactly where there is one", () => {
    const subnet = at(one(snapshot, "Microsoft.Web/sites"), "properties.virtualNetworkSubnetId");
    if (isPrivate) expect(subnet).toMatch(/\/virtualNetworks\/vnet-okta8x8-\w+\/subnets\/app$/);
    else expect(subnet).toBeNull();
  });
});

const withNetwork = environments.filter((name) => all(main[name], "Microsoft.Network/virtualNetworks").length > 0);

for (const environment of withNetwork)
  describe(`a private network (${environment})`, () => {
    const snapshot = main[environment];
    const [network] = all(snapshot, "Microsoft.Network/virtualNetworks");
    const [app, endpoints] = list(network, "properties.subnets");
    const [gateway] = all(snapshot, "Microsoft.Network/natGateways");

    it("delegates the app's subnet to Flex Consumption and keeps the endpoints apart", () => {
      expect(at(app, "properties.delegations.0.properties.serviceName")).toBe("Microsoft.App/environments");
      expect(at(endpoints, "properties.delegations")).toBeUndefined();
    });

    it("guards every subnet", () => {
      for (const subnet of [app, endpoints])
        expect(text(subnet, "properties.networkSecurityGroup.id")).toContain("/networkSecurityGroups/nsg-");
      expect(at(endpoints, "properties.defaultOutboundAccess")).toBe(false);
    });

    it("is left by the gateway's one static address, or by Azure's way out where there is no gateway", () => {
      const addresses = all(snapshot, "Microsoft.Network/publicIPAddresses");
      expect(at(app, "properties.defaultOutboundAccess")).toBe(gateway === undefined);
      expect(at(app, "properties.natGateway.id")).toBe(gateway?.id);
      expect(at(gateway, "properties.publicIpAddresses.0.id")).toBe(addresses[0]?.id);
      expect(addresses.map((address) => at(address, "properties.publicIPAllocationMethod"))).toEqual(
        gateway === undefined ? [] : ["Static"],
      );
      expect(snapshot.outputs["outboundAddress"]).toContain("outputs.outboundAddress");
    });

    it("resolves the names that Azure gives to private vaults and storage accounts", () => {
      expect(all(snapshot, "Microsoft.Network/privateDnsZones").map(({ name }) => name)).toEqual(
        expect.arrayContaining([
          "[format('privatelink{0}', replace(environment().suffixes.keyvaultDns, '.vault.', '.vaultcore.'))]",
          "[format('privatelink.blob.{0}', environment().suffixes.storage)]",
        ]),
      );
    });
  });
