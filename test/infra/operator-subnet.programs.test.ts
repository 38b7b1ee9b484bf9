// Operators need a machine in this optional subnet to seed secrets in a closed vault.
import { compileVariant, hasCompiler } from "./compiler.ts";
import { all, at, list, one, type Snapshot } from "./snapshot.ts";

const variant = (more: string) =>
  compileVariant(`param network = { mode: 'private', addressPrefix: '10.80.0.0/24', ${more} }`);
const subnets = (snapshot: Snapshot) =>
  list(one(snapshot, "Microsoft.Network/virtualNetworks"), "properties.subnets");
const groups = (snapshot: Snapshot) => all(snapshot, "Microsoft.Network/networkSecurityGroups");

// Without a Bicep compiler, these tests are skipped, and compiler.programs.test.ts reports that.
(!hasCompiler ? describe.skip : describe)("a subnet for operators", () => {
  it("network.operatorSubnet adds a subnet outside the app's /24 and changes nothing else", async () => {
    const [without, having] = [
      await variant("natGateway: true"),
      await variant("natGateway: true, operatorSubnet: '10.80.1.0/28'"),
    ];
    const network = one(having, "Microsoft.Network/virtualNetworks");
    expect(at(network, "properties.addressSpace.addressPrefixes")).toEqual([
      "10.80.0.0/24",
      "10.80.1.0/28",
    ]);
    expect(subnets(having).slice(0, 2)).toEqual(subnets(without));
    expect(subnets(having)).toHaveLength(3);
    const others = (snapshot: Snapshot) =>
      snapshot.predictedResources.filter(
        ({ type, name }) =>
          type !== "Microsoft.Network/virtualNetworks" && !name.startsWith("nsg-operators-"),
      );
    expect(others(having)).toEqual(others(without));
    expect(groups(without).map(({ name }) => name)).toEqual([
      "nsg-app-okta8x8-test",
      "nsg-endpoints-okta8x8-test",
    ]);
  });

  it("only SSH from the network and from Bastion Developer reaches the operators' subnet", async () => {
    const snapshot = await variant("operatorSubnet: '10.80.1.0/28'");
    const guard = groups(snapshot).find(({ name }) => name === "nsg-operators-okta8x8-test");
    const said = { description: expect.stringMatching(/\.$/) as string };
    const rule = (priority: number, access: string, sourceAddressPrefix: string, port: string) => ({
      ...said,
      priority,
      direction: "Inbound",
      access,
      protocol: port === "*" ? "*" : "Tcp",
      sourceAddressPrefix,
      sourcePortRange: "*",
      destinationAddressPrefix: "*",
      destinationPortRange: port,
    });
    expect(guard?.["properties"]).toEqual({
      securityRules: [
        { name: "ssh-from-the-network", properties: rule(100, "Allow", "VirtualNetwork", "22") },
        { name: "ssh-from-bastion", properties: rule(110, "Allow", "168.63.129.16", "22") },
        { name: "nothing-else", properties: rule(4096, "Deny", "*", "*") },
      ],
    });
    expect(at(subnets(snapshot)[2], "properties.networkSecurityGroup.id")).toBe(guard?.id);
  });

  it("the operators' subnet uses the NAT gateway, or Azure's outbound access without a gateway", async () => {
    const ways = ["natGateway: true, ", ""].map(async (gateway) => {
      const [, , operators] = subnets(await variant(`${gateway}operatorSubnet: '10.80.1.0/28'`));
      const { delegations, defaultOutboundAccess, natGateway } = at(
        operators,
        "properties",
      ) as Record<string, unknown>;
      return [delegations, defaultOutboundAccess, natGateway !== null];
    });
    expect(await Promise.all(ways)).toEqual([
      [undefined, false, true],
      [undefined, true, false],
    ]);
  });
});
