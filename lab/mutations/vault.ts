import { type Area, inFile, onResources } from "./mutation.ts";

export const vault: Area = {
  name: "vault",
  tests: onResources,
  mutations: inFile(
    "infra/modules/key-vault.bicep",
    [
      "enableRbacAuthorization: true",
      "enableRbacAuthorization: false",
      "Access policies take over: whoever may write the vault gives himself its secrets.",
    ],
    ["enableSoftDelete: true", "enableSoftDelete: false", "A deleted secret is gone at once, and codes with it."],
    [
      "softDeleteRetentionInDays: 90",
      "softDeleteRetentionInDays: 7",
      "A deletion that nobody notices for a week cannot be taken back.",
    ],
    [
      "purgeProtection ? true : null",
      "purgeProtection ? null : null",
      "Whoever may delete the vault may purge it: the name and all secrets are gone for good.",
    ],
    ["enabledForDeployment: false", "enabledForDeployment: true", "Virtual machines may fetch secrets without a role."],
    [
      "enabledForDiskEncryption: false",
      "enabledForDiskEncryption: true",
      "Disk encryption may read secrets without a role.",
    ],
    [
      "enabledForTemplateDeployment: false",
      "enabledForTemplateDeployment: true",
      "A template reads secrets: the deployer, who may not, gets them that way.",
    ],
    [
      "isPrivate ? 'Disabled' : 'Enabled'",
      "isPrivate ? 'Enabled' : 'Enabled'",
      "The vault can be reached from the whole internet in private mode.",
    ],
    ["isPrivate ? 'Deny' : 'Allow'", "isPrivate ? 'Allow' : 'Allow'", "The vault's firewall lets every network in."],
    ["ipRules: []", "ipRules: [{ value: '192.0.2.0/24' }]", "A stranger's network passes the vault's firewall."],
    [
      "'4633458b-17de-408a-b874-0445c86b69e6'",
      "'b86a8fe4-44ce-4948-aee5-eccb2c155cd7'",
      "The app may write and delete secrets, not only read them.",
    ],
    ["scope: vault\n  name: guid", "name: guid", "The app may read the secrets of every vault in its resource group."],
    [
      "categoryGroup: 'audit', enabled: true",
      "categoryGroup: 'audit', enabled: false",
      "Nobody can say who read a secret.",
    ],
    [
      "categoryGroup: 'audit'",
      "category: 'AzurePolicyEvaluationDetails'",
      "The log holds something else than who read what.",
    ],
    ["'Dedicated'", "'AzureDiagnostics'", "The audit log goes to another table than the one the alert reads."],
  ),
};
