// Writes the role assignments again that an earlier bootstrap wrote.
import { compileGrants, hasCompiler } from "./compiler.ts";
import { all, text } from "./snapshot.ts";

const assignments = "Microsoft.Authorization/roleAssignments";

const principals = { app: "app-1", deployer: "deployer-1", previewer: "previewer-1" };
const group = "11111111-1111-1111-1111-111111111111";
const giver = "f58310d9-a9f6-439a-9e8d-f62e7b41a168";

const resourceGroup =
  "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-okta8x8-prod";

/** Name, role, principal and resource of each assignment of the earlier version. */
const table = `
d8ab2295-b6ac-58ba-8135-3bdd86fe93bd e833d27b-4033-53b9-9220-32dda0dadff4 deployer-1
e8159737-d423-5604-bb3b-fd80a7fe7714 f58310d9-a9f6-439a-9e8d-f62e7b41a168 deployer-1
9650be54-7ade-5446-ae65-e2975f4e74ff 69bb0423-bdc5-5c39-8bbd-85d10c67a5f9 previewer-1
cb34dedf-8684-564a-b0ff-cebfa2414e4b f7c8f0ed-bf76-521e-b9b1-bbd08f051fa8 ${group}
48d439d5-073d-5e28-830e-a45f8542ca07 43d0d8ad-25c7-4714-9337-8ba259a9fe05 ${group}
be91d002-16a9-549b-9838-d2cf2bf73ff6 21090545-7ca7-4776-b22c-e363652d74d2 ${group}
a985fb61-de47-5c7b-b341-4d73b4fea128 3913510d-42f4-4e42-8a64-420c390055eb app-1 Insights/components/appi-okta8x8-prod
da57ac7a-42f4-5e8d-a26f-70bd6205d5da 4633458b-17de-408a-b874-0445c86b69e6 app-1 KeyVault/vaults/kv-okta8x8-prod-n5ut5a
7ff1abb8-f670-516c-9689-ffb297d71ebe b7e6dc6d-f1e8-4753-8033-0f276bb0955b app-1 Storage/storageAccounts/stokta8x8prodn5ut5a`;

const present = [...table.matchAll(/^(\S+) (\S+) (\S+) ?(.*)$/gm)].map(
  ([, name = "", role = "", principalId = "", on = ""]) => {
    const scope = on === "" ? resourceGroup : `${resourceGroup}/providers/Microsoft.${on}`;
    return {
      id: `${scope}/providers/${assignments}/${name}`,
      name,
      scope,
      principalId,
      roleDefinitionId: `/subscriptions/0/providers/Microsoft.Authorization/roleDefinitions/${role}`,
    };
  },
);
type Assignment = (typeof present)[number];

const bicep = (value: unknown) => JSON.stringify(value).replaceAll('"', "'");
async function grant(
  there: readonly Assignment[],
  who: Partial<typeof principals> = {},
  more = `param vaultOperatorsGroupId = '${group}'\nparam onCallGroupId = '${group}'`,
) {
  const snapshot = await compileGrants(
    "rg-okta8x8-prod",
    `param suffix = 'okta8x8-prod'
     param principals = ${bicep({ ...principals, ...who })}
     param present = ${bicep(there)}
     ${more}`,
  );
  return {
    leftOver: snapshot.outputs["leftOver"] as unknown as readonly string[],
    given: all(snapshot, assignments).map((one) => ({
      id: one.id,
      name: one.name,
      scope: one.id.split(`/providers/${assignments}`)[0] ?? "",
      principalId: text(one, "properties.principalId"),
      roleDefinitionId: text(one, "properties.roleDefinitionId"),
    })),
  };
}
const ids = (some: readonly Assignment[]) => some.map(({ id }) => id).sort();

(!hasCompiler ? describe.skip : describe)("role assignments of the bootstrap", () => {
  it("the bootstrap keeps unchanged assignments, and lists those of the earlier version that are not in use any more", async () => {
    const { given, leftOver } = await grant(present);
    const kept = present.filter(({ id }) => ids(given).includes(id));
    expect(kept).toHaveLength(5);
    expect([...leftOver].sort()).toEqual(
      ids(
        present.filter(({ principalId, roleDefinitionId }) => {
          return principalId === principals.app || roleDefinitionId.endsWith(giver);
        }),
      ),
    );
  });

  it("if the deployer or a role changes, its assignment gets another name, and the old one is left over", async () => {
    const first = (await grant([])).given;
    const role = "33333333-3333-3333-3333-333333333333";
    const changed = await grant(
      first,
      { deployer: "deployer-2" },
      `param existingRoles = { previewer: '${role}' }`,
    );
    const old = first.filter(({ principalId }) => ![principals.app].includes(principalId));
    expect([...changed.leftOver].sort()).toEqual(ids(old));
    const now = changed.given.filter(({ principalId }) => principalId !== principals.app);
    expect(now.map(({ principalId }) => principalId)).toEqual(["deployer-2", "previewer-1"]);
    expect(ids(now).filter((id) => ids(first).includes(id))).toEqual([]);
    // The same values give the same names, whether or not the old assignments are still there.
    for (const there of [[...first, ...changed.given], changed.given]) {
      const again = await grant(
        there,
        { deployer: "deployer-2" },
        `param existingRoles = { previewer: '${role}' }`,
      );
      expect(ids(again.given)).toEqual(ids(changed.given));
    }
  });

  it("the bootstrap uses an assignment of the same role to the same principal under any name, and leaves other people's alone", async () => {
    const [, , , deploys] = (await grant([])).given.slice(1);
    if (deploys === undefined) throw new Error("There is no assignment to the deployer.");
    const name = "99999999-9999-9999-9999-999999999999";
    const id = `${deploys.scope}/providers/${assignments}/${name}`;
    const byHand = { ...deploys, id, name };
    const others = { ...byHand, id: `${id}0`, name: `${name}0`, principalId: "somebody" };
    const { given, leftOver } = await grant([byHand, others]);
    expect(ids(given)).toContain(id);
    expect(ids(given)).not.toContain(deploys.id);
    expect(leftOver).toEqual([]);
  });
});
