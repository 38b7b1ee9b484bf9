import { localSettingNames } from "../../src/settings/secrets.ts";
import { settingNames } from "../../src/settings/setting-names.ts";
import { hostSettings } from "../../local/host/server.ts";
import { appSettings, environments, leaves, main, one, readProjectFile } from "./snapshot.ts";

// What the host and the SDKs read, beside our own settings.
const platformSettings = [
  "APPLICATIONINSIGHTS_AUTHENTICATION_STRING",
  "AzureWebJobsStorage__blobServiceUri",
  "AzureWebJobsStorage__clientId",
  "AzureWebJobsStorage__credential",
  "FUNCTIONS_REQUEST_BODY_SIZE_LIMIT",
];
// What the template knows by itself; the rest is the operator's choice.
const templateSettings = ["APPLICATIONINSIGHTS_CONNECTION_STRING", "AZURE_CLIENT_ID", "KEY_VAULT_URL"];
// And where that is asked for: state-table.test.ts.
const chosenSetting = "STATE_TABLE_URL";
const secretValue = /AccountKey=|SharedAccessSignature|listKeys|listSecrets|[?&]sig=|-----BEGIN|eyJ[\w-]{20,}/;

function offeredSettings(): readonly string[] {
  const [, block = ""] = /type hookSettings = \{\n([\s\S]*?)\n\}/.exec(readProjectFile("infra/types.bicep")) ?? [];
  return [...block.matchAll(/^ {2}([A-Z\d_]+): /gm)].map(([, name = ""]) => name);
}

it("the template offers every setting that the code reads, and no other", () => {
  expect([...offeredSettings(), ...templateSettings, chosenSetting].sort()).toEqual([...settingNames].sort());
});

describe.each(environments)("the settings of the app (%s)", (environment) => {
  const settings = appSettings(main[environment]);

  it("make nobody's code print what it sends: that would be tokens and secrets", () => {
    const printing = ["AZURE_LOG_LEVEL", "DEBUG", "NODE_DEBUG", "NODE_OPTIONS"];
    expect(printing.filter((name) => name in settings)).toEqual([]);
  });

  it("are those that the code or the host reads", () => {
    const known: readonly string[] = [...settingNames, ...platformSettings];
    expect(Object.keys(settings).filter((name) => !known.includes(name))).toEqual([]);
  });

  it("include every one that is required in Azure", () => {
    const required = [...templateSettings, ...platformSettings, "EIGHT_BY_EIGHT_SMS_SUBACCOUNT"];
    expect(required.filter((name) => !settings[name])).toEqual([]);
  });

  it("keep bodies from the app that are larger than any of Okta's or 8x8's, which the host lets through before anybody is known", () => {
    expect(settings["FUNCTIONS_REQUEST_BODY_SIZE_LIMIT"]).toBe(String(2 * 1024 * 1024));
    expect(settings).toMatchObject(hostSettings);
  });

  it("hold no secret, not even by reference", () => {
    for (const name of localSettingNames) expect(settings).not.toHaveProperty(name);
    expect(Object.values(settings).filter((value) => value.includes("@Microsoft.KeyVault("))).toEqual([]);
  });
});

it.each(environments)("no template writes, reads or gives out a secret (%s)", (environment) => {
  const { predictedResources, outputs } = main[environment];
  expect(predictedResources.filter(({ type }) => type === "Microsoft.KeyVault/vaults/secrets")).toEqual([]);
  const strings = [...leaves({ predictedResources, outputs })].map(({ value }) => value);
  expect(strings.filter((value) => typeof value === "string" && secretValue.test(value))).toEqual([]);
  expect(Object.keys(outputs).sort()).toEqual([
    "functionAppName",
    "healthUrl",
    "hookUrl",
    "inputs",
    "outboundAddress",
    "vaultName",
  ]);
  const { functionAppName, healthUrl, hookUrl, outboundAddress, vaultName } = outputs;
  const named = (type: string) => one(main[environment], type).name;
  const from = (output: string): unknown =>
    expect.stringMatching(`, '[\\d-]+'\\)\\.outputs\\.${output}\\.value\\)?\\]$`);
  expect([functionAppName, vaultName]).toEqual([named("Microsoft.Web/sites"), named("Microsoft.KeyVault/vaults")]);
  expect([healthUrl, hookUrl]).toEqual([from("hostName"), from("hostName")]);
  if (outboundAddress !== "") expect(outboundAddress).toEqual(from("outboundAddress"));
});
