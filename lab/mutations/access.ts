import { type Area, inFile } from "./mutation.ts";

const ownership = "'b24988ac-6180-42a0-ab88-20f7382dd24c'";

export const access: Area = {
  name: "access",
  tests: ["test/infra/access", "test/infra/roles", "test/infra/must-be"],
  mutations: [
    ...inFile(
      "infra/bootstrap/federation.bicep",
      [
        "'https://token.actions.githubusercontent.com'",
        "'https://token.actions.githubusercontent.com/example'",
        "No login of the pipeline works, or a stranger's issuer signs it.",
      ],
      [
        "@${repository.id}:environment:${environment}'",
        "@${repository.id}:ref:refs/heads/main'",
        "Any run on main becomes the deployer, without production's approval.",
      ],
    ),
    ...inFile("infra/bootstrap/identity.bicep", [
      "union(gitHubFederation(gitHub!, gitHubEnvironment), { audiences: ['api://AzureADTokenExchange'] })",
      "union(gitHubFederation(gitHub!, gitHubEnvironment), { audiences: ['https://github.com/example'] })",
      "A token that was made for another service is taken.",
    ]),
    ...inFile(
      "infra/bootstrap/main.bicep",
      [
        "gitHubEnvironment: 'preview-${environmentName}'",
        "gitHubEnvironment: environmentName",
        "A run that previews takes the deployer's environment.",
      ],
      ["?? 'rg-${suffix}-pipeline'", "?? 'rg-${suffix}'", "The deployer can change who becomes the deployer."],
      [
        "appPrincipalId: app.outputs.principalId",
        "appPrincipalId: deployer!.outputs.principalId",
        "The deployer gives itself the vault.",
      ],
    ),
    ...inFile(
      "infra/bootstrap/deployer-grants.bicep",
      ["'Microsoft.KeyVault/vaults/secrets/*'\n", "", "The deployer writes a secret of its own choice by a template."],
      ["'Microsoft.KeyVault/vaults/deploy/action'\n", "", "The deployer reads every secret by a template's parameter."],
      [
        "'Microsoft.KeyVault/vaults/accessPolicies/*'\n",
        "",
        "The deployer gives itself the secrets by an access policy.",
      ],
      ["'Microsoft.Storage/storageAccounts/listKeys/action'\n", "", "The deployer reads the host's own keys."],
      ["'Microsoft.Web/sites/hostruntime/*'\n", "", "The deployer administers the running host."],
      [
        "'Microsoft.ManagedIdentity/userAssignedIdentities/assign/action'",
        "'Microsoft.ManagedIdentity/*'",
        "The deployer federates the app's identity and becomes the app.",
      ],
      ["'Microsoft.AlertsManagement/*'", "'Microsoft.Authorization/*'", "The deployer gives itself every role."],
      [
        "? deployerRole.id",
        `? subscriptionResourceId('Microsoft.Authorization/roleDefinitions', ${ownership})`,
        "The deployer is Contributor: the ways to secrets are open again.",
      ],
      [
        "condition: onlyTheAppsRoles",
        "condition: '${onlyTheAppsRoles} OR true'",
        "The deployer gives every role to everybody.",
      ],
      [
        "AND @Request[Microsoft.Authorization/roleAssignments:PrincipalId] ForAnyOfAnyValues:GuidEquals {APP}",
        "",
        "The deployer gives the vault to itself.",
      ],
    ),
    ...inFile(
      "infra/bootstrap/previewer-grants.bicep",
      [
        "'Microsoft.OperationalInsights/workspaces/read'",
        "'Microsoft.OperationalInsights/workspaces/*/read'",
        "Any branch reads production's telemetry: users' ids and hashed numbers.",
      ],
      [
        "'Microsoft.Resources/deployments/validate/action'",
        "'Microsoft.Resources/deployments/*'",
        "A pull request deploys.",
      ],
      ["'Microsoft.KeyVault/vaults/read'", "'*/read'", "Any branch reads logs and some keys."],
      [
        "notActions: []\n        dataActions: []",
        "notActions: []\n        dataActions: ['Microsoft.KeyVault/vaults/secrets/getSecret/action']",
        "A pull request reads the secrets.",
      ],
    ),
    ...inFile(
      "infra/bootstrap/people-grants.bicep",
      [
        "'Microsoft.KeyVault/vaults/secrets/update/action'",
        "'Microsoft.KeyVault/vaults/secrets/getSecret/action'",
        "Whoever rotates a secret reads the one that is in use.",
      ],
      [
        "dataActions: ['Microsoft.KeyVault/vaults/secrets/readMetadata/action']",
        "dataActions: ['Microsoft.KeyVault/vaults/secrets/getSecret/action']",
        "Whoever is on call reads the secrets.",
      ],
      [
        "          'Microsoft.OperationalInsights/workspaces/sharedKeys/read'\n",
        "",
        "Whoever is on call reads the workspace's keys.",
      ],
      ["          'Microsoft.Web/sites/hostruntime/*'\n", "", "Whoever is on call administers the running host."],
    ),
    ...inFile("infra/modules/storage.bicep", [
      "blobDataOwner)\n    principalId: principalId",
      "blobDataOwner)\n    principalId: replace(principalId, '-', '')",
      "The role is given to nobody: the app cannot load its package.",
    ]),
  ],
};
