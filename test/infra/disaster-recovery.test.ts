// Production's stand-by: the same hook elsewhere, so that a failover changes nothing for those who sign in.
import { appSettings, all, at, bootstrap, main, one, type Snapshot } from "./snapshot.ts";

const hookSettings = (snapshot: Snapshot) =>
  Object.entries(appSettings(snapshot)).filter(([name]) =>
    /^(EIGHT_BY_EIGHT|PHONE|REFUSED|UNCONFIRMED|HOOK|OKTA)_/.test(name),
  );

it("is in another region than production", () => {
  const regions = [bootstrap.prod, bootstrap.dr].map(
    (snapshot) => new Set(all(snapshot, "Microsoft.Resources/resourceGroups").map(({ location }) => location)),
  );
  for (const ofOne of regions) expect(ofOne.size).toBe(1);
  expect(regions[0]).not.toEqual(regions[1]);
});

it("sends as production does: sub-accounts, sender, countries, answers", () => {
  expect(hookSettings(main.dr)).toEqual(hookSettings(main.prod));
  expect(hookSettings(main.dr).length).toBeGreaterThan(3);
});

it("wakes the same people, but not for its silence", () => {
  const receivers = (snapshot: Snapshot) =>
    all(snapshot, "Microsoft.Insights/actionGroups").map((group) => at(group, "properties.emailReceivers"));
  expect(receivers(main.dr)).toEqual(receivers(main.prod));
  const off = all(main.dr, "Microsoft.Insights/scheduledQueryRules").filter(
    (rule) => at(rule, "properties.enabled") !== true,
  );
  expect(off.map(({ name }) => name)).toEqual(["alert-no-traffic-okta8x8-dr"]);
});

it("is as closed as production, and as hard to lose", () => {
  for (const type of ["Microsoft.KeyVault/vaults", "Microsoft.Storage/storageAccounts"])
    expect(one(main.dr, type)["properties"]).toEqual(one(main.prod, type)["properties"]);
});

it("keeps as many logs a day as production: in a failover it has as many to write, and past its cap no alert can fire", () => {
  const cap = (snapshot: Snapshot) =>
    at(one(snapshot, "Microsoft.OperationalInsights/workspaces"), "properties.workspaceCapping");
  expect(cap(main.dr)).toEqual(cap(main.prod));
});

it("has as many warm instances as production, so that one answers while another is replaced", () => {
  const scale = (snapshot: Snapshot) =>
    at(one(snapshot, "Microsoft.Web/sites"), "properties.functionAppConfig.scaleAndConcurrency");
  expect(scale(main.dr)).toEqual(scale(main.prod));
});
