import { settingNames } from "../../../src/settings/setting-names.ts";
import { appSettings, environments, main, one } from "../snapshot.ts";
import { readable } from "./readable.ts";

const operators = (name: string) =>
  (settingNames as readonly string[]).includes(name) && !/^(AZURE|APPLICATION|KEY)/.test(name);

describe.each(environments)("the settings of the app (%s)", (environment) => {
  const settings = readable(appSettings(main[environment])) as Record<string, string>;
  const account = one(main[environment], "Microsoft.Storage/storageAccounts");
  const vault = one(main[environment], "Microsoft.KeyVault/vaults");
  const identity = `reference('rg-okta8x8-${environment}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-okta8x8-${environment}', '2024-11-30').clientId`;

  it("lead to this environment's own storage, vault and telemetry, as the app's identity", () => {
    expect(Object.fromEntries(Object.entries(settings).filter(([name]) => !operators(name)))).toEqual({
      AzureWebJobsStorage__blobServiceUri: `[format('https://{0}.blob.{1}/', '${account.name}', environment().suffixes.storage)]`,
      AzureWebJobsStorage__credential: "managedidentity",
      AzureWebJobsStorage__clientId: `[${identity}]`,
      APPLICATIONINSIGHTS_CONNECTION_STRING: "[monitoring.connectionString]",
      APPLICATIONINSIGHTS_AUTHENTICATION_STRING: `[format('ClientId={0};Authorization=AAD', ${identity})]`,
      AZURE_CLIENT_ID: `[${identity}]`,
      FUNCTIONS_REQUEST_BODY_SIZE_LIMIT: "2097152",
      KEY_VAULT_URL: `[format('https://{0}{1}/', '${vault.name}', environment().suffixes.keyvaultDns)]`,
    });
  });
});

it.each(environments)("%s guesses no country, and answers no refusal as if the code had been sent", (name) => {
  const settings = appSettings(main[name]);
  // The template refuses the word, so that setup asks and Enter does not do.
  expect(settings["PHONE_POLICY_ALLOWED_COUNTRIES"]).toBe(name === "dev" ? undefined : "example");
  for (const unset of [
    "PHONE_POLICY_MODE",
    "REFUSED_ANSWER",
    "UNCONFIRMED_ANSWER",
    "GUARD_MODE",
    "PHONE_POLICY_ALLOWED_CALLING_CODES",
  ])
    expect(settings).not.toHaveProperty(unset);
});
