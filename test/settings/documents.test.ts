import { readFileSync } from "node:fs";
import { eightByEight } from "../../src/settings/environment/8x8.ts";
import { azure } from "../../src/settings/environment/azure.ts";
import { guard } from "../../src/settings/environment/guard.ts";
import { okta } from "../../src/settings/environment/okta.ts";
import { secondHook } from "../../src/settings/environment/second-hook.ts";
import { phone } from "../../src/settings/environment/phone.ts";
import { settingNames } from "../../src/settings/environment.ts";
import { localSettingNames } from "../../src/settings/secret-list.ts";
import { loadSettings } from "../../src/settings/settings.ts";

const read = (file: string) => readFileSync(file, "utf8");

test("the example settings are valid on a laptop", () => {
  const { Values } = JSON.parse(read("local.settings.json.example")) as {
    Values: Record<string, string>;
  };
  const { problems, unknown } = loadSettings({
    AZURE_FUNCTIONS_ENVIRONMENT: "Development",
    ...Values,
  });
  expect([problems, unknown]).toEqual([[], []]);
});

test("the app reads every setting", () => {
  const readers = ["config", "secret-list", "settings"].map((file) => `src/settings/${file}.ts`);
  const code = readers.map(read).join("\n");
  expect(settingNames.filter((name) => !new RegExp(`\\b${name}\\b`).test(code))).toEqual([]);
});

test("no two settings have the same name", () => {
  const names = [
    ...[azure, okta, eightByEight, secondHook, phone, guard].flatMap(Object.keys),
    ...localSettingNames,
  ];
  expect(new Set(names).size).toBe(names.length);
  expect(names).toEqual([...settingNames, ...localSettingNames]);
});
