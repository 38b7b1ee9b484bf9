import { readFileSync } from "node:fs";
import { join } from "node:path";
import { runScript } from "./run-script.ts";

const readme = readFileSync(join(__dirname, "../../README.md"), "utf8");

describe(".ci/run", () => {
  it("runs what the README says, and nothing else of npm", () => {
    const { status, calls } = runScript("../.ci/run", []);
    expect(status).toBe(0);
    expect(readme).toContain(`\n${calls.map((call) => call.join(" ")).join(" && ")}\n`);
    expect(calls).toEqual([
      ["npm", "ci"],
      ["npm", "test"],
    ]);
  });

  it("lets no test be left out for want of a tool", () => {
    const { environment } = runScript("../.ci/run", []);
    expect(environment).toMatch(/^BICEP_REQUIRED=1$/m);
    expect(environment).toMatch(/^BROWSER_REQUIRED=1$/m);
    expect(environment).toMatch(/^OKTA_DOCUMENTS_REQUIRED=1$/m);
  });

  it.each(["npm ci", "npm test"])("fails where %s does, and goes no further", (call) => {
    const { status, calls } = runScript("../.ci/run", [], { answers: [{ call, fails: 1 }] });
    expect([status, calls.at(-1)?.join(" ")]).toEqual([1, call]);
  });
});
