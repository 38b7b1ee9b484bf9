import { all, at, front, list, one, readProjectFile } from "./snapshot.ts";

const register = readProjectFile("src/functions/register.ts");
const constants = register.matchAll(/^const (\w+): Methods = \{ methods: (\[[^\]]+\])/gm);
const methods = new Map(
  [...constants].map(([, name, names = ""]) => [name, JSON.parse(names) as string[]]),
);
const registered = register.matchAll(
  /^\s+app\.http\("[\w-]+", \{\s+\.\.\.(\w+),\s+route: "([^"]+)"/gm,
);
const routes = [...registered].map(
  ([, constant, route = ""]) => [`/api/${route}`, methods.get(constant)] as const,
);

it("the Front Door forwards only the app's routes, over HTTPS and without caching", () => {
  const forwarded = all(front, "Microsoft.Cdn/profiles/afdEndpoints/routes");
  expect(routes.length).toBeGreaterThan(1);
  expect(forwarded.map((route) => at(route, "properties.patternsToMatch"))).toEqual(
    routes.map(([path]) => [path]),
  );
  for (const route of forwarded) {
    expect(route["properties"]).toMatchObject({
      linkToDefaultDomain: "Disabled",
      supportedProtocols: ["Https"],
      forwardingProtocol: "HttpsOnly",
    });
    expect(route["properties"]).not.toHaveProperty("cacheConfiguration");
  }
});

it("the firewall blocks every request that does not have the path and method of one of the app's routes", () => {
  const firewall = one(front, "Microsoft.Network/FrontDoorWebApplicationFirewallPolicies");
  const rules = list(firewall, "properties.customRules.rules").map((rule) => [
    at(rule, "action"),
    at(rule, "enabledState"),
    list(rule, "matchConditions").map((condition) => [
      at(condition, "matchVariable"),
      at(condition, "operator"),
      at(condition, "negateCondition"),
      at(condition, "matchValue"),
    ]),
  ]);
  expect(rules).toEqual([
    ...routes.map(([path, allowed]) => [
      "Allow",
      "Enabled",
      [
        ["RequestMethod", "Equal", false, allowed],
        ["RequestUri", "Contains", false, [path]],
      ],
    ]),
    ["Block", "Enabled", [["RequestUri", "Any", false, []]]],
  ]);
  expect(at(firewall, "properties.policySettings")).toMatchObject({
    enabledState: "Enabled",
    mode: "Prevention",
  });
  const domain = one(front, "Microsoft.Cdn/profiles/customDomains");
  expect(one(front, "Microsoft.Cdn/profiles/securityPolicies")).toMatchObject({
    properties: {
      parameters: {
        wafPolicy: { id: firewall.id },
        associations: [{ domains: [{ id: domain.id }], patternsToMatch: ["/*"] }],
      },
    },
  });
});
