import { readFileSync } from "node:fs";
import type { app as azureFunctions } from "@azure/functions";
import { functionNames, registerFunctions } from "../../src/functions/register.ts";

test("registerFunctions registers exactly the functions in functionNames", () => {
  const registered: string[] = [];
  const app = {
    http: (name: string) => registered.push(name),
    hook: { appTerminate: () => undefined },
  };
  registerFunctions(app as unknown as typeof azureFunctions, () => {
    throw new Error("This test sends no request.");
  });
  expect(registered).toEqual(functionNames);
});

test("smoke.sh checks every registered function", () => {
  const [, names = ""] =
    /^for function in (.*); do$/m.exec(readFileSync("scripts/smoke.sh", "utf8")) ?? [];
  expect(names.split(" ")).toEqual(functionNames);
});

test.each([
  ["scripts/setup/deploy.bash", /\$app\/([\w-]+)/g],
  ["tools/accept/app.ts", /"\/admin\/functions\/([\w-]+)"/g],
  ["tools/local/phone/traffic.ts", /report\.function !== "([\w-]+)"/g],
])("%s names only registered functions", (file, pattern) => {
  const named = [...readFileSync(file, "utf8").matchAll(pattern)].map(([, name]) => name);
  expect(named.length).toBeGreaterThan(0);
  expect(functionNames).toEqual(expect.arrayContaining(named));
});
