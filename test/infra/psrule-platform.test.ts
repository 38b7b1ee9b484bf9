// PSRule.Rules.Azure, baseline Azure.GA_2026_03: https://azure.github.io/PSRule.Rules.Azure/
import { held, leftOut, suppressed, testRules } from "./public-rules.ts";
import { all, at, leaves, list, one, readProjectFile, type Resource, type Snapshot, text } from "./snapshot.ts";

const insights = (snapshot: Snapshot) => one(snapshot, "Microsoft.Insights/components");
const subnets = (snapshot: Snapshot) =>
  all(snapshot, "Microsoft.Network/virtualNetworks").flatMap((network) => list(network, "properties.subnets"));
const named = (type: string, pattern: RegExp) => (snapshot: Snapshot) =>
  all(snapshot, type).every(({ name }) => pattern.test(name));
const isClosed = (subnet: unknown) => at(subnet, "properties.defaultOutboundAccess") === false;
const taggable = ({ type }: Resource) =>
  !/\/(roleAssignments|diagnosticSettings|blobServices|containers|basicPublishingCredentialsPolicies|privateDnsZoneGroups)$/.test(
    type,
  );
const template = readProjectFile("infra/main.bicep");

testRules("PSRule: monitoring, network, template", leftOut("ps-rule"), [
  ...held("Azure.AppInsights.Workspace", (s) => text(insights(s), "properties.WorkspaceResourceId") !== ""),
  ...held("Azure.AppInsights.LocalAuth", (s) => at(insights(s), "properties.DisableLocalAuth") === true),
  ...held("Azure.AppInsights.Name", named("Microsoft.Insights/components", /^[\w.()-]{0,254}[\w()-]$/)),
  ...held(
    "Azure.Log.Name",
    named("Microsoft.OperationalInsights/workspaces", /^[A-Za-z\d][A-Za-z\d-]{2,61}[A-Za-z\d]$/),
  ),
  ...suppressed("Azure.Log.Replication", "A second region doubles the cost of logs; the hook answers without them."),
  ...suppressed("Azure.Log.ReplicaLocation", "There is no replica, so it has no location."),
  ...held("Azure.Alert.MetricAutoMitigate", (s) =>
    all(s, "Microsoft.Insights/metricAlerts").every((alert) => at(alert, "properties.autoMitigate") === true),
  ),
  ...held("Azure.Alert.HighFrequencyQuery", (s) =>
    all(s, "Microsoft.Insights/scheduledQueryRules").every(
      (alert) => at(alert, "properties.evaluationFrequency") !== "PT1M",
    ),
  ),
  ...suppressed(
    "Azure.Monitor.ServiceHealth",
    "It takes rights on the whole subscription, so it is a parameter: variants.test.ts compiles it.",
  ),
  ...held(
    "Azure.Identity.UserAssignedName",
    named("Microsoft.ManagedIdentity/userAssignedIdentities", /^[A-Za-z\d][\w-]{2,127}$/),
  ),

  ...held("Azure.PrivateEndpoint.Name", named("Microsoft.Network/privateEndpoints", /^\w[\w.-]{0,62}\w$/)),
  ...held("Azure.VNET.Name", named("Microsoft.Network/virtualNetworks", /^\w[\w.-]{0,62}\w$/)),
  ...held("Azure.NSG.Name", named("Microsoft.Network/networkSecurityGroups", /^\w[\w.-]{0,78}\w$/)),
  ...held("Azure.VNET.SubnetName", (s) =>
    subnets(s).every((subnet) => /^\w[\w.-]{0,78}\w$/.test(text(subnet, "name"))),
  ),
  ...held("Azure.VNET.UseNSGs", (s) =>
    subnets(s).every((subnet) => text(subnet, "properties.networkSecurityGroup.id") !== ""),
  ),
  ...held("Azure.VNET.PrivateSubnet", (s) => subnets(s).every(isClosed), {
    where: (s) => all(s, "Microsoft.Network/natGateways").length === 0,
    because: "Without a gateway the app reaches 8x8 by Azure's default way out.",
  }),
  ...held("Azure.VNET.LocalDNS Azure.VNET.SingleDNS", (s) =>
    all(s, "Microsoft.Network/virtualNetworks").every((network) => at(network, "properties.dhcpOptions") === undefined),
  ),
  ...held("Azure.NSG.AnyInboundSource Azure.NSG.LateralTraversal Azure.NSG.DenyAllInbound", (s) =>
    all(s, "Microsoft.Network/networkSecurityGroups")
      .flatMap((group) => list(group, "properties.securityRules"))
      .every((rule) => at(rule, "properties.access") === "Deny" || at(rule, "properties.sourceAddressPrefix") !== "*"),
  ),

  ...held("Azure.Resource.UseTags Azure.Resource.RequiredTags", (s) =>
    s.predictedResources
      .filter(taggable)
      .every(({ tags }) => JSON.stringify(tags ?? "").includes("okta-8x8-telephony")),
  ),
  ...held("Azure.Resource.AllowedRegions", (s) =>
    s.predictedResources.every(({ location }) => ["westeurope", "global", undefined].includes(location)),
  ),
  ...held(
    [
      "Azure.Deployment.SecretLeak Azure.Deployment.OutputSecretValue Azure.Deployment.SecureParameter",
      "Azure.Deployment.SecureValue Azure.Deployment.OuterSecret Azure.Deployment.AdminUsername",
    ].join(" "),
    (s) =>
      [...leaves(s.predictedResources)].every(({ key }) => !/^(admin(User|Pass)|password|clientSecret)/i.test(key)),
  ),
  ...suppressed("Azure.Deployment.Name", "Bicep names the modules' deployments, from names that are short enough."),
  ...held("Azure.Template.LocationDefault", () =>
    template.includes("param location string = resourceGroup().location"),
  ),
  ...suppressed(
    "Azure.Template.LocationType Azure.Template.ResourceLocation Azure.Template.UseLocationParameter",
    "The linter holds them: no-hardcoded-location and no-loc-expr-outside-params are errors.",
  ),
  ...held("Azure.Template.ParameterMetadata Azure.Template.UseDescriptions", () =>
    template
      .split(/\n(?=param )/)
      .slice(0, -1)
      .every((before) => /@description\('(Required|Optional)\. /.test(before.split("\n\n").at(-1) ?? "")),
  ),
  ...suppressed(
    "Azure.Template.ParameterDataTypes Azure.Template.ParameterMinMaxValue Azure.Template.ExpressionLength Azure.Template.DebugDeployment",
    "The Bicep compiler holds them; compiler.test.ts runs it with every rule an error.",
  ),
  ...suppressed(
    "Azure.Template.MetadataLink",
    "For JSON parameter files; a .bicepparam names its template in its first line.",
  ),
  ...suppressed(
    "Azure.RBAC.* Azure.Defender.* *.Naming",
    "They look at a subscription or at a configured convention, not at a template.",
  ),
]);
