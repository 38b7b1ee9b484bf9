import { type Area, inFile, onResources } from "./mutation.ts";

export const network: Area = {
  name: "network",
  tests: onResources,
  mutations: [
    ...inFile(
      "infra/main.bicep",
      [
        "'vnet-${suffix}', 'endpoints')",
        "'vnet-${suffix}', 'app')",
        "The endpoints take the app's subnet, which is the app's alone: the deployment fails.",
      ],
      [
        "'vnet-${suffix}', 'app')",
        "'vnet-${suffix}', 'endpoints')",
        "The app joins a subnet that is not made for it: it does not start.",
      ],
      ["zoneNames.vault)", "zoneNames.blob)", "The vault's name leads nowhere: no secret is loaded."],
    ),
    ...inFile("infra/modules/private-endpoint.bicep", [
      "groupIds: [groupId]",
      "groupIds: ['blob']",
      "The vault has no private way in: no secret is loaded.",
    ]),
    ...inFile(
      "infra/modules/network.bicep",
      [
        "registrationEnabled: false",
        "registrationEnabled: true",
        "Any machine in the network can take the vault's name.",
      ],
      [
        "direction: 'Outbound'\n            access: 'Deny'",
        "direction: 'Outbound'\n            access: 'Allow'",
        "Who has taken the app over reaches every machine of the peered networks.",
      ],
      [
        "direction: 'Inbound'\n    access: 'Deny'",
        "direction: 'Inbound'\n    access: 'Allow'",
        "Every port of the endpoints is open to the network.",
      ],
      [
        "destinationPortRange: '443'",
        "destinationPortRange: '*'",
        "Every port of the endpoints is open to the network.",
      ],
      [
        "sourceAddressPrefix: 'VirtualNetwork'",
        "sourceAddressPrefix: '*'",
        "Whatever reaches the subnet may call the endpoints.",
      ],
      [
        "protocol: 'Tcp'\n    to: 'Internet'\n    port: '443'",
        "protocol: '*'\n    to: '*'\n    port: '*'",
        "Secrets can be carried out by any port to any machine.",
      ],
      ["      networkSecurityGroup: { id: appRules.id }\n", "", "No rule says where the app may go."],
      ["      networkSecurityGroup: { id: endpointRules.id }\n", "", "No rule says who may reach vault and storage."],
      [
        "'Microsoft.App/environments'",
        "'Microsoft.Web/serverFarms'",
        "Flex Consumption cannot join the subnet: the deployment fails.",
      ],
      [
        "privateEndpointNetworkPolicies: 'Enabled'",
        "privateEndpointNetworkPolicies: 'Disabled'",
        "The rules of the endpoints' subnet do not hold for endpoints.",
      ],
      [
        "publicIPAllocationMethod: 'Static'",
        "publicIPAllocationMethod: 'Dynamic'",
        "8x8's allow list turns codes away when the address changes.",
      ],
      [
        "way out.\n      defaultOutboundAccess: !natGateway",
        "way out.\n      defaultOutboundAccess: true",
        "The app leaves by addresses that are not on 8x8's allow list.",
      ],
    ),
    ...inFile(
      "infra/environments/examples/dr/main.bicepparam",
      [
        "{ mode: 'private', addressPrefix: '10.81.0.0/24', natGateway: true }",
        "{ mode: 'public' }",
        "The stand-by's vault, with production's secrets, is on the internet.",
      ],
      [
        "param standby = true\n",
        "",
        "Somebody gets an alert every day that nobody calls the stand-by, and stops reading alerts.",
      ],
      ["  REFUSED_ANSWER: 'suppress'\n", "", "After a failover toll fraud goes through Okta's own provider."],
    ),
  ],
};
