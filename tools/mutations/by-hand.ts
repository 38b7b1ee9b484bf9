import type { Mutation } from "./mutation.ts";

// What no rule makes: one value in place of another that is as good a value.
const changes: readonly (readonly [file: string, before: string, after: string])[] = [
  // A pull request becomes the deployer.
  [
    "infra/bootstrap/main.bicep",
    "gitHubEnvironment: 'preview-${environmentName}'",
    "gitHubEnvironment: environmentName",
  ],
  // The deployer can change who becomes the deployer.
  ["infra/bootstrap/main.bicep", "?? 'rg-${suffix}-pipeline'", "?? 'rg-${suffix}'"],
  // The deployer gives the vault to itself.
  [
    "infra/bootstrap/deployer-grants.bicep",
    "AND @Request[Microsoft.Authorization/roleAssignments:PrincipalId] ForAnyOfAnyValues:GuidEquals {APP}",
    "",
  ],
  // A pull request reads the secrets.
  [
    "infra/bootstrap/previewer-grants.bicep",
    "notActions: []\n        dataActions: []",
    "notActions: []\n        dataActions: ['Microsoft.KeyVault/vaults/secrets/getSecret/action']",
  ],
  // Whoever is on call reads the secrets.
  [
    "infra/bootstrap/people-grants.bicep",
    "dataActions: ['Microsoft.KeyVault/vaults/secrets/readMetadata/action']",
    "dataActions: ['Microsoft.KeyVault/vaults/secrets/getSecret/action']",
  ],
  // The app has no such identity: it cannot load its package.
  [
    "infra/modules/function-app.bicep",
    "type: 'UserAssignedIdentity'",
    "type: 'SystemAssignedIdentity'",
  ],
  // Telemetry is sent with the key that is switched off: none arrives.
  ["infra/modules/function-app.bicep", ";Authorization=AAD'", "'"],
  // The SDK prints tokens into the log.
  [
    "infra/modules/function-app.bicep",
    "union(hookSettings, stateSettings, {",
    "union(hookSettings, stateSettings, {\n  AZURE_LOG_LEVEL: 'verbose'",
  ],
  // Anybody's Front Door may call past ours.
  [
    "infra/modules/function-app.bicep",
    "headers: { 'x-azure-fdid'",
    "headers: { 'x-fd-healthprobe'",
  ],
  // The log holds something else than who read what.
  [
    "infra/modules/key-vault.bicep",
    "categoryGroup: 'audit'",
    "category: 'AzurePolicyEvaluationDetails'",
  ],
  // Nobody is woken when codes fail.
  ["infra/modules/log-alerts.bicep", "rule.severity <= 1", "rule.severity < 1"],
  // 8x8 may be down altogether: the alert is dead.
  [
    "infra/queries/alerts/codes-failing.kql",
    'countif(outcome in ("rejected", "unavailable"))',
    'countif(outcome in ("rejected"))',
  ],
];

/** The changes to this file that are written down here. Throws where one no longer fits it. */
export function byHand(file: string, text: string): readonly Mutation[] {
  return changes
    .filter(([name]) => name === file)
    .map(([, before, after]) => {
      if (text.split(before).length !== 2)
        throw new Error(`${file} should have this once: ${before}`);
      return { file, kind: "by hand", start: text.indexOf(before), before, after };
    });
}
