import { settingNames } from "../../src/settings/environment.ts";
import { hostSettings } from "../../tools/functions-host.ts";
import { appSettings, environments, leaves, main, readProjectFile } from "./snapshot.ts";

// What the template knows by itself; the rest is the operator's choice.
const templateSettings = [
  "APPLICATIONINSIGHTS_CONNECTION_STRING",
  "AZURE_CLIENT_ID",
  "KEY_VAULT_URL",
];
// And where that is asked for: state-table.test.ts.
const chosenSetting = "STATE_TABLE_URL";
const secretValue =
  /AccountKey=|SharedAccessSignature|listKeys|listSecrets|[?&]sig=|-----BEGIN|eyJ[\w-]{20,}/;

function offeredSettings(): readonly string[] {
  const [, block = ""] =
    /type hookSettings = \{\n([\s\S]*?)\n\}/.exec(readProjectFile("infra/types.bicep")) ?? [];
  return [...block.matchAll(/^ {2}([A-Z\d_]+): /gm)].map(([, name = ""]) => name);
}

it("the template offers every setting that the code reads, and no other", () => {
  expect([...offeredSettings(), ...templateSettings, chosenSetting].sort()).toEqual(
    [...settingNames].sort(),
  );
});

// The rest of them: resources.test.ts.
it.each(environments)("the host of %s and the laptop's have the same limits", (environment) => {
  expect(appSettings(main[environment])).toMatchObject(hostSettings);
});

it.each(environments)("no template writes, reads or gives out a secret (%s)", (environment) => {
  const { predictedResources, outputs } = main[environment];
  expect(
    predictedResources.filter(({ type }) => type === "Microsoft.KeyVault/vaults/secrets"),
  ).toEqual([]);
  const strings = [...leaves({ predictedResources, outputs })].map(({ value }) => value);
  expect(strings.filter((value) => typeof value === "string" && secretValue.test(value))).toEqual(
    [],
  );
});
