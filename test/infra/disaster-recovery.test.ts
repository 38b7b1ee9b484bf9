// Production's stand-by: the same hook in another region, so that users do not notice a failover.
// resources.test.ts has what all examples share.
import { appSettings, all, bootstrap, main, type Snapshot } from "./snapshot.ts";

const hookSettings = (snapshot: Snapshot) =>
  Object.entries(appSettings(snapshot)).filter(([name]) =>
    /^(EIGHT_BY_EIGHT|PHONE|REFUSED|UNCONFIRMED|HOOK|OKTA)_/.test(name),
  );

it("is in another region than production", () => {
  const regions = [bootstrap.prod, bootstrap.dr].map(
    (snapshot) =>
      new Set(all(snapshot, "Microsoft.Resources/resourceGroups").map(({ location }) => location)),
  );
  for (const ofOne of regions) expect(ofOne.size).toBe(1);
  expect(regions[0]).not.toEqual(regions[1]);
});

it("has production's sub-accounts, sender, countries and answers", () => {
  expect(hookSettings(main.dr)).toEqual(hookSettings(main.prod));
  expect(hookSettings(main.dr).length).toBeGreaterThan(3);
});
