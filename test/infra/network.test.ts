// Compares the complete lists of network rules, because an extra rule is as bad as a missing one.
import { all, at, list, main, one, type Snapshot, text, withAlerts } from "./snapshot.ts";

function subnetId(snapshot: Snapshot, name: string): string {
  return `${one(snapshot, "Microsoft.Network/virtualNetworks").id}/subnets/${name}`;
}

// variants.programs.test.ts tests an existing network, such as a landing zone's.
describe.each(withAlerts)("private network (%s)", (environment) => {
  const snapshot = main[environment];
  const network = one(snapshot, "Microsoft.Network/virtualNetworks");
  const space = text(network, "properties.addressSpace.addressPrefixes.0");
  const [app, endpoints] = [space.replace("/24", "/25"), space.replace(".0/24", ".128/25")];
  const gateway = one(snapshot, "Microsoft.Network/natGateways");
  const address = one(snapshot, "Microsoft.Network/publicIPAddresses");
  const guard = (name: string) =>
    all(snapshot, "Microsoft.Network/networkSecurityGroups").find(
      (group) => group.name === `nsg-${name}-okta8x8-${environment}`,
    );
  const rules = (name: string) =>
    list(guard(name), "properties.securityRules").map((rule) => [
      at(rule, "name"),
      at(rule, "properties"),
    ]);
  const anybody = {
    sourceAddressPrefix: "*",
    sourcePortRange: "*",
    destinationAddressPrefix: "*",
    destinationPortRange: "*",
  };
  const said = { description: expect.stringMatching(/\.$/) as string };

  it("the network has a subnet for the app and one for endpoints, both without default outbound access", () => {
    expect(network["properties"]).toEqual({
      addressSpace: { addressPrefixes: [expect.stringMatching(/\.0\/24$/)] },
      subnets: [
        {
          name: "app",
          properties: {
            addressPrefix: app,
            defaultOutboundAccess: false,
            natGateway: { id: gateway.id },
            networkSecurityGroup: { id: guard("app")?.id },
            delegations: [
              {
                name: "flex-consumption",
                properties: { serviceName: "Microsoft.App/environments" },
              },
            ],
          },
        },
        {
          name: "endpoints",
          properties: {
            addressPrefix: endpoints,
            defaultOutboundAccess: false,
            networkSecurityGroup: { id: guard("endpoints")?.id },
            privateEndpointNetworkPolicies: "Enabled",
          },
        },
      ],
    });
  });

  it("the app joins its subnet of the network", () => {
    const { properties } = one(snapshot, "Microsoft.Web/sites");
    expect(at(properties, "virtualNetworkSubnetId")).toBe(subnetId(snapshot, "app"));
  });

  it("the network has one static outbound address", () => {
    const standard = { name: "Standard" };
    expect([address["sku"], address["properties"]]).toEqual([
      standard,
      { publicIPAllocationMethod: "Static", publicIPAddressVersion: "IPv4" },
    ]);
    expect([gateway["sku"], gateway["properties"]]).toEqual([
      standard,
      { idleTimeoutInMinutes: 4, publicIpAddresses: [{ id: address.id }] },
    ]);
    expect(snapshot.outputs["outboundAddress"]).toContain("outputs.outboundAddress");
  });

  it("the network lets the app reach only its vault and storage, HTTPS, DNS and time servers", () => {
    const out = {
      ...said,
      direction: "Outbound",
      access: "Allow",
      // Instances may have addresses outside their subnet.
      sourceAddressPrefix: "*",
      sourcePortRange: "*",
    };
    const to = (
      priority: number,
      protocol: string,
      destinationAddressPrefix: string,
      destinationPortRange: string,
    ) => ({
      ...out,
      priority,
      protocol,
      destinationAddressPrefix,
      destinationPortRange,
    });
    expect(rules("app")).toEqual([
      ["inside", to(100, "*", app, "*")],
      ["endpoints", to(110, "Tcp", endpoints, "443")],
      ["internet", to(120, "Tcp", "Internet", "443")],
      ["names", to(130, "*", "168.63.129.16", "53")],
      ["clock", to(140, "Udp", "Internet", "123")],
      [
        "nothing-else",
        {
          ...said,
          priority: 4096,
          direction: "Outbound",
          access: "Deny",
          protocol: "*",
          ...anybody,
        },
      ],
    ]);
  });

  it("the network lets only HTTPS reach the private endpoints", () => {
    expect(rules("endpoints")).toEqual([
      [
        "https",
        {
          ...said,
          priority: 100,
          direction: "Inbound",
          access: "Allow",
          protocol: "Tcp",
          ...anybody,
          destinationPortRange: "443",
        },
      ],
      [
        "nothing-else",
        {
          ...said,
          priority: 4096,
          direction: "Inbound",
          access: "Deny",
          protocol: "*",
          ...anybody,
        },
      ],
    ]);
  });

  it("the network has private endpoints for vault and storage, each registered in its DNS zone", () => {
    const zones = all(snapshot, "Microsoft.Network/privateDnsZones");
    const named = (suffix: string) => zones.find(({ name }) => name.includes(suffix))?.id;
    const wanted = [
      ["vault", one(snapshot, "Microsoft.KeyVault/vaults").id, named("keyvaultDns")],
      ["blob", one(snapshot, "Microsoft.Storage/storageAccounts").id, named("suffixes.storage")],
    ] as const;
    expect(
      all(snapshot, "Microsoft.Network/privateEndpoints").map((endpoint) => endpoint["properties"]),
    ).toEqual(
      wanted.map(([group, service]) => ({
        subnet: { id: subnetId(snapshot, "endpoints") },
        customNetworkInterfaceName: `nic-pep-${group}-okta8x8-${environment}`,
        privateLinkServiceConnections: [
          { name: group, properties: { privateLinkServiceId: service, groupIds: [group] } },
        ],
      })),
    );
    const records = all(snapshot, "Microsoft.Network/privateEndpoints/privateDnsZoneGroups");
    expect(records.map((record) => [record.name, record["properties"]])).toEqual(
      wanted.map(([group, , zone]) => [
        `pep-${group}-okta8x8-${environment}/default`,
        { privateDnsZoneConfigs: [{ name: group, properties: { privateDnsZoneId: zone } }] },
      ]),
    );
  });

  it("the network has DNS zones for vaults and blobs, in which machines are not registered", () => {
    expect(all(snapshot, "Microsoft.Network/privateDnsZones").map(({ name }) => name)).toEqual([
      "[format('privatelink.blob.{0}', environment().suffixes.storage)]",
      "[format('privatelink{0}', replace(environment().suffixes.keyvaultDns, '.vault.', '.vaultcore.'))]",
    ]);
    const links = all(snapshot, "Microsoft.Network/privateDnsZones/virtualNetworkLinks");
    expect(links.map((link) => link["properties"])).toEqual(
      Array(2).fill({ virtualNetwork: { id: network.id }, registrationEnabled: false }),
    );
  });
});
