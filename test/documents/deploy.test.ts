import { linksOf, read, rowsOf } from "./markdown.ts";

test.each(["infra/main.bicep", "infra/bootstrap/main.bicep"])(
  "docs/parameters.md names every parameter of %s",
  (template) => {
    const written = rowsOf("docs/parameters.md").flatMap(([first = ""]) =>
      [...first.matchAll(/`(\w+)`/g)].map(([, name]) => name),
    );
    const parameters = [...read(template).matchAll(/^param (\w+) /gm)].map(([, name]) => name);
    expect(parameters.length).toBeGreaterThan(5);
    expect(parameters.filter((name) => !written.includes(name))).toEqual([]);
  },
);

// If the app is removed before the hook, Okta asks people for a code that they do not get.
test("docs/deploy.md says to deactivate the hook before you remove the app, and three pages link there", () => {
  expect(read("docs/deploy.md")).toMatch(
    /^## Take it away\n\n(?:1\. )?\*\*Deactivate the hook in Okta first/m,
  );
  for (const path of ["docs/network.md", "docs/set-up-okta.md", "docs/security.md"])
    expect(linksOf(path)).toContain("deploy.md#take-it-away");
});
