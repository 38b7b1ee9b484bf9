import { environments, main, one } from "../snapshot.ts";
import { waysIn } from "./ways-in.ts";

describe.each(environments)("the account of the package (%s)", (environment) => {
  const snapshot = main[environment];

  it("takes no key, no password, no anonymous reader, no old encryption, and stays in its tenant", () => {
    expect(one(snapshot, "Microsoft.Storage/storageAccounts")["properties"]).toEqual({
      accessTier: "Hot",
      allowSharedKeyAccess: false,
      defaultToOAuthAuthentication: true,
      allowBlobPublicAccess: false,
      allowCrossTenantReplication: false,
      isLocalUserEnabled: false,
      minimumTlsVersion: "TLS1_2",
      supportsHttpsTrafficOnly: true,
      ...waysIn(environment),
    });
  });

  it("gives back for a week what was deleted, and shows its container to nobody", () => {
    expect(one(snapshot, "Microsoft.Storage/storageAccounts/blobServices")["properties"]).toEqual({
      deleteRetentionPolicy: { enabled: true, days: 7 },
      containerDeleteRetentionPolicy: { enabled: true, days: 7 },
    });
    expect(one(snapshot, "Microsoft.Storage/storageAccounts/blobServices/containers")["properties"]).toEqual({
      publicAccess: "None",
    });
  });
});
