import { read, rowsOf } from "./markdown.ts";

const deploy = read("docs/deploy.md");

test("development takes nine actions, and setup is one of them", () => {
  const [section = ""] = /^## Development in nine actions$[^]*?(?=^## )/m.exec(deploy) ?? [];
  const actions = [...section.matchAll(/^\d+\. .+$/gm)].map(([action]) => action);
  expect(actions).toHaveLength(9);
  expect(actions.filter((action) => action.includes("scripts/setup.sh dev"))).toHaveLength(1);
});

test("it begins with what was never tried", () => {
  expect(/^## .+$/m.exec(deploy)?.[0]).toBe("## What was never tried live");
});

test.each(["infra/main.bicep", "infra/bootstrap/main.bicep"])("it names every parameter of %s", (template) => {
  const written = rowsOf("docs/deploy.md").flatMap(([first = ""]) =>
    [...first.matchAll(/`(\w+)`/g)].map(([, name]) => name),
  );
  const parameters = [...read(template).matchAll(/^param (\w+) /gm)].map(([, name]) => name);
  expect(parameters.length).toBeGreaterThan(5);
  expect(parameters.filter((name) => !written.includes(name))).toEqual([]);
});

test("it says to deactivate Okta's hook before the app is deleted", () => {
  for (const path of ["docs/deploy.md", "docs/set-up-okta.md"]) expect(read(path)).toMatch(/[Dd]eactivate the hook/);
});

test("who builds an environment again reads what became of its vault", () => {
  const [, end = ""] = deploy.split(/^## Take it away$/m);
  expect(end).toContain("az keyvault purge");
  expect(end).toContain("az keyvault recover");
});

// https://learn.microsoft.com/azure/private-link/rbac-permissions#private-endpoint
test("a landing zone's owner reads of each right on the network that the deployer needs", () => {
  for (const action of ["read", "subnets/read", "subnets/join/action"])
    expect(read("docs/network.md")).toContain(`\`Microsoft.Network/virtualNetworks/${action}\``);
});
