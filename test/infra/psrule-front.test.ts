// The same checkers' rules on the optional front and on what an administrator runs once.
import { held, leftOut, suppressed, testRules } from "./public-rules.ts";
import { all, at, bootstrap, bootstrapped, front, one, type Snapshot, text } from "./snapshot.ts";

const firewall = (snapshot: Snapshot) => one(snapshot, "Microsoft.Network/FrontDoorWebApplicationFirewallPolicies");
const named = (type: string, pattern: RegExp) => (snapshot: Snapshot) =>
  all(snapshot, type).every(({ name }) => pattern.test(name));

testRules(
  "PSRule: Front Door",
  leftOut("ps-rule"),
  [
    ...held("Azure.FrontDoor.Name", named("Microsoft.Cdn/profiles", /^[A-Za-z\d][A-Za-z\d-]{3,62}[A-Za-z\d]$/)),
    ...held("Azure.FrontDoor.State Azure.FrontDoor.MinTLS", (s) => all(s, "Microsoft.Network/frontDoors").length === 0),
    ...held("Azure.FrontDoor.Probe Azure.FrontDoor.ProbePath", (s) =>
      all(s, "Microsoft.Cdn/profiles/originGroups").every(
        (group) => text(group, "properties.healthProbeSettings.probePath") === "/api/health",
      ),
    ),
    ...held(
      "Azure.FrontDoor.UseWAF",
      (s) =>
        at(one(s, "Microsoft.Cdn/profiles/securityPolicies"), "properties.parameters.wafPolicy.id") === firewall(s).id,
    ),
    ...held(
      "Azure.FrontDoor.WAF.Enabled Azure.FrontDoorWAF.Enabled",
      (s) => at(firewall(s), "properties.policySettings.enabledState") === "Enabled",
    ),
    ...held(
      "Azure.FrontDoor.WAF.Mode Azure.FrontDoorWAF.PreventionMode",
      (s) => at(firewall(s), "properties.policySettings.mode") === "Prevention",
    ),
    ...held(
      "Azure.FrontDoor.WAF.Name",
      named("Microsoft.Network/FrontDoorWebApplicationFirewallPolicies", /^[A-Za-z][A-Za-z\d]{0,127}$/),
    ),
    ...held("Azure.FrontDoorWAF.Exclusions", (s) => at(firewall(s), "properties.managedRules") === undefined),
    ...suppressed(
      "Azure.FrontDoorWAF.RuleGroups",
      "Managed rule groups take the Premium tier; the listed paths and methods are all that passes.",
    ),
    ...suppressed(
      "Azure.FrontDoor.Logs",
      "Each hook that reaches an app is reported by the app, with what became of it.",
    ),
    ...suppressed("Azure.FrontDoor.ManagedIdentity", "It reads no vault: the certificate is one that Azure renews."),
    ...suppressed(
      "Azure.FrontDoor.ProbeMethod",
      "HEAD is no function's method: a healthy app would answer it with 404.",
    ),
    ...suppressed("Azure.FrontDoor.UseCaching", "Each answer is for one request alone, so there is nothing to keep."),
  ],
  [front],
);

testRules(
  "checkov: Front Door",
  leftOut("checkov"),
  suppressed("CKV_AZURE_133", "Managed rules take the Premium tier, and nothing here runs Java."),
  [front],
);

testRules(
  "checkov and PSRule: the bootstrap",
  undefined,
  [
    ...held("CKV_AZURE_39", (s) =>
      all(s, "Microsoft.Authorization/roleDefinitions").every(
        (role) => !JSON.stringify(at(role, "properties.permissions.0.actions")).includes('"*"'),
      ),
    ),
    ...held("Azure.Group.Name", named("Microsoft.Resources/resourceGroups", /^[\w.()-]{1,89}[\w()-]$/)),
  ],
  bootstrapped.map((name) => bootstrap[name]),
);
