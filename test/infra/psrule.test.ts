// PSRule.Rules.Azure, baseline Azure.GA_2026_03: https://azure.github.io/PSRule.Rules.Azure/
import { held, inDevelopment, inPublicMode, leftOut, suppressed, testRules } from "./public-rules.ts";
import { all, at, logOf, one, type Snapshot } from "./snapshot.ts";

const app = (snapshot: Snapshot) => one(snapshot, "Microsoft.Web/sites");
const vault = (snapshot: Snapshot) => one(snapshot, "Microsoft.KeyVault/vaults");
const account = (snapshot: Snapshot) => one(snapshot, "Microsoft.Storage/storageAccounts");
const blobs = (snapshot: Snapshot) => one(snapshot, "Microsoft.Storage/storageAccounts/blobServices");
const named = (type: string, pattern: RegExp) => (snapshot: Snapshot) =>
  all(snapshot, type).every(({ name }) => pattern.test(name));

testRules("PSRule: app, vault, storage", leftOut("ps-rule"), [
  ...held("Azure.AppService.ManagedIdentity", (s) => at(app(s), "identity.type") === "UserAssigned"),
  ...held("Azure.AppService.ARRAffinity", (s) => at(app(s), "properties.clientAffinityEnabled") === false),
  ...held("Azure.AppService.UseHTTPS", (s) => at(app(s), "properties.httpsOnly") === true),
  ...held("Azure.AppService.MinTLS", (s) => at(app(s), "properties.siteConfig.minTlsVersion") === "1.2"),
  ...held("Azure.AppService.RemoteDebug", (s) => at(app(s), "properties.siteConfig.remoteDebuggingEnabled") === false),
  ...held("Azure.AppService.HTTP2", (s) => at(app(s), "properties.siteConfig.http20Enabled") === true),
  ...held(
    "Azure.AppService.NodeJsVersion Azure.AppService.NETVersion Azure.AppService.PHPVersion",
    (s) => at(app(s), "properties.functionAppConfig.runtime.name") === "node",
  ),
  ...held("Azure.AppService.MinPlan", (s) => at(one(s, "Microsoft.Web/serverfarms"), "sku.name") === "FC1"),
  ...suppressed(
    "Azure.AppService.AlwaysOn Azure.AppService.WebProbe Azure.AppService.WebProbePath Azure.AppService.WebSecureFtp",
    "Not evaluated for kind functionapp, and Flex Consumption refuses the properties.",
  ),
  ...suppressed(
    "Azure.AppService.PlanInstanceCount",
    "A Flex Consumption plan has no capacity: always-ready instances are what keeps it up.",
  ),
  ...suppressed(
    "Azure.AppService.AvailabilityZone",
    "Evaluated for Premium plans; ours is zone-redundant by parameter.",
  ),

  ...held("Azure.KeyVault.SoftDelete", (s) => at(vault(s), "properties.enableSoftDelete") === true),
  ...held(
    "Azure.KeyVault.PurgeProtect",
    (s) => at(vault(s), "properties.enablePurgeProtection") === true,
    inDevelopment,
  ),
  ...held("Azure.KeyVault.RBAC", (s) => at(vault(s), "properties.enableRbacAuthorization") === true),
  ...held("Azure.KeyVault.AccessPolicy", (s) => at(vault(s), "properties.accessPolicies") === undefined),
  ...held("Azure.KeyVault.Logs", (s) => at(logOf(s, vault(s)), "properties.logs.0.categoryGroup") === "audit"),
  ...held("Azure.KeyVault.Name", named("Microsoft.KeyVault/vaults", /^[a-z](?!.*--)[a-z\d-]{1,22}[a-z\d]$/)),
  ...held("Azure.KeyVault.SecretName Azure.KeyVault.KeyName Azure.KeyVault.AutoRotationPolicy", (s) =>
    s.predictedResources.every(({ type }) => !type.startsWith("Microsoft.KeyVault/vaults/")),
  ),
  ...held(
    "Azure.KeyVault.Firewall Azure.Storage.Firewall",
    (s) => [vault(s), account(s)].every((item) => at(item, "properties.networkAcls.defaultAction") === "Deny"),
    inPublicMode,
  ),
  ...held("Azure.Storage.SecureTransfer", (s) => at(account(s), "properties.supportsHttpsTrafficOnly") === true),
  ...held("Azure.Storage.MinTLS", (s) => at(account(s), "properties.minimumTlsVersion") === "TLS1_2"),
  ...held("Azure.Storage.BlobPublicAccess", (s) => at(account(s), "properties.allowBlobPublicAccess") === false),
  ...held("Azure.Storage.LocalAuth", (s) => at(account(s), "properties.allowSharedKeyAccess") === false),
  ...held(
    "Azure.Storage.BlobAccessType",
    (s) =>
      at(one(s, "Microsoft.Storage/storageAccounts/blobServices/containers"), "properties.publicAccess") === "None",
  ),
  ...held("Azure.Storage.SoftDelete", (s) => at(blobs(s), "properties.deleteRetentionPolicy.enabled") === true),
  ...held(
    "Azure.Storage.ContainerSoftDelete",
    (s) => at(blobs(s), "properties.containerDeleteRetentionPolicy.enabled") === true,
  ),
  ...held("Azure.Storage.Name", named("Microsoft.Storage/storageAccounts", /^[a-z\d]{3,24}$/)),
  ...held("Azure.Storage.UseReplication", (s) => account(s).tags?.["resource-usage"] === "azure-functions"),
  ...suppressed(
    "Azure.Storage.FileShareSoftDelete",
    "There is no file share: Flex Consumption runs its package from a blob.",
  ),
  ...suppressed(
    "Azure.Storage.DefenderCloud Azure.Storage.Defender.MalwareScan",
    "The account holds our own package, and Defender is a choice for the whole subscription.",
  ),
]);
