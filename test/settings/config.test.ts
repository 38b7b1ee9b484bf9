import { localSettingNames } from "../../src/settings/secret-list.ts";
import { settingNames } from "../../src/settings/environment.ts";
import { loadSettings } from "../../src/settings/settings.ts";
import { openPolicy } from "../rules/sample-code-request.ts";
import {
  azure,
  clientId,
  connectionString,
  laptop,
  load,
  problemNames,
} from "./sample-settings.ts";

test("the config has defaults if only the required settings are set", () => {
  expect(load()).toMatchObject({
    authHeader: "authorization",
    budgetMs: 2500,
    vaultUrl: "https://vault.vault.azure.net",
    secrets: {
      hookSecret: { name: "okta-hook-secret", count: 2, minLength: 16, ofCallers: true },
      apiKey: { name: "eight-by-eight-api-key", count: 1 },
      phoneHashKey: { name: "phone-hash-key", count: 1, minLength: 32 },
      oktaEventSecret: {
        name: "okta-event-secret",
        count: 2,
        minLength: 16,
        ofCallers: true,
        optional: true,
      },
      receiptSecret: {
        name: "receipt-secret",
        count: 2,
        minLength: 16,
        ofCallers: true,
        optional: true,
      },
    },
    secretAge: { maxAgeMs: 600_000, outageMs: 259_200_000 },
    channels: {
      sms: {
        url: "https://sms.8x8.com",
        subAccount: "acme_hq",
        senders: new Map(),
        templates: new Map(),
        sendClientIp: true,
        sendFeedback: false,
      },
      voice: undefined,
    },
    phonePolicy: openPolicy,
    answerPolicy: { refused: "failed", unconfirmed: "failed" },
    guard: { mode: "record", countryLimits: new Map(), exemptRanges: [] },
    state: { in: "nothing" },
  });
});

test("the app keeps sent codes in the table of STATE_TABLE_URL, and on a laptop in memory", () => {
  const STATE_TABLE_URL = "https://st.table.core.windows.net/";
  expect(load({ STATE_TABLE_URL }).state).toEqual({
    in: "table",
    url: "https://st.table.core.windows.net",
  });
  expect(load({}, laptop).state).toEqual({ in: "memory" });
  expect(load({ STATE_TABLE_URL }, laptop).state).toEqual({ in: "memory" });
});

test("if feedback is on, STATE_TABLE_URL is reported as missing, except on a laptop", () => {
  const EIGHT_BY_EIGHT_FEEDBACK = "Send";
  expect(problemNames({ EIGHT_BY_EIGHT_FEEDBACK })).toEqual(["STATE_TABLE_URL"]);
  expect(
    problemNames({ EIGHT_BY_EIGHT_FEEDBACK, STATE_TABLE_URL: "https://st.table.core.windows.net" }),
  ).toEqual([]);
  expect(problemNames({ EIGHT_BY_EIGHT_FEEDBACK }, laptop)).toEqual([]);
});

test.each(["KEY_VAULT_URL", "AZURE_CLIENT_ID", "EIGHT_BY_EIGHT_SMS_SUBACCOUNT"])(
  "the setting %s is required",
  (name) => {
    expect(problemNames({ [name]: undefined })).toEqual([name]);
  },
);

test("a setting with an empty value counts as unset", () => {
  const cleared = Object.fromEntries(settingNames.map((name) => [name, azure[name] ?? "  "]));
  expect(load(cleared)).toEqual(load());
});

test("a problem never quotes the value of a setting", () => {
  const names = [...settingNames, ...localSettingNames];
  const { problems } = loadSettings(
    Object.fromEntries(names.map((name) => [name, "s3cret value {}/"])),
  );
  expect(problems.length).toBeGreaterThan(15);
  for (const { problem } of problems) expect(problem).not.toContain("s3cret");
  const json = loadSettings({ ...azure, EIGHT_BY_EIGHT_VOICE_PROFILES: "s3cret" }).problems;
  expect(JSON.stringify(json)).not.toContain("s3cret");
});

test("a list of blocked countries is reported if there is also a list of allowed countries", () => {
  const lists = { PHONE_POLICY_ALLOWED_COUNTRIES: "DE", PHONE_POLICY_BLOCKED_COUNTRIES: "FR" };
  expect(problemNames(lists)).toEqual(["PHONE_POLICY_BLOCKED_COUNTRIES"]);
});

describe("secrets as settings", () => {
  const requiredOnLaptop = ["OKTA_HOOK_SECRET", "EIGHT_BY_EIGHT_API_KEY"];

  test("on a laptop, secrets can be settings, and no vault is required", () => {
    expect(load({ RECEIPT_SECRET: "receipt" }, laptop).secrets).toMatchObject({
      hookSecret: { name: "OKTA_HOOK_SECRET", value: "hook-secret" },
      apiKey: { name: "EIGHT_BY_EIGHT_API_KEY", value: "api-key" },
      phoneHashKey: { name: "phone-hash-key", value: undefined },
      oktaEventSecret: { name: "OKTA_EVENT_SECRET", value: undefined },
      receiptSecret: { name: "RECEIPT_SECRET", value: "receipt" },
    });
  });

  test.each(requiredOnLaptop)("a laptop requires the secret setting %s", (name) => {
    expect(problemNames({ [name]: "" }, laptop)).toEqual([name]);
  });

  test.each(localSettingNames)("the secret setting %s is refused except on a laptop", (name) => {
    expect(problemNames({ [name]: "x" })).toEqual([name]);
    for (const environment of ["Production", "Staging", "development", "Dev", ""])
      expect(problemNames({ [name]: "x", AZURE_FUNCTIONS_ENVIRONMENT: environment })).toEqual([
        name,
      ]);
  });

  test.each([
    [{ WEBSITE_INSTANCE_ID: "f0a1c4c9e8b24d7b" }],
    [{ WEBSITE_HOSTNAME: "func-okta8x8.azurewebsites.net" }],
    [{ WEBSITE_HOSTNAME: "localhost.example.com:7071" }],
    [{ WEBSITE_HOSTNAME: "localhost:7071@example.com" }],
    [{ WEBSITE_HOSTNAME: "[" }],
  ])(
    "secret settings are refused if a variable shows that the app runs in Azure: %j",
    (azureVariable) => {
      expect(problemNames(azureVariable, laptop)).toEqual([
        "KEY_VAULT_URL",
        "AZURE_CLIENT_ID",
        ...requiredOnLaptop,
      ]);
    },
  );

  test("secret settings are accepted if WEBSITE_HOSTNAME is a loopback host, as in Core Tools", () => {
    for (const WEBSITE_HOSTNAME of ["localhost:7071", "127.0.0.1:7071", "[::1]:7071", ""])
      expect(load({ WEBSITE_HOSTNAME }, laptop).vaultUrl).toBeUndefined();
  });

  test("if a vault is set, secrets come from the vault, even on a laptop", () => {
    const { secrets, vaultUrl } = load({ AZURE_FUNCTIONS_ENVIRONMENT: "Development" });
    expect(vaultUrl).toBe("https://vault.vault.azure.net");
    expect(secrets.apiKey).toEqual({ name: "eight-by-eight-api-key", count: 1 });
  });
});

test("loadSettings returns the connection string and the identity even if other settings are missing", () => {
  const env = {
    AZURE_CLIENT_ID: clientId,
    APPLICATIONINSIGHTS_CONNECTION_STRING: connectionString,
  };
  expect(loadSettings({ ...azure, ...env })).toMatchObject({ connectionString, clientId });
  expect(loadSettings(env)).toMatchObject({ config: undefined, connectionString, clientId });
  const onLaptop = { ...laptop, APPLICATIONINSIGHTS_CONNECTION_STRING: connectionString };
  expect(loadSettings(onLaptop)).toMatchObject({ connectionString, clientId: undefined });
});

test("loadSettings returns no connection string if it is unset or invalid", () => {
  expect(loadSettings(azure).connectionString).toBeUndefined();
  expect(
    loadSettings({ ...azure, APPLICATIONINSIGHTS_CONNECTION_STRING: "x" }).connectionString,
  ).toBeUndefined();
});

test("loadSettings lists unknown names with the app's prefixes, and reports no problem", () => {
  const { config, unknown } = loadSettings({
    ...azure,
    OKTA_HOOK_AUHT: "x",
    phone_policy_mode: "x",
    SECRET_AGE: "x",
    PATH: "x",
  });
  expect(config).toBeDefined();
  expect(unknown).toEqual(["OKTA_HOOK_AUHT", "phone_policy_mode", "SECRET_AGE"]);
});

test("for each setting with one of the app's prefixes, loadSettings lists a misspelled name", () => {
  const ofPlatform = /^(?:AZURE|KEY|APPLICATIONINSIGHTS)_/;
  const names = settingNames.filter((name) => !ofPlatform.test(name)).map((name) => `${name}_X`);
  const given = Object.fromEntries(names.map((name) => [name, "x"]));
  expect(loadSettings({ ...azure, ...given }).unknown).toEqual(names);
});
