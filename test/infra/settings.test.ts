import { settingNames } from "../../src/settings/environment.ts";
import { hostSettings } from "../../tools/functions-host.ts";
import { appSettings, environments, leaves, main, readProjectFile } from "./snapshot.ts";

// Settings that the template sets itself. The operator chooses the rest.
const templateSettings = [
  "APPLICATIONINSIGHTS_CONNECTION_STRING",
  "AZURE_CLIENT_ID",
  "KEY_VAULT_URL",
];
// state-table.test.ts has the setting of the table.
const chosenSetting = "STATE_TABLE_URL";
const secretValue =
  /AccountKey=|SharedAccessSignature|listKeys|listSecrets|[?&]sig=|-----BEGIN|eyJ[\w-]{20,}/;

function offeredSettings(): readonly string[] {
  const [, block = ""] =
    /type hookSettings = \{\n([\s\S]*?)\n\}/.exec(readProjectFile("infra/types.bicep")) ?? [];
  return [...block.matchAll(/^ {2}([A-Z\d_]+): /gm)].map(([, name = ""]) => name);
}

it("the template offers exactly the settings that the code reads", () => {
  expect([...offeredSettings(), ...templateSettings, chosenSetting].sort()).toEqual(
    [...settingNames].sort(),
  );
});

// For the other settings, see resources.test.ts.
it.each(environments)("the hosts of %s and of the laptop have the same limits", (environment) => {
  expect(appSettings(main[environment])).toMatchObject(hostSettings);
});

it.each(environments)("no template writes, reads or outputs a secret (%s)", (environment) => {
  const { predictedResources, outputs } = main[environment];
  expect(
    predictedResources.filter(({ type }) => type === "Microsoft.KeyVault/vaults/secrets"),
  ).toEqual([]);
  const strings = [...leaves({ predictedResources, outputs })].map(({ value }) => value);
  expect(strings.filter((value) => typeof value === "string" && secretValue.test(value))).toEqual(
    [],
  );
});
