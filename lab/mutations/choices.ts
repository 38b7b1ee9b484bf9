import { type Area, inFile } from "./mutation.ts";

// What no environment of ours chooses shows only where a variant is compiled, which takes a minute for each.
export const choices: Area = {
  name: "choices",
  tests: ["test/infra/variants", "test/infra/action-groups", "test/infra/state-table"],
  mutations: [
    ...inFile("infra/modules/front-firewall.bicep", [
      "negateCondition: true",
      "negateCondition: false",
      "The listed callers are refused and all others let in.",
    ]),
    ...inFile(
      "infra/modules/function-app.bicep",
      [
        "ipSecurityRestrictionsDefaultAction: empty(callers) ? 'Allow' : 'Deny'",
        "ipSecurityRestrictionsDefaultAction: empty(callers) ? 'Allow' : 'Allow'",
        "A list of callers keeps nobody out.",
      ],
      [
        "headers: { 'x-azure-fdid': [frontDoorId] }",
        "headers: { 'x-fd-healthprobe': [frontDoorId] }",
        "Anybody's Front Door may call past ours.",
      ],
    ),
    ...inFile("infra/main.bicep", [
      "var needsTwo = zoneRedundant || ",
      "var needsTwo = zoneRedundant && ",
      "Zones with one instance: one zone's outage stops every code.",
    ]),
    ...inFile("infra/modules/private-endpoint.bicep", [
      "if (!empty(dnsZoneId))",
      "if (empty(dnsZoneId))",
      "The endpoints are not registered: vault and storage are not found.",
    ]),
    ...inFile(
      "infra/modules/action-group.bicep",
      ["enabled: true", "enabled: false", "Every alert fires and nobody is notified."],
      [
        "for (sms, i) in receivers.?sms ?? []:",
        "for (sms, i) in take(receivers.?sms ?? [], 0):",
        "The telephones that the parameter names stay silent.",
      ],
      [
        "for webhook in receivers.?webhooks ?? []:",
        "for webhook in take(receivers.?webhooks ?? [], 0):",
        "The on-call service that the parameter names is not notified.",
      ],
      [
        "useAadAuth: true",
        "useAadAuth: false",
        "The on-call service takes alerts from whoever knows its URL, or none at all.",
      ],
    ),
    ...inFile("infra/modules/azure-alerts.bicep", [
      "scopes: [subscription().id]",
      "scopes: [resourceGroup().id]",
      "Azure's incidents are never about a resource group: the rule is silent.",
    ]),
  ],
};

/** What `stateTable` makes, which none of our environments chooses either. */
export const stateTable: Area = {
  name: "state-table",
  tests: ["test/infra/state-table"],
  mutations: [
    ...inFile(
      "infra/main.bicep",
      [
        "'Microsoft.Network/privateDnsZones', tableZoneName)",
        "'Microsoft.Network/privateDnsZones', zoneNames.blob)",
        "The table's name leads nowhere: no code is joined.",
      ],
      ["groupId: 'table'", "groupId: 'blob'", "The table has no private way in: no code is joined."],
      [
        "param stateTable bool = false",
        "param stateTable bool = true",
        "Who got a code is kept where nobody asked for it.",
      ],
    ),
    ...inFile(
      "infra/modules/storage.bicep",
      [
        "'0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3'",
        "'76199698-9eea-4c19-bc75-cec21354c6b6'",
        "The app may read which codes were sent, but not write or delete: none is joined.",
      ],
      [
        "category: 'StorageRead', enabled: true",
        "category: 'StorageRead', enabled: false",
        "Nobody sees who read which people got codes.",
      ],
      ["name: 'codes'", "name: 'sent'", "The app's table is not there, and the app may not make it."],
      [
        "name: 'guard'",
        "name: 'guards'",
        "Each instance counts for itself: ten of them let through ten times a limit.",
      ],
    ),
  ],
};
