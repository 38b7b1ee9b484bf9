import { settingNames } from "../../src/settings/environment.ts";
import { hostSettings } from "../../tools/functions-host.ts";
import { appSettings, environments, leaves, main, readProjectFile } from "./snapshot.ts";

// main.bicep always sets these settings itself.
const templateSettings = [
  "APPLICATIONINSIGHTS_CONNECTION_STRING",
  "AZURE_CLIENT_ID",
  "KEY_VAULT_URL",
];
// main.bicep sets this setting if stateTable is true: own-network.programs.test.ts.
const chosenSetting = "STATE_TABLE_URL";
const secretValue =
  /AccountKey=|SharedAccessSignature|listKeys|listSecrets|[?&]sig=|-----BEGIN|eyJ[\w-]{20,}/;

function offeredSettings(): readonly string[] {
  const [, block = ""] =
    /type hookSettings = \{\n([\s\S]*?)\n\}/.exec(readProjectFile("infra/types.bicep")) ?? [];
  return [...block.matchAll(/^ {2}([A-Z\d_]+): /gm)].map(([, name = ""]) => name);
}

it("hookSettings offers every setting of the app that main.bicep does not set itself", () => {
  expect([...offeredSettings(), ...templateSettings, chosenSetting].sort()).toEqual(
    [...settingNames].sort(),
  );
});

// resources.test.ts tests the other settings.
it.each(environments)(
  "the host of the example %s has the same limits as the host on a laptop",
  (environment) => {
    expect(appSettings(main[environment])).toMatchObject(hostSettings);
  },
);

it.each(environments)(
  "the resources and outputs of the example %s contain no secret",
  (environment) => {
    const { predictedResources, outputs } = main[environment];
    expect(
      predictedResources.filter(({ type }) => type === "Microsoft.KeyVault/vaults/secrets"),
    ).toEqual([]);
    const strings = [...leaves({ predictedResources, outputs })].map(({ value }) => value);
    expect(strings.filter((value) => typeof value === "string" && secretValue.test(value))).toEqual(
      [],
    );
  },
);
