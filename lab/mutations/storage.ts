import { type Area, inFile, onResources } from "./mutation.ts";

export const storage: Area = {
  name: "storage",
  tests: onResources,
  mutations: inFile(
    "infra/modules/storage.bicep",
    [
      "allowSharedKeyAccess: false",
      "allowSharedKeyAccess: true",
      "A key that never expires lets its holder replace the package that runs.",
    ],
    ["defaultToOAuthAuthentication: true", "defaultToOAuthAuthentication: false", "The portal uses keys where it can."],
    ["allowBlobPublicAccess: false", "allowBlobPublicAccess: true", "A container can be opened to everybody."],
    [
      "allowCrossTenantReplication: false",
      "allowCrossTenantReplication: true",
      "The package can be copied out into another tenant.",
    ],
    [
      "isLocalUserEnabled: false",
      "isLocalUserEnabled: true",
      "Local users sign in with passwords of their own, by SFTP.",
    ],
    ["'TLS1_2'", "'TLS1_0'", "Old encryption that can be broken is accepted."],
    ["supportsHttpsTrafficOnly: true", "supportsHttpsTrafficOnly: false", "The package travels unencrypted."],
    [
      "isPrivate ? 'Disabled' : 'Enabled'",
      "isPrivate ? 'Enabled' : 'Enabled'",
      "The account can be reached from the whole internet in private mode.",
    ],
    ["isPrivate ? 'Deny' : 'Allow'", "isPrivate ? 'Allow' : 'Allow'", "The account's firewall lets every network in."],
    [
      "virtualNetworkRules: []",
      "virtualNetworkRules: [{ id: name }]",
      "A network that is not ours passes the account's firewall.",
    ],
    [
      "\n      deleteRetentionPolicy: { enabled: true, days: 7 }",
      "\n      deleteRetentionPolicy: { enabled: false }",
      "A deleted package cannot be taken back.",
    ],
    [
      "containerDeleteRetentionPolicy: { enabled: true, days: 7 }",
      "containerDeleteRetentionPolicy: { enabled: false }",
      "The deleted container of all packages cannot be taken back.",
    ],
    ["publicAccess: 'None'", "publicAccess: 'Blob'", "Everybody can download the package."],
    [
      "'Standard_ZRS' : 'Standard_LRS'",
      "'Standard_LRS' : 'Standard_LRS'",
      "The app in three zones stops with the one zone that its package is in.",
    ],
    [
      "'b7e6dc6d-f1e8-4753-8033-0f276bb0955b'",
      "'ba92f5b4-2d11-453d-a403-e96b0029c9fe'",
      "The host may not own its leases: it starts and cannot keep its keys.",
    ],
  ),
};
