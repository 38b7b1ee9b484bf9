// Tests the conditions in main.bicep with parameters that are in no snapshot.
import { alerts, name, severity } from "./alerts.ts";
import {
  compileBootstrap,
  compileFront,
  compileVariant as variant,
  hasCompiler,
} from "./compiler.ts";
import { all, at, list, main, one, type Resource, type Snapshot, text } from "./snapshot.ts";

const rules = (snapshot: Snapshot) => all(snapshot, "Microsoft.Insights/scheduledQueryRules");
const count = (snapshot: Snapshot, type: string) =>
  all(snapshot, `Microsoft.Insights/${type}`).length;

/** Leaves out how often an alert runs, because alerts = essential makes alerts run less often. */
function apartFromPace(alert: Resource): unknown {
  const pace = name(alert) === "health-red" ? { windowSize: undefined } : {};
  return {
    ...alert,
    properties: { ...(alert["properties"] as object), evaluationFrequency: undefined, ...pace },
  };
}

/** Unrelated parameters, compiled together to save time. */
const many = `
  param location = 'West US'
  param updateStrategy = 'RollingUpdate'
  param hookSettings = { EIGHT_BY_EIGHT_SMS_SUBACCOUNT: 'acme', OKTA_HOOK_AUTH: 'either' }
  param serviceHealthAlert = true
  param standby = true
  param frontDoorId = 'd3b0c1f4-0000-4000-8000-000000000000'
  param allowedIpRanges = ['192.0.2.0/24', '198.51.100.0/24']
  param extraTags = { Environment: 'Production', WORKLOAD: 'sign-in' }
  param pageReceivers = {
    emails: ['a@acme.test', 'b@acme.test']
    sms: [{ countryCode: '44', phoneNumber: '7700900123' }]
    webhooks: [{ name: 'rota', url: 'https://rota.acme.test/azure', objectId: '3fa85f64-5717-4562-b3fc-2c963f66afa6', identifierUri: 'api://rota' }]
  }
`;

(!hasCompiler ? describe.skip : describe)("main.bicep", () => {
  it("main.bicep lets only the Front Door, listed callers and the availability test call the app", async () => {
    const snapshot = await variant(many);
    const [header] = list(
      one(snapshot, "Microsoft.Insights/webtests"),
      "properties.Request.Headers",
    );
    const config = at(one(snapshot, "Microsoft.Web/sites"), "properties.siteConfig");
    const serviceTag = { action: "Allow", tag: "ServiceTag" };
    expect(at(config, "ipSecurityRestrictionsDefaultAction")).toBe("Deny");
    expect(list(config, "ipSecurityRestrictions")).toEqual([
      {
        ...serviceTag,
        name: "availability-test",
        priority: 90,
        ipAddress: "ApplicationInsightsAvailability",
        // The two expressions differ only in the module's name: `app` or `availability`.
        headers: {
          "x-azure-fdid": [
            text(header, "value")
              .replace("'availability-{0}'", "'app-{0}'")
              .replace("uniqueString('availability'", "uniqueString('app'"),
          ],
        },
      },
      {
        ...serviceTag,
        name: "front-door",
        priority: 80,
        ipAddress: "AzureFrontDoor.Backend",
        headers: { "x-azure-fdid": ["d3b0c1f4-0000-4000-8000-000000000000"] },
      },
      { name: "caller-0", action: "Allow", priority: 100, ipAddress: "192.0.2.0/24" },
      { name: "caller-1", action: "Allow", priority: 101, ipAddress: "198.51.100.0/24" },
    ]);
  });

  it("main.bicep identifies the availability test by a header that no one else can compute", async () => {
    const snapshot = await variant(many);
    // The snapshot has an expression, because Azure generates the connection string.
    expect(
      list(one(snapshot, "Microsoft.Insights/webtests"), "properties.Request.Headers"),
    ).toEqual([
      {
        key: "x-azure-fdid",
        value: expect.stringMatching(/^\[guid\(reference\(.*\.connectionString\.value, /) as string,
      },
    ]);
    expect(JSON.stringify(snapshot.outputs)).not.toMatch(/connectionString/i);
  });

  it("main.bicep notifies the people on call by e-mail, SMS and webhook", async () => {
    const groups = all(await variant(many), "Microsoft.Insights/actionGroups");
    const mails = (...addresses: readonly string[]) =>
      addresses.map((emailAddress, i) => ({
        name: `mail-${i}`,
        emailAddress,
        useCommonAlertSchema: true,
      }));
    expect(groups.map(({ properties }) => properties)).toEqual([
      {
        enabled: true,
        groupShortName: "okta-page",
        emailReceivers: mails("a@acme.test", "b@acme.test"),
        smsReceivers: [{ name: "sms-0", countryCode: "44", phoneNumber: "7700900123" }],
        webhookReceivers: [
          {
            name: "rota",
            serviceUri: "https://rota.acme.test/azure",
            useCommonAlertSchema: true,
            useAadAuth: true,
            objectId: "3fa85f64-5717-4562-b3fc-2c963f66afa6",
            identifierUri: "api://rota",
            tenantId: "[tenant().tenantId]",
          },
        ],
      },
      expect.objectContaining({ emailReceivers: mails("queue@acme.test") }) as unknown,
    ]);
  });

  it("the alert hook-slow uses the time limit of requests, which is shorter with tokens", async () => {
    const budget = async (choices: string) => {
      const slow = rules(await variant(choices)).find((rule) => name(rule) === "hook-slow");
      return /durationMs\) \/ (\d+)/.exec(text(slow, "properties.criteria.allOf.0.query"))?.[1];
    };
    const set =
      "param hookSettings = { EIGHT_BY_EIGHT_SMS_SUBACCOUNT: 'a', HOOK_BUDGET_MS: '1500' }";
    expect(await Promise.all(["", many, set].map(budget))).toEqual(["2500", "2000", "1500"]);
  });

  it("main.bicep spreads storage over zones if the region has zones, whatever zoneRedundant is", async () => {
    const sku = async (choices: string) =>
      text(one(await variant(choices), "Microsoft.Storage/storageAccounts"), "sku.name");
    const redundant = "param zoneRedundant = true\nparam location = 'westeurope'";
    expect(await Promise.all(["", many, redundant].map(sku))).toEqual([
      "Standard_ZRS",
      "Standard_LRS",
      "Standard_ZRS",
    ]);
  });

  it("main.bicep and the bootstrap keep a company's own tags Environment and Workload", async () => {
    const choice = "param extraTags = { Environment: 'Production', WORKLOAD: 'sign-in' }";
    for (const snapshot of [await variant(many), await compileBootstrap(choice)])
      for (const { tags } of snapshot.predictedResources.filter((it) => it.tags !== undefined))
        expect(tags).toMatchObject({ Environment: "Production", WORKLOAD: "sign-in" });
    const { tags } = one(await variant(many), "Microsoft.KeyVault/vaults");
    expect(Object.keys(tags ?? {})).toHaveLength(2);
  });

  it("only with serviceHealthAlert, main.bicep creates an alert on Azure's incidents in the subscription", async () => {
    const watching = async (choices: string) =>
      all(await variant(choices), "Microsoft.Insights/activityLogAlerts")
        .filter((alert) => at(alert, "properties.condition.allOf.0.equals") === "ServiceHealth")
        .map((alert) => at(alert, "properties.scopes"));
    expect(await watching(many)).toEqual([
      [`/subscriptions/${"0".repeat(8)}-0000-0000-0000-${"0".repeat(12)}`],
    ]);
    expect(await watching("")).toEqual([]);
  });

  it("with alerts = essential, main.bicep creates only the essential alerts, and changes only how often they run", async () => {
    const snapshot = await variant("param alerts = 'essential'");
    const every = alerts(await variant(""));
    const found = alerts(snapshot);
    expect(found.map(name)).toEqual(alerts(main.small).map(name));
    expect(found.map(apartFromPace)).toEqual(
      every.filter((alert) => found.map(name).includes(name(alert))).map(apartFromPace),
    );
    const left = every.filter((alert) => !found.map(name).includes(name(alert)));
    expect(left.filter((alert) => severity(alert) <= 1)).toEqual([]);
    expect(left.length).toBeGreaterThan(0);
  });

  it("with alerts = none, main.bicep creates no alert, no action group and no availability test", async () => {
    const choices =
      "param alerts = 'none'\nparam serviceHealthAlert = true\nparam placeholders = 'refused'";
    const snapshot = await variant(choices, ["pageReceivers", "ticketEmails", "runbookUrl"]);
    expect(alerts(snapshot)).toEqual([]);
    expect([count(snapshot, "actionGroups"), count(snapshot, "webtests")]).toEqual([0, 0]);
  });

  it("main.bicep disables the alert no-traffic on a stand-by, and the alert daily-cap if there is no cap", async () => {
    const off = async (choices: string) =>
      rules(await variant(choices))
        .filter((rule) => at(rule, "properties.enabled") === false)
        .map(name);
    expect(await Promise.all([many, "param dailyCapGb = -1", ""].map(off))).toEqual([
      ["no-traffic"],
      ["daily-cap"],
      [],
    ]);
  });
});

(!hasCompiler ? it.skip : it)(
  "front.bicep blocks addresses outside allowedIpRanges before all other rules",
  async () => {
    const snapshot = await compileFront("param allowedIpRanges = ['192.0.2.0/24']");
    const firewall = one(snapshot, "Microsoft.Network/FrontDoorWebApplicationFirewallPolicies");
    const [first, ...others] = list(firewall, "properties.customRules.rules");
    expect(first).toMatchObject({
      enabledState: "Enabled",
      action: "Block",
      matchConditions: [
        {
          matchVariable: "SocketAddr",
          operator: "IPMatch",
          negateCondition: true,
          matchValue: ["192.0.2.0/24"],
        },
      ],
    });
    const priorities = others.map((rule) => at(rule, "priority"));
    expect(Math.min(...(priorities as number[]))).toBeGreaterThan(at(first, "priority") as number);
  },
);
