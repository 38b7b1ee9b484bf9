// checkov's checks for ARM and Bicep, and Template Analyzer's built-in rules, on the types that are deployed.
import { held, inDevelopment, inPublicMode, leftOut, suppressed, testRules } from "./public-rules.ts";
import { all, at, logOf, one, readProjectFile, type Snapshot } from "./snapshot.ts";

const app = (snapshot: Snapshot) => one(snapshot, "Microsoft.Web/sites");
const siteConfig = (snapshot: Snapshot) => at(app(snapshot), "properties.siteConfig");
const vault = (snapshot: Snapshot) => one(snapshot, "Microsoft.KeyVault/vaults");
const account = (snapshot: Snapshot) => one(snapshot, "Microsoft.Storage/storageAccounts");
const absent = (type: string) => (snapshot: Snapshot) => all(snapshot, type).length === 0;

testRules("checkov", leftOut("checkov"), [
  ...held("CKV_AZURE_14 CKV_AZURE_70 CKV_AZURE_153", (s) => at(app(s), "properties.httpsOnly") === true),
  ...held("CKV_AZURE_15 CKV_AZURE_145", (s) => at(siteConfig(s), "minTlsVersion") === "1.2"),
  ...held("CKV_AZURE_16 CKV_AZURE_71", (s) => at(app(s), "identity.type") === "UserAssigned"),
  ...suppressed("CKV_AZURE_17", "Okta presents no client certificate: the hook secret authenticates it."),
  ...held("CKV_AZURE_18 CKV_AZURE_67", (s) => at(siteConfig(s), "http20Enabled") === true),
  ...held("CKV_AZURE_57 CKV_AZURE_62", (s) => at(siteConfig(s), "cors") === undefined),
  ...held("CKV_AZURE_72 CKV_AZURE_155", (s) => at(siteConfig(s), "remoteDebuggingEnabled") === false),
  ...suppressed("CKV_AZURE_78", "Flex Consumption refuses ftpsState; the FTP publishing policy is off instead."),
  ...held("CKV_AZURE_81 CKV_AZURE_82 CKV_AZURE_83", (s) => at(siteConfig(s), "linuxFxVersion") === undefined),
  ...suppressed("CKV_AZURE_212", "Flex Consumption refuses numberOfWorkers; always-ready instances do its work."),
  ...suppressed("CKV_AZURE_213", "Flex Consumption has no health check path; an availability test calls /api/health."),
  ...suppressed("CKV_AZURE_222", "Okta calls from the internet, so the hook is on the internet."),
  ...held(
    "CKV_AZURE_13 CKV_AZURE_56 CKV_AZURE_63 CKV_AZURE_65 CKV_AZURE_66 CKV_AZURE_80 CKV_AZURE_88",
    absent("Microsoft.Web/sites/config"),
  ),
  ...suppressed(
    "CKV_AZURE_225",
    "Zones are a parameter, which not every region can grant: variants.test.ts compiles it.",
  ),
  ...held("CKV_AZURE_111", (s) => at(vault(s), "properties.enableSoftDelete") === true),
  ...held(
    "CKV_AZURE_42 CKV_AZURE_110",
    (s) => at(vault(s), "properties.enablePurgeProtection") === true,
    inDevelopment,
  ),
  ...held("CKV_AZURE_109", (s) => at(vault(s), "properties.networkAcls.defaultAction") === "Deny", inPublicMode),
  ...held("CKV_AZURE_189", (s) => at(vault(s), "properties.publicNetworkAccess") === "Disabled", inPublicMode),
  ...held("CKV_AZURE_41 CKV_AZURE_114", absent("Microsoft.KeyVault/vaults/secrets")),
  ...held("CKV_AZURE_40 CKV_AZURE_112", absent("Microsoft.KeyVault/vaults/keys")),

  ...held("CKV_AZURE_3", (s) => at(account(s), "properties.supportsHttpsTrafficOnly") === true),
  ...held("CKV_AZURE_35", (s) => at(account(s), "properties.networkAcls.defaultAction") === "Deny", inPublicMode),
  ...held("CKV_AZURE_36", (s) => at(account(s), "properties.networkAcls.bypass") === "AzureServices"),
  ...held("CKV_AZURE_43", (s) => /^[a-z\d]{3,24}$/.test(account(s).name)),
  ...held("CKV_AZURE_44", (s) => at(account(s), "properties.minimumTlsVersion") === "TLS1_2"),
  ...held("CKV_AZURE_59", (s) => at(account(s), "properties.publicNetworkAccess") === "Disabled", inPublicMode),
  ...suppressed("CKV_AZURE_206", "The account holds a package that the pipeline can deploy again, into any region."),
  ...suppressed("CKV_AZURE_33", "There is no queue: the only function answers HTTP."),
  ...held(
    "CKV_AZURE_34",
    (s) =>
      at(one(s, "Microsoft.Storage/storageAccounts/blobServices/containers"), "properties.publicAccess") === "None",
  ),
  ...held("CKV_AZURE_131", () => !readProjectFile("infra/main.bicep").includes("@secure()")),
]);

// Template Analyzer does not run in the pipeline.
testRules("Template Analyzer", undefined, [
  ...held("TA-000001", (s) => at(logOf(s, app(s)), "properties.logs.0.enabled") === true),
  ...held("TA-000008", (s) => at(siteConfig(s), "remoteDebuggingEnabled") === false),
  ...suppressed("TA-000009", "Flex Consumption refuses ftpsState; the FTP publishing policy is off instead."),
  ...held("TA-000010", (s) => at(app(s), "properties.httpsOnly") === true),
  ...held("TA-000011", (s) => at(siteConfig(s), "minTlsVersion") === "1.2"),
  ...held("TA-000012", (s) => at(siteConfig(s), "cors") === undefined),
  ...held("TA-000013", (s) => at(app(s), "identity.type") === "UserAssigned"),
  ...suppressed(
    "TA-000002 TA-000003 TA-000004 TA-000005 TA-000006 TA-000007",
    "For API apps and web apps, of which there is none: the app's kind is functionapp.",
  ),
]);
