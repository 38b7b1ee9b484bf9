// Tests the example dr, production's stand-by. resources.test.ts tests what all examples share.
import { appSettings, all, bootstrap, main, type Snapshot } from "./snapshot.ts";

const hookSettings = (snapshot: Snapshot) =>
  Object.entries(appSettings(snapshot)).filter(([name]) =>
    /^(EIGHT_BY_EIGHT|PHONE|REFUSED|UNCONFIRMED|HOOK|OKTA)_/.test(name),
  );

it("the example dr is in another region than the example prod", () => {
  const regions = [bootstrap.prod, bootstrap.dr].map(
    (snapshot) =>
      new Set(all(snapshot, "Microsoft.Resources/resourceGroups").map(({ location }) => location)),
  );
  for (const ofOne of regions) expect(ofOne.size).toBe(1);
  expect(regions[0]).not.toEqual(regions[1]);
});

it("the example dr has the same hook settings as the example prod", () => {
  expect(hookSettings(main.dr)).toEqual(hookSettings(main.prod));
  expect(hookSettings(main.dr).length).toBeGreaterThan(3);
});
