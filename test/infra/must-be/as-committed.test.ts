// What the product's examples choose for production. A company's choice of network and way out is its own.
import { all, environments, main } from "../snapshot.ts";

it("small has what a code needs, its logs, the workbook and what alerts need, and nothing else", () => {
  const types = main.small.predictedResources.map(({ type }) => type.replace("Microsoft.", ""));
  expect(types.filter((type) => !/alert|rules$/i.test(type)).toSorted()).toEqual([
    ...new Array<string>(3).fill("Authorization/roleAssignments"),
    ...["Insights/actionGroups", "Insights/actionGroups", "Insights/components"],
    ...[...new Array<string>(3).fill("Insights/diagnosticSettings"), "Insights/webtests", "Insights/workbooks"],
    ...["KeyVault/vaults", "ManagedIdentity/userAssignedIdentities", "OperationalInsights/workspaces"],
    ...["", "/blobServices", "/blobServices/containers"].map((part) => `Storage/storageAccounts${part}`),
    ...["serverfarms", "sites", ...new Array<string>(2).fill("sites/basicPublishingCredentialsPolicies")].map(
      (it) => `Web/${it}`,
    ),
  ]);
});

it.each(["prod", "dr"] as const)("%s has a network of its own, left by one address that 8x8 can list", (name) => {
  for (const type of ["virtualNetworks", "natGateways", "publicIPAddresses"])
    expect(all(main[name], `Microsoft.Network/${type}`)).toHaveLength(1);
  expect(all(main[name], "Microsoft.Network/privateEndpoints")).toHaveLength(2);
});

it.each(environments)("all that can carry a tag says whose it is, and all is where its group is (%s)", (name) => {
  const untagged =
    /\/(roleAssignments|diagnosticSettings|blobServices|containers|basicPublishing\w+|privateDnsZoneGroups)$/;
  for (const { type, tags, location } of main[name].predictedResources) {
    if (!untagged.test(type)) expect(JSON.stringify(tags ?? type)).toContain("okta-8x8-telephony");
    expect([undefined, "global", "westeurope"]).toContain(location);
  }
});
