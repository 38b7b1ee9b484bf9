import { linksIn, proseOf } from "./markdown.ts";

test("docs/security.md links a test for every threat and every other section", () => {
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
