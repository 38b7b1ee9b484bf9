import { type Area, inFile } from "./mutation.ts";

// What no environment of ours chooses shows only where a variant is compiled, which takes a minute for each.
export const choices: Area = {
  name: "choices",
  tests: [
    ...["test/infra/variants", "test/infra/action-groups", "test/infra/state-table", "test/infra/identity"],
    ...["test/infra/alert-choice", "test/infra/central-workspace", "test/infra/operator-subnet"],
  ],
  mutations: [
    ...inFile(
      "infra/main.bicep",
      [
        "userAssignedIdentities@2024-11-30' = if (empty(identity)) {",
        "userAssignedIdentities@2024-11-30' = {",
        "The pipeline writes the app's identity, which it may not: every deployment fails.",
      ],
      [
        "empty(identity) ? 'id-${suffix}' : identity",
        "'id-${suffix}'",
        "The app runs as another identity than the one that is named.",
      ],
      [
        "var hasAlerts = alerts != 'none'",
        "var hasAlerts = alerts == 'all'",
        "Who chose what is essential has no alert at all.",
      ],
    ),
    ...inFile(
      "infra/modules/log-alerts.bicep",
      [
        "(alerts == 'all' || rule.essential)",
        "alerts == 'all'",
        "Codes fail for everybody, and who chose what is essential is not woken.",
      ],
      ["!(centralWorkspace && rule.name == 'daily-cap')", "!centralWorkspace", "A central workspace has no alert."],
    ),
    ...inFile("infra/modules/monitoring.bicep", [
      "empty(centralWorkspaceId) ? workspace.id : centralWorkspaceId",
      "workspace.id",
      "Telemetry goes to a workspace that is not there.",
    ]),
    ...inFile("infra/queries/alerts/secret-read.kql", [
      '| where _ResourceId =~ "{vaultId}"\n',
      "",
      "Every read of any vault that logs to the central workspace is an alert: nobody reads them any more.",
    ]),
    ...inFile(
      "infra/modules/network.bicep",
      ["from: '168.63.129.16'", "from: 'Internet'", "The machine that seeds secrets is open to everybody's SSH."],
      [
        "    networkSecurityGroup: { id: operatorRules.id }\n",
        "",
        "The machine that seeds secrets is open on every port to all peered networks.",
      ],
      [
        "empty(operatorSubnet) ? [] : [operatorSubnet])",
        "[])",
        "The operators' subnet is outside of the network: the deployment fails.",
      ],
    ),
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
