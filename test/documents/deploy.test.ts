import { linksOf, read } from "./markdown.ts";

// If the app is removed before the hook, Okta asks people for a code that they do not get.
test("docs/deploy.md says to deactivate the hook before you remove the app, and three pages link there", () => {
  expect(read("docs/deploy.md")).toMatch(
    /^## Take it away\n\n(?:1\. )?\*\*Deactivate the hook in Okta first/m,
  );
  for (const path of ["docs/network.md", "docs/set-up-okta.md", "docs/security.md"])
    expect(linksOf(path)).toContain("deploy.md#take-it-away");
});
