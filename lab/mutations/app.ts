import { type Area, inFile, onResources } from "./mutation.ts";

export const app: Area = {
  name: "app",
  tests: onResources,
  mutations: [
    ...inFile(
      "infra/modules/function-app.bicep",
      ["httpsOnly: true", "httpsOnly: false", "Codes and the hook secret may travel unencrypted."],
      ["    minTlsVersion: '1.2'", "    minTlsVersion: '1.0'", "Codes travel by encryption that can be broken."],
      ["scmMinTlsVersion: '1.2'", "scmMinTlsVersion: '1.0'", "The package travels by encryption that can be broken."],
      ["remoteDebuggingEnabled: false", "remoteDebuggingEnabled: true", "A debugger can read codes out of memory."],
      [
        "name: 'ftp'\n    properties: { allow: false }",
        "name: 'ftp'\n    properties: { allow: true }",
        "A password can replace the code, by FTP.",
      ],
      [
        "name: 'scm'\n    properties: { allow: false }",
        "name: 'scm'\n    properties: { allow: true }",
        "A password can replace the code, past Entra.",
      ],
      [
        "authentication: { type: 'UserAssignedIdentity'",
        "authentication: { type: 'SystemAssignedIdentity'",
        "The app has no such identity: it cannot load its package.",
      ],
      [
        "alwaysReady: [{ name: 'http', instanceCount: scale.alwaysReady }]",
        "alwaysReady: []",
        "No instance is warm: the first code after a pause is late.",
      ],
      [
        "perInstanceConcurrency: scale.concurrency",
        "perInstanceConcurrency: 1",
        "The second code at a time meets a cold instance.",
      ],
      [
        "siteUpdateStrategy: { type: updateStrategy }",
        "siteUpdateStrategy: { type: zoneRedundant ? 'Recreate' : updateStrategy }",
        "Whoever chose rolling updates loses the codes of each deployment's minute.",
      ],
      [
        "zoneRedundant: zoneRedundant",
        "zoneRedundant: zoneRedundant && false",
        "One zone's outage takes every instance.",
      ],
      ["version: '24'", "version: '20'", "The runtime gets no more security fixes."],
      [
        "KEY_VAULT_URL: vaultUri",
        "KEY_VAULT_URL: replace(vaultUri, 'kv-', 'kv-stranger-')",
        "The app takes its secrets from a stranger's vault.",
      ],
      [
        "APPLICATIONINSIGHTS_CONNECTION_STRING: applicationInsightsConnectionString",
        "APPLICATIONINSIGHTS_CONNECTION_STRING: take(applicationInsightsConnectionString, 60)",
        "Telemetry goes nowhere: no alert fires.",
      ],
      [
        "AzureWebJobsStorage__blobServiceUri: blobEndpoint",
        "AzureWebJobsStorage__blobServiceUri: 'https://ststranger.blob.${environment().suffixes.storage}/'",
        "The host keeps its keys in a stranger's account.",
      ],
      [
        "AZURE_CLIENT_ID: identityClientId",
        "AZURE_CLIENT_ID: 'id'",
        "The app asks for secrets as nobody: none is loaded.",
      ],
      [
        "ClientId=${identityClientId};Authorization=AAD'",
        "ClientId=${identityClientId}'",
        "Telemetry is sent with the key that is switched off: none arrives.",
      ],
      [
        "var appSettings = union(hookSettings, stateSettings, {",
        "var appSettings = union(hookSettings, stateSettings, {\n  AZURE_LOG_LEVEL: 'verbose'",
        "The SDK prints tokens into the log.",
      ],
      [
        "var appSettings = union(hookSettings, stateSettings, {",
        "var appSettings = union(hookSettings, stateSettings, {\n  UNCONFIRMED_ANSWER: 'pending'",
        "A code that 8x8 may never have got counts as sent: nobody sends it again.",
      ],
      ["kind: 'functionapp,linux'", "kind: 'app,linux'", "The app is no function app: no hook answers."],
    ),
    ...inFile(
      "infra/main.bicep",
      [
        "hookSettings: hookSettings",
        "hookSettings: union(hookSettings, { PHONE_POLICY_MODE: 'record' })",
        "Whatever the parameter file says, toll fraud is only recorded.",
      ],
      [
        "retentionDays: retentionDays",
        "retentionDays: max(retentionDays, 730)",
        "User ids are kept for two years against the parameter.",
      ],
      [
        "purgeProtection: purgeProtection",
        "purgeProtection: purgeProtection && false",
        "Production's vault can be purged.",
      ],
    ),
    ...inFile(
      "infra/environments/examples/prod/main.bicepparam",
      ["param zoneRedundant = true\n", "", "Production stops with one zone."],
      [
        "natGateway: true",
        "natGateway: false",
        "Production leaves by addresses that change: 8x8's allow list turns it away.",
      ],
      [
        "{ mode: 'private', addressPrefix: '10.80.0.0/24', natGateway: true }",
        "{ mode: 'public' }",
        "Production's vault and storage are on the internet.",
      ],
      ["  REFUSED_ANSWER: 'suppress'\n", "", "What the policy refuses is sent all the same, by Okta's own provider."],
      [
        "  PHONE_POLICY_ALLOWED_COUNTRIES: 'DE,FR,GB,SG,US'\n",
        "",
        "Codes go to every country on earth: toll fraud is open.",
      ],
      [
        "  REFUSED_ANSWER: 'suppress'",
        "  REFUSED_ANSWER: 'suppress'\n  PHONE_POLICY_MODE: 'record'",
        "Toll fraud is only recorded.",
      ],
    ),
  ],
};
