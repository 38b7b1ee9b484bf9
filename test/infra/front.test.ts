// Tests the optional Front Door: what it forwards, to which app, and what it blocks.
import { all, front, one, readProjectFile, text } from "./snapshot.ts";

const hosts = [
  "func-okta8x8-prod-example.westeurope-01.azurewebsites.net",
  "func-okta8x8-dr-example.northeurope-01.azurewebsites.net",
];
const production = "/subscriptions/example/resourceGroups/rg-okta8x8-prod/providers";

const properties = (type: string) => all(front, type).map((resource) => resource["properties"]);
const profile = one(front, "Microsoft.Cdn/profiles");
const domain = one(front, "Microsoft.Cdn/profiles/customDomains");
const apps = one(front, "Microsoft.Cdn/profiles/originGroups");
const firewall = one(front, "Microsoft.Network/FrontDoorWebApplicationFirewallPolicies");
const listed = [
  ["telephony", "/api/okta/telephony", ["POST"]],
  ["deliveryReceipts", "/api/8x8/receipts", ["POST"]],
  ["oktaEvents", "/api/okta/events", ["GET", "POST"]],
  ["health", "/api/health", ["GET"]],
] as const;

it("the Front Door prefers production, and three of four probes of an app must succeed", () => {
  expect(apps["properties"]).toEqual({
    sessionAffinityState: "Disabled",
    healthProbeSettings: {
      probePath: "/api/health",
      probeProtocol: "Https",
      probeRequestType: "GET",
      probeIntervalInSeconds: 30,
    },
    loadBalancingSettings: {
      sampleSize: 4,
      successfulSamplesRequired: 3,
      additionalLatencyInMilliseconds: 0,
    },
  });
  expect(properties("Microsoft.Cdn/profiles/originGroups/origins")).toEqual(
    hosts.map((host, i) => ({
      hostName: host,
      originHostHeader: host,
      httpsPort: 443,
      enforceCertificateNameCheck: true,
      enabledState: "Enabled",
      priority: i + 1,
      weight: 1000,
    })),
  );
});

it("the routes that this suite expects are those that the app registers", () => {
  const register = readProjectFile("src/functions/register.ts");
  const constants = register.matchAll(/^const (\w+): Methods = \{ methods: (\[[^\]]+\])/gm);
  const methods = new Map(
    [...constants].map(([, name, list = ""]) => [name, JSON.parse(list) as string[]]),
  );
  const registered = register.matchAll(
    /^\s+app\.http\("[\w-]+", \{\s+\.\.\.(\w+),\s+route: "([^"]+)"/gm,
  );
  const functions = [...registered].map(
    ([, constant, route = ""]) => [`/api/${route}`, methods.get(constant)] as const,
  );
  expect(functions.length).toBeGreaterThan(1);
  expect(listed.map(([, path, allowed]) => [path, allowed])).toEqual(functions);
});

it("the Front Door forwards only the app's routes, over HTTPS and without caching", () => {
  const routes = all(front, "Microsoft.Cdn/profiles/afdEndpoints/routes");
  expect(routes.map((route) => [route.name.split("/").at(-1), route["properties"]])).toEqual(
    listed.map(([name, path]) => [
      name,
      {
        enabledState: "Enabled",
        customDomains: [{ id: domain.id }],
        linkToDefaultDomain: "Disabled",
        originGroup: { id: apps.id },
        patternsToMatch: [path],
        supportedProtocols: ["Https"],
        forwardingProtocol: "HttpsOnly",
        httpsRedirect: "Disabled",
      },
    ]),
  );
});

it("the firewall allows only the methods of the app's routes, and answers 403 otherwise", () => {
  const rule = { enabledState: "Enabled", ruleType: "MatchRule" };
  const when = (matchVariable: string, operator: string, matchValue: readonly string[]) => ({
    matchVariable,
    operator,
    negateCondition: false,
    matchValue,
  });
  expect(firewall["properties"]).toEqual({
    policySettings: {
      enabledState: "Enabled",
      mode: "Prevention",
      requestBodyCheck: "Disabled",
      customBlockResponseStatusCode: 403,
    },
    customRules: {
      rules: [
        ...listed.map(([name, path, methods], i) => ({
          ...rule,
          name,
          priority: 10 + i,
          action: "Allow",
          matchConditions: [
            when("RequestMethod", "Equal", methods),
            when("RequestUri", "Contains", [path]),
          ],
        })),
        {
          ...rule,
          name: "nothingElse",
          priority: 100,
          action: "Block",
          matchConditions: [when("RequestUri", "Any", [])],
        },
      ],
    },
  });
  expect(properties("Microsoft.Cdn/profiles/securityPolicies")).toEqual([
    {
      parameters: {
        type: "WebApplicationFirewall",
        wafPolicy: { id: firewall.id },
        associations: [{ domains: [{ id: domain.id }], patternsToMatch: ["/*"] }],
      },
    },
  ]);
});

it("an alert notifies production's ticket group if an app is unhealthy", () => {
  expect(one(front, "Microsoft.Insights/metricAlerts")["properties"]).toMatchObject({
    description: expect.stringMatching(
      / Runbook: https:.*\/docs\/outage\.md#an-origin-is-unhealthy$/,
    ) as string,
    enabled: true,
    severity: 2,
    scopes: [profile.id],
    windowSize: "PT5M",
    actions: [
      { actionGroupId: `${production}/Microsoft.Insights/actionGroups/ag-ticket-okta8x8-prod` },
    ],
    criteria: {
      allOf: [
        {
          metricName: "OriginHealthPercentage",
          operator: "LessThan",
          threshold: 50,
          timeAggregation: "Average",
          dimensions: [{ name: "Origin", operator: "Include", values: ["*"] }],
        },
      ],
    },
  });
});

it("the Front Door sends only the firewall's log to production's workspace", () => {
  const log = one(front, "Microsoft.Insights/diagnosticSettings");
  expect(text(log, "id")).toMatch(
    /\/profiles\/afd-okta8x8-front\/providers\/Microsoft\.Insights\/diagnosticSettings\/firewall$/,
  );
  expect(log["properties"]).toEqual({
    workspaceId: `${production}/Microsoft.OperationalInsights/workspaces/log-okta8x8-prod`,
    logs: [{ category: "FrontDoorWebApplicationFirewallLog", enabled: true }],
  });
});
