import { linksIn, linksOf, read, rowsOf } from "./markdown.ts";

const deploy = read("docs/deploy.md");

test("development takes nine actions, and setup is one of them", () => {
  const [section = ""] = /^## Development in nine actions$[^]*?(?=^## )/m.exec(deploy) ?? [];
  const actions = [...section.matchAll(/^\d+\. .+$/gm)].map(([action]) => action);
  expect(actions).toHaveLength(9);
  expect(actions.filter((action) => action.includes("scripts/setup.sh dev"))).toHaveLength(1);
});

test("it begins with who needs what, and there leads to what was never tried", () => {
  const [beginning = ""] = deploy.split(/^## /m);
  expect(linksIn(beginning)).toContain("live.md");
  expect(/^## .+$/m.exec(deploy)?.[0]).toBe("## Development in nine actions");
});

test.each(["infra/main.bicep", "infra/bootstrap/main.bicep"])("the page of parameters names each of %s", (template) => {
  const written = rowsOf("docs/parameters.md").flatMap(([first = ""]) =>
    [...first.matchAll(/`(\w+)`/g)].map(([, name]) => name),
  );
  const parameters = [...read(template).matchAll(/^param (\w+) /gm)].map(([, name]) => name);
  expect(parameters.length).toBeGreaterThan(5);
  expect(parameters.filter((name) => !written.includes(name))).toEqual([]);
});

test("it begins the way back with the hook in Okta, and others link there", () => {
  expect(deploy).toMatch(/^## Take it away\n\n(?:1\. )?\*\*Deactivate the hook in Okta first/m);
  for (const path of ["docs/network.md", "docs/set-up-okta.md", "docs/security.md"])
    expect(linksOf(path)).toContain("deploy.md#take-it-away");
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
