// Compiles main.bicep and front.bicep with parameters of these tests, not with those of the
// examples.
import { noSubscription } from "../../tools/check-environment/bicep.ts";
import { compileFront, compileVariant as variant, hasCompiler } from "./compiler.ts";
import { all, at, list, one, type Snapshot, text } from "./snapshot.ts";

/** Value of the header that the deployment's availability test sends. */
const headerOf = (snapshot: Snapshot) =>
  text(one(snapshot, "Microsoft.Insights/webtests"), "properties.Request.Headers.0.value");
const availabilityTest = (snapshot: Snapshot) => ({
  name: "availability-test",
  action: "Allow",
  priority: 90,
  tag: "ServiceTag",
  ipAddress: "ApplicationInsightsAvailability",
  // Azure computes this value, so a snapshot has its expression.
  headers: {
    "x-azure-fdid": [
      headerOf(snapshot)
        .replace("'availability-{0}'", "'app-{0}'")
        .replace("uniqueString('availability'", "uniqueString('app'"),
    ],
  },
});

// Without a Bicep compiler, these tests are skipped, and compiler.programs.test.ts reports that.
(!hasCompiler ? describe.skip : describe)("parameters of main.bicep", () => {
  it.each(["zoneRedundant = true", "updateStrategy = 'RollingUpdate'"])(
    "main.bicep refuses %s with only one warm instance",
    async (choice) => {
      const scale =
        "param scale = { alwaysReady: 1, maximum: 40, concurrency: 100, memoryMB: 2048 }";
      await expect(variant(`${scale}\nparam ${choice}`)).rejects.toThrow(
        "Set scale.alwaysReady to 2 or more",
      );
      await variant(scale);
    },
  );

  it("main.bicep gives the app the update strategy RollingUpdate if the parameter says so", async () => {
    const app = one(await variant("param updateStrategy = 'RollingUpdate'"), "Microsoft.Web/sites");
    expect(at(app, "properties.functionAppConfig.siteUpdateStrategy")).toEqual({
      type: "RollingUpdate",
    });
  });

  it.each([
    [
      "EIGHT_BY_EIGHT_SMS_SUBACCOUNT",
      "param hookSettings = { EIGHT_BY_EIGHT_SMS_SUBACCOUNT: 'example_otp' }",
    ],
    [
      "EIGHT_BY_EIGHT_VOICE_SUBACCOUNT",
      "param hookSettings = { EIGHT_BY_EIGHT_SMS_SUBACCOUNT: 'acme', EIGHT_BY_EIGHT_VOICE_SUBACCOUNT: 'example_voice' }",
    ],
    [
      "EIGHT_BY_EIGHT_VOICE_SOURCE",
      "param hookSettings = { EIGHT_BY_EIGHT_SMS_SUBACCOUNT: 'acme', EIGHT_BY_EIGHT_VOICE_SUBACCOUNT: 'acme_voice', EIGHT_BY_EIGHT_VOICE_SOURCE: '6588000000' }",
    ],
    [
      "PHONE_POLICY_ALLOWED_COUNTRIES",
      "param hookSettings = { EIGHT_BY_EIGHT_SMS_SUBACCOUNT: 'acme', PHONE_POLICY_ALLOWED_COUNTRIES: 'example' }",
    ],
    [
      "pageReceivers",
      "param pageReceivers = { emails: ['identity-team@acme.test', 'on-call@example.com'] }",
    ],
    ["ticketEmails", "param ticketEmails = ['identity-team@example.com']"],
    [
      "runbookUrl",
      "param runbookUrl = 'https://github.com/example/okta-8x8-telephony/blob/main/docs/runbooks.md'",
    ],
  ])(
    "main.bicep refuses an example value in %s, and its error names what to set",
    async (setting, choice) => {
      await expect(variant(choice)).rejects.toThrow(
        new RegExp(`Set (hookSettings\\.)?${setting} .*\\.`),
      );
      await variant(`${choice}\nparam placeholders = 'allowed'`);
    },
  );

  it("main.bicep lets only the Front Door in frontDoorId and the availability test call the app", async () => {
    const snapshot = await variant("param frontDoorId = 'd3b0c1f4-0000-4000-8000-000000000000'");
    const config = at(one(snapshot, "Microsoft.Web/sites"), "properties.siteConfig");
    expect(at(config, "ipSecurityRestrictionsDefaultAction")).toBe("Deny");
    expect(list(config, "ipSecurityRestrictions")).toEqual([
      availabilityTest(snapshot),
      {
        name: "front-door",
        action: "Allow",
        priority: 80,
        tag: "ServiceTag",
        ipAddress: "AzureFrontDoor.Backend",
        headers: { "x-azure-fdid": ["d3b0c1f4-0000-4000-8000-000000000000"] },
      },
    ]);
  });

  it.each(["otp.acme.test", "/subscriptions/0/providers/Microsoft.Cdn/profiles/afd-okta8x8-front"])(
    "main.bicep refuses %s as frontDoorId",
    async (id) => {
      await expect(variant(`param frontDoorId = '${id}'`)).rejects.toThrow(
        "Set frontDoorId to the output frontDoorId of front.bicep",
      );
    },
  );

  it("the alert hook-slow uses the time limit of requests, which is shorter with tokens", async () => {
    const budget = async (settings: string) => {
      const choice = `param hookSettings = { EIGHT_BY_EIGHT_SMS_SUBACCOUNT: 'acme'${settings} }`;
      const rules = all(await variant(choice), "Microsoft.Insights/scheduledQueryRules");
      const slow = rules.find(({ name }) => name === "alert-hook-slow-okta8x8-test");
      return /p95Ms \/ (\d+)/.exec(text(slow, "properties.criteria.allOf.0.query"))?.[1];
    };
    const settings = ["", ", OKTA_HOOK_AUTH: 'either'", ", HOOK_BUDGET_MS: '1500'"];
    expect(await Promise.all(settings.map(budget))).toEqual(["2500", "2000", "1500"]);
  });

  describe("network.mode existing", () => {
    const subnets = `/subscriptions/${noSubscription}/resourceGroups/rg-hub/providers/Microsoft.Network/virtualNetworks/vnet-spoke/subnets`;
    const zones =
      "/subscriptions/0/resourceGroups/rg-dns/providers/Microsoft.Network/privateDnsZones";
    const existing = (dnsZones: string) =>
      variant(`param network = {
        mode: 'existing'
        appSubnetId: '${subnets}/otp-app'
        endpointSubnetId: '${subnets}/endpoints'
        ${dnsZones}
      }`);
    const networkTypes = (snapshot: Snapshot) =>
      snapshot.predictedResources
        .map(({ type }) => type)
        .filter((type) => type.startsWith("Microsoft.Network/"))
        .sort();

    it("main.bicep joins the given subnets, closes vault and storage, and creates only endpoints", async () => {
      const snapshot = await existing("");
      expect(networkTypes(snapshot)).toEqual([
        "Microsoft.Network/privateEndpoints",
        "Microsoft.Network/privateEndpoints",
      ]);
      expect(at(one(snapshot, "Microsoft.Web/sites"), "properties.virtualNetworkSubnetId")).toBe(
        `${subnets}/otp-app`,
      );
      for (const endpoint of all(snapshot, "Microsoft.Network/privateEndpoints"))
        expect(at(endpoint, "properties.subnet")).toEqual({ id: `${subnets}/endpoints` });
      for (const type of ["Microsoft.KeyVault/vaults", "Microsoft.Storage/storageAccounts"])
        expect(one(snapshot, type)).toMatchObject({
          properties: { publicNetworkAccess: "Disabled", networkAcls: { defaultAction: "Deny" } },
        });
      expect(snapshot.outputs["outboundAddress"]).toBe("");
    });

    it("main.bicep refuses an app subnet with an underscore in its name", async () => {
      const ids = `appSubnetId: '${subnets}/otp_app', endpointSubnetId: '${subnets}/pep_1'`;
      await expect(variant(`param network = { mode: 'existing', ${ids} }`)).rejects.toThrow(
        "without an underscore",
      );
    });

    it.each(["app", "endpoint"])(
      "main.bicep refuses an %s subnet of another subscription",
      async (which) => {
        const theirs = subnets.replace(noSubscription, "3fa85f64-5717-4562-b3fc-2c963f66afa6");
        const [app, endpoint] = which === "app" ? [theirs, subnets] : [subnets, theirs];
        const ids = `appSubnetId: '${app}/otp-app', endpointSubnetId: '${endpoint}/endpoints'`;
        await expect(variant(`param network = { mode: 'existing', ${ids} }`)).rejects.toThrow(
          "to subnets of this subscription",
        );
      },
    );

    it("main.bicep registers the endpoints in the given DNS zones, and creates no zone", async () => {
      const names = [
        "privatelink.vaultcore.azure.net",
        "privatelink.blob.core.windows.net",
      ] as const;
      const snapshot = await existing(
        `dnsZones: { vault: '${zones}/${names[0]}', blob: '${zones}/${names[1]}' }`,
      );
      const groups = all(snapshot, "Microsoft.Network/privateEndpoints/privateDnsZoneGroups");
      expect(groups.map((group) => at(group, "properties"))).toEqual([
        {
          privateDnsZoneConfigs: [
            { name: "vault", properties: { privateDnsZoneId: `${zones}/${names[0]}` } },
          ],
        },
        {
          privateDnsZoneConfigs: [
            { name: "blob", properties: { privateDnsZoneId: `${zones}/${names[1]}` } },
          ],
        },
      ]);
      expect(all(snapshot, "Microsoft.Network/privateDnsZones")).toEqual([]);
    });
  });

  it("main.bicep admits only listed callers and its own test, and adds no NAT gateway by default", async () => {
    const snapshot = await variant(`
      param network = { mode: 'private' }
      param allowedIpRanges = ['192.0.2.0/24', '198.51.100.0/24']
    `);
    const config = at(one(snapshot, "Microsoft.Web/sites"), "properties.siteConfig");
    expect(at(config, "ipSecurityRestrictionsDefaultAction")).toBe("Deny");
    expect(list(config, "ipSecurityRestrictions")).toEqual([
      availabilityTest(snapshot),
      { name: "caller-0", action: "Allow", priority: 100, ipAddress: "192.0.2.0/24" },
      { name: "caller-1", action: "Allow", priority: 101, ipAddress: "198.51.100.0/24" },
    ]);
    const [app] = list(one(snapshot, "Microsoft.Network/virtualNetworks"), "properties.subnets");
    expect(app).toMatchObject({ properties: { defaultOutboundAccess: true, natGateway: null } });
    expect(all(snapshot, "Microsoft.Network/publicIPAddresses")).toEqual([]);
  });

  it("main.bicep identifies its availability test by a header that others cannot compute", async () => {
    const snapshot = await variant("param allowedIpRanges = ['192.0.2.0/24']");
    expect(
      list(one(snapshot, "Microsoft.Insights/webtests"), "properties.Request.Headers"),
    ).toEqual([{ key: "x-azure-fdid", value: headerOf(snapshot) }]);
    // The value depends on the connection string, which Azure generates, so a snapshot has its
    // expression.
    expect(headerOf(snapshot)).toMatch(/^\[guid\(reference\(.*\.connectionString\.value, /);
    expect(JSON.stringify(snapshot.outputs)).not.toMatch(/connectionString/i);
  });

  it("main.bicep adds no access rule for the availability test if alerts is none", async () => {
    const snapshot = await variant(
      "param allowedIpRanges = ['192.0.2.0/24']\nparam alerts = 'none'",
    );
    const config = at(one(snapshot, "Microsoft.Web/sites"), "properties.siteConfig");
    expect(list(config, "ipSecurityRestrictions").map((rule) => text(rule, "name"))).toEqual([
      "caller-0",
    ]);
  });

  it("main.bicep adds extraTags to all resources except DNS zones, which refuse some characters", async () => {
    const snapshot = await variant(
      "param extraTags = { 'Cost Center (IT)': '4711' }\nparam network = { mode: 'private' }",
    );
    const tagged = snapshot.predictedResources.filter(({ tags }) => tags !== undefined);
    const without = tagged.filter((resource) => resource.tags?.["Cost Center (IT)"] !== "4711");
    expect([...new Set(without.map(({ type }) => type))]).toEqual([
      "Microsoft.Network/privateDnsZones",
      "Microsoft.Network/privateDnsZones/virtualNetworkLinks",
    ]);
  });

  it("main.bicep creates an alert on Azure incidents only with serviceHealthAlert", async () => {
    const watching = async (choices: string) =>
      all(await variant(choices), "Microsoft.Insights/activityLogAlerts")
        .filter((alert) => at(alert, "properties.condition.allOf.0.equals") === "ServiceHealth")
        .map((alert) => at(alert, "properties.scopes"));
    expect(await watching("param serviceHealthAlert = true")).toEqual([
      [`/subscriptions/${"0".repeat(8)}-0000-0000-0000-${"0".repeat(12)}`],
    ]);
    expect(await watching("")).toEqual([]);
  });
});

(!hasCompiler ? it.skip : it)(
  "front.bicep blocks addresses outside allowedIpRanges before all other rules",
  async () => {
    const snapshot = await compileFront("param allowedIpRanges = ['192.0.2.0/24']");
    const firewall = one(snapshot, "Microsoft.Network/FrontDoorWebApplicationFirewallPolicies");
    expect(list(firewall, "properties.customRules.rules")[0]).toEqual({
      name: "strangers",
      priority: 1,
      enabledState: "Enabled",
      ruleType: "MatchRule",
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
  },
);
