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
      KEY_VAULT_URL: `[format('https://{0}{1}/', '${vault.name}', environment().suffixes.keyvaultDns)]`,
    });
  });
});

it.each(environments.filter((name) => name !== "dev"))(
  "%s sends to listed countries alone, and refuses for good",
  (name) => {
    const settings = appSettings(main[name]);
    expect(settings["PHONE_POLICY_ALLOWED_COUNTRIES"]).toMatch(/^[A-Z]{2}(,[A-Z]{2})*$/);
    expect(settings["PHONE_POLICY_MODE"] ?? "enforce").toBe("enforce");
    // Okta would send it by its own provider.
    expect(settings["REFUSED_ANSWER"]).toBe("suppress");
    expect(settings["UNCONFIRMED_ANSWER"] ?? "failed").toBe("failed");
    expect(settings).not.toHaveProperty("PHONE_POLICY_ALLOWED_CALLING_CODES");
  },
);
