import { linksIn, proseOf } from "./markdown.ts";

const sections = proseOf("docs/security.md")
  .split(/^#{2,3} /m)
  .slice(1);
const isProof = (link: string) => link.startsWith("../test/");

test("every claim of the threat model names its tests", () => {
  const [threatModel = ""] = sections.filter((section) => section.startsWith("Threat model\n"));
  const claims = threatModel.split(/^(?=- \*\*)/m).slice(1);
  expect(claims.length).toBeGreaterThan(10);
  expect(claims.filter((claim) => !linksIn(claim).some(isProof))).toEqual([]);
});

test("every other section names its tests, and every alert on access its own", () => {
  const others = sections.filter((section) => !section.startsWith("Threat model\n"));
  expect(others.filter((section) => !linksIn(section).some(isProof))).toEqual([]);
  const alerts = sections
    .flatMap((section) => section.split("\n"))
    .filter((line) => /^\| \[?`[a-z]+-[a-z-]+`/.test(line));
  expect(alerts.length).toBe(3);
  expect(alerts.filter((alert) => !linksIn(alert).some(isProof))).toEqual([]);
});
