import { type Area, inFile } from "./mutation.ts";

export const alerts: Area = {
  name: "alerts",
  tests: ["test/infra/must-be", "test/infra/alert", "test/infra/action-groups", "test/infra/psrule-platform"],
  mutations: [
    ...inFile("infra/modules/action-group.bicep", [
      "for (email, i) in receivers.emails:",
      "for (email, i) in skip(receivers.emails, 1):",
      "The first address, often the only one, is not notified.",
    ]),
    ...inFile(
      "infra/modules/log-alerts.bicep",
      [
        "enabled: !contains(quiet, rule.name)",
        "enabled: contains(quiet, rule.name)",
        "No rule on the hook's own events fires in production.",
      ],
      [
        "rule.reads == 'events' ? applicationInsightsId : workspaceId",
        "rule.reads == 'events' ? workspaceId : applicationInsightsId",
        "Every query looks where its table is not: no alert fires.",
      ],
      ["rule.?page ?? 'runbooks.md'", "'runbooks.md'", "The alert on toll fraud links a runbook that is not there."],
      ["autoMitigate: true", "autoMitigate: false", "An alert that nobody closes by hand keeps the next one silent."],
      [
        "rule.severity <= 1 ? pageGroupId : ticketGroupId",
        "rule.severity < 1 ? pageGroupId : ticketGroupId",
        "Nobody is woken when codes fail.",
      ],
      [
        "? 'Minimum' : 'Maximum'",
        "? 'Maximum' : 'Minimum'",
        "The worst row of a query is not the one that is compared.",
      ],
      ["?? 'GreaterThan'", "?? 'LessThan'", "Alerts fire while all is well and stop when it is not."],
      [
        "numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1",
        "numberOfEvaluationPeriods: 6, minFailingPeriodsToAlert: 6",
        "Codes fail for half an hour before anybody is woken.",
      ],
      [
        "skipQueryValidation: true",
        "skipQueryValidation: false",
        "The first deployment into an empty workspace fails: its tables are not there yet.",
      ],
      [
        "rule.?frequency ?? 'PT5M'",
        "rule.?frequency ?? 'PT1H'",
        "A rule looks once an hour: an outage is an hour old before anybody is woken.",
      ],
    ),
    ...inFile(
      "infra/modules/metric-alerts.bicep",
      [
        "scopes: [availabilityTestId, applicationInsightsId]",
        "scopes: [applicationInsightsId]",
        "Azure refuses the rule: a dead hook wakes nobody.",
      ],
      ["failedLocationCount: 2", "failedLocationCount: 5", "A hook that one continent cannot reach is no alert."],
      [
        "scope: vaultId",
        "scope: empty(vaultId) ? vaultId : appId",
        "The vault's health is asked of the app, which has no such metric.",
      ],
      ["scopes: [rule.scope]", "scopes: [vaultId]", "Cold starts are looked for in the vault."],
      ["warmPool * 4 / 5", "warmPool / 5", "The pool may lose four fifths of itself unnoticed."],
    ),
    ...inFile(
      "infra/modules/azure-alerts.bicep",
      [
        "'Microsoft.KeyVault/vaults/delete'",
        "'Microsoft.KeyVault/vaults/read'",
        "A deleted vault wakes nobody, and every look at it somebody.",
      ],
      [
        "equals: 'Microsoft.KeyVault/vaults/delete' }\n        { field: 'status', equals: 'Succeeded' }",
        "equals: 'Microsoft.KeyVault/vaults/delete' }\n        { field: 'status', equals: 'Failed' }",
        "The vault is gone and only attempts that failed alert.",
      ],
      [
        "#runbook-vault-deleted'\n    enabled: true\n    scopes: [resourceGroup().id]",
        "#runbook-vault-deleted'\n    enabled: true\n    scopes: ['${resourceGroup().id}-pipeline']",
        "The rule watches a group in which no vault is.",
      ],
      [
        "            { field: 'operationName', equals: 'Microsoft.Authorization/roleAssignments/write' }\n",
        "",
        "Nobody is notified of who gives himself the vault.",
      ],
      [
        "federatedIdentityCredentials/write'",
        "federatedIdentityCredentials/read'",
        "Nobody is notified of a new way to sign in as the app.",
      ],
      [
        "'Microsoft.Insights/diagnosticSettings/delete'",
        "'Microsoft.Insights/diagnosticSettings/read'",
        "Nobody is notified of who turns the audit log off.",
      ],
    ),
  ],
};
