import { linksIn, proseOf } from "./markdown.ts";

test("every claim of docs/security.md names its tests: in the threat model each, else each section", () => {
  const sections = proseOf("docs/security.md")
    .split(/^#{2,3} /m)
    .slice(1);
  const claims = sections.flatMap((section) =>
    section.startsWith("Threat model\n") ? section.split(/^(?=- \*\*)/m).slice(1) : [section],
  );
  expect(claims.length).toBeGreaterThan(15);
  expect(
    claims.filter((claim) => !linksIn(claim).some((link) => link.startsWith("../test/"))),
  ).toEqual([]);
});
