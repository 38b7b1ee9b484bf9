// Deploys the examples again that an earlier version of the templates deployed.
import resources from "../fixtures/earlier-resources.json" with { type: "json" };
import { compileGrants, hasCompiler } from "./compiler.ts";
import { all, bootstrap, main, type Snapshot, text } from "./snapshot.ts";

interface Made {
  readonly id: string;
  readonly role?: string;
}
const assignments = "Microsoft.Authorization/roleAssignments";
const lastOf = (id: string) => id.split("/").at(-1) ?? "";

function differences(before: readonly Made[], { predictedResources }: Snapshot) {
  const types = new Set(before.map(({ id }) => typeOf(id)));
  const now = predictedResources
    .filter(({ type }) => types.has(type))
    .map((one) => lineOf({ id: one.id, role: lastOf(text(one, "properties.roleDefinitionId")) }));
  const then = before.map(lineOf);
  return {
    gone: then.filter((line) => !now.includes(line)),
    added: now.filter((line) => !then.includes(line)),
  };
}

/** https://learn.microsoft.com/azure/azure-resource-manager/templates/resource-declaration */
function typeOf(id: string): string {
  if (!id.includes("/providers/")) return "Microsoft.Resources/resourceGroups";
  const [provider, ...segments] = id.split("/providers/").at(-1)?.split("/") ?? [];
  return [provider, ...segments.filter((_, i) => i % 2 === 0)].join("/");
}

function lineOf({ id, role = "" }: Made): string {
  return `${id} ${role}`.trim();
}

describe("an environment of an earlier version", () => {
  it("small keeps every resource and role assignment", () => {
    expect(differences(resources.small, main.small)).toEqual({ gone: [], added: [] });
  });

  it("prod keeps every resource, and main.bicep assigns the app's three roles no more", () => {
    const { gone, added } = differences(resources.main, main.prod);
    expect(added).toEqual([]);
    expect(gone).toHaveLength(3);
    expect(gone.filter((line) => !line.includes(assignments))).toEqual([]);
  });

  it("the bootstrap keeps every assignment but the right to assign roles, and assigns the app's four roles", () => {
    const { gone, added } = differences(resources.bootstrap, bootstrap.prod);
    expect(gone.map((line) => line.split(" ")[1])).toEqual([
      "f58310d9-a9f6-439a-9e8d-f62e7b41a168",
    ]);
    expect(added.map((line) => line.split(" ")[1])).toEqual([
      "4633458b-17de-408a-b874-0445c86b69e6",
      "3913510d-42f4-4e42-8a64-420c390055eb",
      "b7e6dc6d-f1e8-4753-8033-0f276bb0955b",
      "0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3",
    ]);
  });
});

const principals = { app: "app-1", deployer: "deployer-1", previewer: "previewer-1" };
const group = "11111111-1111-1111-1111-111111111111";
const giver = "f58310d9-a9f6-439a-9e8d-f62e7b41a168";

/** Assignments of the earlier version, as az lists them. */
const present = [...resources.bootstrap, ...resources.main]
  .filter((made): made is Required<Made> => made.id.includes(assignments) && "role" in made)
  .map(({ id, role }, i) => ({
    id,
    name: lastOf(id),
    scope: id.split(`/providers/${assignments}`)[0] ?? "",
    principalId: [
      ...[principals.deployer, principals.deployer, principals.previewer],
      ...[group, group, group, principals.app, principals.app, principals.app],
    ][i],
    roleDefinitionId: `/subscriptions/0/providers/Microsoft.Authorization/roleDefinitions/${role}`,
  }));
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
