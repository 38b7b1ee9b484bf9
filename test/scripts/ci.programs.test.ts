import { readFileSync } from "node:fs";
import { join } from "node:path";
import { runScript } from "./run-script.ts";

const readme = readFileSync(join(__dirname, "../../README.md"), "utf8");

it(".ci/run runs the README's commands, check:lock and test:programs, and requires all optional tools", () => {
  const { status, calls, environment } = runScript("../.ci/run", []);
  expect([status, calls]).toEqual([
    0,
    [
      ["npm", "ci"],
      ["npm", "run", "check:lock"],
      ["npm", "test"],
      ["npm", "run", "test:programs"],
    ],
  ]);
  expect(readme).toContain("\nnpm ci && npm test\n");
  for (const tools of ["BICEP", "BROWSER", "OKTA_DOCUMENTS"])
    expect(environment).toContain(`\n${tools}_REQUIRED=1\n`);
});

it.each(["npm ci", "npm run check:lock", "npm test", "npm run test:programs"])(
  ".ci/run stops if %s fails",
  (call) => {
    const { status, calls } = runScript("../.ci/run", [], { answers: [{ call, fails: 1 }] });
    expect([status, calls.at(-1)?.join(" ")]).toEqual([1, call]);
  },
);
