// Compares the complete lists of network rules, because an extra rule is as bad as a missing one.
import { all, at, list, main, one, text } from "./snapshot.ts";

const snapshot = main.prod;
const network = one(snapshot, "Microsoft.Network/virtualNetworks");
const [app, endpoints] = ["10.80.0.0/25", "10.80.0.128/25"];
const guard = (name: string) =>
  all(snapshot, "Microsoft.Network/networkSecurityGroups").find(
    (group) => group.name === `nsg-${name}-okta8x8-prod`,
  );

function rules(name: string): readonly unknown[] {
  const found = list(guard(name), "properties.securityRules");
  for (const rule of found) {
    expect(text(rule, "properties.description")).toMatch(/\.$/);
    // Instances may have addresses outside their subnet.
    expect(at(rule, "properties")).toMatchObject({
      sourceAddressPrefix: "*",
      sourcePortRange: "*",
    });
  }
  const compared = ["priority", "direction", "access", "protocol"];
  return found.map((rule) => [
    at(rule, "name"),
    ...[...compared, "destinationAddressPrefix", "destinationPortRange"].map((key) =>
      at(rule, `properties.${key}`),
    ),
  ]);
}

it("the network lets the app reach only its vault, its storage, and servers for HTTPS, DNS and time", () => {
  expect(rules("app")).toEqual([
    ["inside", 100, "Outbound", "Allow", "*", app, "*"],
    ["endpoints", 110, "Outbound", "Allow", "Tcp", endpoints, "443"],
    ["internet", 120, "Outbound", "Allow", "Tcp", "Internet", "443"],
    ["names", 130, "Outbound", "Allow", "*", "168.63.129.16", "53"],
    ["clock", 140, "Outbound", "Allow", "Udp", "Internet", "123"],
    ["nothing-else", 4096, "Outbound", "Deny", "*", "*", "*"],
  ]);
});

it("the network lets only HTTPS reach the private endpoints", () => {
  expect(rules("endpoints")).toEqual([
    ["https", 100, "Inbound", "Allow", "Tcp", "*", "443"],
    ["nothing-else", 4096, "Inbound", "Deny", "*", "*", "*"],
  ]);
});

it("both subnets have a security group and no default outbound access, and the app is in its subnet", () => {
  expect(list(network, "properties.subnets")).toMatchObject(
    [app, endpoints].map((addressPrefix, i) => ({
      properties: {
        addressPrefix,
        defaultOutboundAccess: false,
        networkSecurityGroup: { id: guard(["app", "endpoints"][i] ?? "")?.id },
      },
    })),
  );
  const { properties } = one(snapshot, "Microsoft.Web/sites");
  expect(at(properties, "virtualNetworkSubnetId")).toBe(`${network.id}/subnets/app`);
});

it("vault and storage have private endpoints, each registered in its DNS zone", () => {
  const zones = all(snapshot, "Microsoft.Network/privateDnsZones");
  const named = (suffix: string) => zones.find(({ name }) => name.includes(suffix))?.id;
  const wanted = [
    ["vault", one(snapshot, "Microsoft.KeyVault/vaults").id, named("keyvaultDns")],
    ["blob", one(snapshot, "Microsoft.Storage/storageAccounts").id, named("suffixes.storage")],
  ] as const;
  expect(all(snapshot, "Microsoft.Network/privateEndpoints")).toMatchObject(
    wanted.map(([group, service]) => ({
      properties: {
        subnet: { id: `${network.id}/subnets/endpoints` },
        privateLinkServiceConnections: [
          { properties: { privateLinkServiceId: service, groupIds: [group] } },
        ],
      },
    })),
  );
  const records = all(snapshot, "Microsoft.Network/privateEndpoints/privateDnsZoneGroups");
  expect(records.map((record) => at(record, "properties.privateDnsZoneConfigs"))).toEqual(
    wanted.map(([group, , zone]) => [{ name: group, properties: { privateDnsZoneId: zone } }]),
  );
});
