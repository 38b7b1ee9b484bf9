import { environments, main, one } from "../snapshot.ts";
import { waysIn } from "./ways-in.ts";

describe.each(environments)("the vault (%s)", (environment) => {
  const snapshot = main[environment];

  it("is opened by Entra roles alone, to no other service of Azure, and keeps what is deleted", () => {
    expect(one(snapshot, "Microsoft.KeyVault/vaults")["properties"]).toEqual({
      tenantId: "[tenant().tenantId]",
      sku: { family: "A", name: "standard" },
      enableRbacAuthorization: true,
      enableSoftDelete: true,
      softDeleteRetentionInDays: 90,
      // Absent is the only way to say no.
      enablePurgeProtection: environment === "dev" ? null : true,
      enabledForDeployment: false,
      enabledForDiskEncryption: false,
      enabledForTemplateDeployment: false,
      ...waysIn(environment),
    });
  });
});
