// Compiles main.bicep and front.bicep with parameters of these tests, not with those of the
// examples.
import { noSubscription } from "../../tools/check-environment/bicep.ts";
import {
  compileBootstrap,
  compileFront,
  compileVariant as variant,
  hasCompiler,
} from "./compiler.ts";
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
      "PHONE_POLICY_ALLOWED_COUNTRIES",
      "param hookSettings = { EIGHT_BY_EIGHT_SMS_SUBACCOUNT: 'acme', PHONE_POLICY_ALLOWED_COUNTRIES: 'example' }",
    ],
    [
      "pageReceivers",
      "param pageReceivers = { emails: ['identity-team@acme.test', 'on-call@example.com'] }",
    ],
    [
      "runbookUrl",
      "param runbookUrl = 'https://github.com/example/okta-8x8-telephony/blob/main/docs/runbooks.md'",
    ],
  ])(
    // The snapshots of the examples have these values, with placeholders allowed.
    "main.bicep refuses an example value in %s, and its error names what to set",
    async (setting, choice) => {
      await expect(variant(choice)).rejects.toThrow(
        new RegExp(`Set (hookSettings\\.)?${setting} .*\\.`),
      );
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

  it("the alert hook-slow uses the time limit of requests, which is shorter with tokens", async () => {
    const budget = async (setting: string) => {
      const choice =
        setting && `param hookSettings = { EIGHT_BY_EIGHT_SMS_SUBACCOUNT: 'acme', ${setting} }`;
      const rules = all(await variant(choice), "Microsoft.Insights/scheduledQueryRules");
      const slow = rules.find(({ name }) => name === "alert-hook-slow-okta8x8-test");
      return /p95Ms \/ (\d+)/.exec(text(slow, "properties.criteria.allOf.0.query"))?.[1];
    };
    const settings = ["", "OKTA_HOOK_AUTH: 'either'", "HOOK_BUDGET_MS: '1500'"];
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

  const listedCallers = `
    param network = { mode: 'private' }
    param allowedIpRanges = ['192.0.2.0/24', '198.51.100.0/24']
  `;

  it("main.bicep admits only listed callers and its own test, and adds no NAT gateway by default", async () => {
    const snapshot = await variant(listedCallers);
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
    const snapshot = await variant(listedCallers);
    expect(
      list(one(snapshot, "Microsoft.Insights/webtests"), "properties.Request.Headers"),
    ).toEqual([{ key: "x-azure-fdid", value: headerOf(snapshot) }]);
    // The value depends on the connection string, which Azure generates, so a snapshot has its
    // expression.
    expect(headerOf(snapshot)).toMatch(/^\[guid\(reference\(.*\.connectionString\.value, /);
    expect(JSON.stringify(snapshot.outputs)).not.toMatch(/connectionString/i);
  });

  it("main.bicep adds extraTags to all resources, and to DNS zones those with a name that zones accept", async () => {
    const more = Array.from({ length: 20 }, (_, i) => `t${i}: 'x'`).join(", ");
    const snapshot = await variant(`
      param extraTags = { 'Cost Center (IT)': '4711', '2nd': 'x', Owner_1: 'iam', ${more} }
      param network = { mode: 'private', addressPrefix: '10.80.0.64/26' }
    `);
    const tagged = snapshot.predictedResources.filter(({ tags }) => tags !== undefined);
    const without = tagged.filter((resource) => resource.tags?.["Cost Center (IT)"] !== "4711");
    expect([...new Set(without.map(({ type }) => type))]).toEqual([
      "Microsoft.Network/privateDnsZones",
      "Microsoft.Network/privateDnsZones/virtualNetworkLinks",
    ]);
    for (const { tags = {} } of without) {
      expect(Object.keys(tags)).toHaveLength(15);
      expect(tags).toMatchObject({ environment: "test", Owner_1: "iam" });
      expect(tags).not.toHaveProperty("2nd");
    }
    const subnets = list(one(snapshot, "Microsoft.Network/virtualNetworks"), "properties.subnets");
    expect(subnets.map((subnet) => text(subnet, "properties.addressPrefix"))).toEqual([
      "10.80.0.64/27",
      "10.80.0.96/27",
    ]);
  });

  it("a company's tag replaces the template's tag of the same name, in any case of letters", async () => {
    const choice = "param extraTags = { Environment: 'Production', WORKLOAD: 'sign-in' }";
    for (const snapshot of [await variant(choice), await compileBootstrap(choice)])
      for (const { tags } of snapshot.predictedResources.filter((one) => one.tags !== undefined))
        expect(tags).toEqual(
          expect.objectContaining({ Environment: "Production", WORKLOAD: "sign-in" }),
        );
    const { tags } = one(await variant(choice), "Microsoft.KeyVault/vaults");
    expect(Object.keys(tags ?? {})).toHaveLength(2);
  });

  it("the storage account has zones wherever the region has them, whatever zoneRedundant says", async () => {
    const sku = async (choices: string) =>
      text(one(await variant(choices), "Microsoft.Storage/storageAccounts"), "sku.name");
    const zoneRedundant = "param zoneRedundant = true";
    expect(await sku(`${zoneRedundant}\nparam location = 'westeurope'`)).toBe("Standard_ZRS");
    expect(await sku("param location = 'westeurope'")).toBe("Standard_ZRS");
    expect(await sku("param location = 'West US'")).toBe("Standard_LRS");
    expect(await sku(`${zoneRedundant}\nparam location = 'westus'`)).toBe("Standard_LRS");
  });

  const webhook = (name: string) =>
    `{ name: '${name}', url: 'https://pager.acme.test', objectId: '3fa85f64-5717-4562-b3fc-2c963f66afa6', identifierUri: 'api://pager' }`;
  const oneSubnet = `/subscriptions/${noSubscription}/resourceGroups/rg-hub/providers/Microsoft.Network/virtualNetworks/vnet/subnets/app`;
  it.each([
    [
      "two webhooks of one name",
      `param pageReceivers = { emails: ['a@acme.test'], webhooks: [${webhook("pager")}, ${webhook("Pager")}] }`,
      "webhooks with different names",
    ],
    [
      "a network smaller than a /26",
      "param network = { mode: 'private', addressPrefix: '10.80.0.0/27' }",
      "a range of /26 or larger",
    ],
    [
      "one subnet for the app and its endpoints",
      `param network = { mode: 'existing', appSubnetId: '${oneSubnet}', endpointSubnetId: '${oneSubnet}' }`,
      "Set network.endpointSubnetId to another subnet",
    ],
  ])("main.bicep refuses %s", async (_, choice, words) => {
    await expect(variant(choice)).rejects.toThrow(words);
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
