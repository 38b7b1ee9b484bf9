import { readFileSync } from "node:fs";
import { join } from "node:path";
import { runScript } from "./run-script.ts";

const readme = readFileSync(join(__dirname, "../../README.md"), "utf8");

it("runs what the README says and tries the lock file, with every tool that a test could be left out for", () => {
  const { status, calls, environment } = runScript("../.ci/run", []);
  expect([status, calls]).toEqual([
    0,
    [
      ["npm", "ci"],
      ["npm", "run", "check:lock"],
      ["npm", "test"],
    ],
  ]);
  expect(readme).toContain("\nnpm ci && npm test\n");
  for (const tools of ["BICEP", "BROWSER", "OKTA_DOCUMENTS"])
    expect(environment).toContain(`\n${tools}_REQUIRED=1\n`);
});

it.each(["npm ci", "npm run check:lock", "npm test"])(
  "fails where %s does, and goes no further",
  (call) => {
    const { status, calls } = runScript("../.ci/run", [], { answers: [{ call, fails: 1 }] });
    expect([status, calls.at(-1)?.join(" ")]).toEqual([1, call]);
  },
);
