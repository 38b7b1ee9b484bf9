// The app runs as an identity that either the bootstrap or main.bicep creates.
import { compileVariant, hasCompiler } from "./compiler.ts";
import { all, appSettings, one, type Snapshot, text } from "./snapshot.ts";

const type = "Microsoft.ManagedIdentity/userAssignedIdentities";
const idOf = (name: string) =>
  `/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-variant/providers/${type}/${name}`;

function rolesOf(snapshot: Snapshot) {
  return all(snapshot, "Microsoft.Authorization/roleAssignments").map(({ id, properties }) => ({
    id,
    properties,
  }));
}

// Without a Bicep compiler, these tests are skipped, and compiler.programs.test.ts reports that.
(!hasCompiler ? describe.skip : describe)("the app's identity", () => {
  it("main.bicep creates the identity, without credentials, if the parameter identity is empty", async () => {
    const snapshot = await compileVariant("param extraTags = { owner: 'team' }");
    const tags = { owner: "team", workload: "okta-8x8-telephony", environment: "test" };
    expect(all(snapshot, type)).toEqual([
      expect.objectContaining({
        id: idOf("id-okta8x8-test"),
        name: "id-okta8x8-test",
        location: "westeurope",
        tags,
      }),
    ]);
    expect(all(snapshot, `${type}/federatedIdentityCredentials`)).toEqual([]);
  });

  it("an identity from the bootstrap gets the same roles as one that main.bicep creates", async () => {
    const own = await compileVariant("");
    const given = await compileVariant("param identity = 'id-okta8x8-test'");
    expect(rolesOf(own)).toEqual(rolesOf(given));
    expect(rolesOf(own)).toHaveLength(3);
    expect(appSettings(own)).toEqual(appSettings(given));
  });

  it("main.bicep uses a given identity for roles, settings, the package and the alert secret-read", async () => {
    const snapshot = await compileVariant("param identity = 'id-of-ours'");
    const reference = `reference('${idOf("id-of-ours")}', '2024-11-30')`;
    for (const { properties } of rolesOf(snapshot))
      expect(properties).toMatchObject({ principalId: `[${reference}.principalId]` });
    expect(appSettings(snapshot)["AZURE_CLIENT_ID"]).toBe(`[${reference}.clientId]`);
    const app = one(snapshot, "Microsoft.Web/sites");
    expect(app["identity"]).toEqual({
      type: "UserAssigned",
      userAssignedIdentities: { [idOf("id-of-ours")]: {} },
    });
    expect(JSON.stringify(app["properties"])).toContain(
      `"userAssignedIdentityResourceId":"${idOf("id-of-ours")}"`,
    );
    const readers = all(snapshot, "Microsoft.Insights/scheduledQueryRules").find(({ name }) =>
      name.startsWith("alert-secret-read-"),
    );
    expect(text(readers, "properties.criteria.allOf.0.query")).toContain(
      `!~ "${idOf("id-of-ours")}"`,
    );
  });
});
