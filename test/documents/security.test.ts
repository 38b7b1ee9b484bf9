import { linksIn, proseOf } from "./markdown.ts";

test("docs/security.md links a test for every threat", () => {
  const [, section = ""] = proseOf("docs/security.md").split(/^#{2,3} /m);
  const threats = section.split(/^(?=- \*\*)/m).slice(1);
  expect(threats.length).toBeGreaterThan(10);
  expect(
    threats.filter((threat) => !linksIn(threat).some((link) => link.startsWith("../test/"))),
  ).toEqual([]);
});
