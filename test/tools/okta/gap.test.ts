import { startOktaOrg, type OktaOrg } from "../../../sandbox/okta/management/org.ts";
import { addHook, applyTo, bySecret, wantedOf } from "./applying.ts";
import { apiToken } from "./signed-in.ts";

let org: OktaOrg;
afterEach(() => org.close());

test("where the URL is fixed, a rate limit is waited for before the old hook is deactivated, not behind it", async () => {
  const rateLimit = { path: "/api/v1/inlineHooks", calls: 3, windowSeconds: 2 };
  org = await startOktaOrg({ apiToken, uriIsFixed: true, rateLimit });
  const old = addHook(org, "8x8", "ACTIVE");
  const waits: string[][] = [];
  const onWait = () => waits.push(org.calls.map(({ call }) => call));
  const wanted = { ...wantedOf(org), hook: bySecret };
  const { error } = await applyTo(org, wanted, { onWait });
  expect([error, org.hooks.active()?.id === old]).toEqual([undefined, false]);
  // It waited once, with the old hook active, and no call behind that was refused.
  expect(waits.map((calls) => calls.some((call) => call.endsWith("/deactivate")))).toEqual([false]);
  expect(org.calls.filter(({ answer }) => answer?.status === 429)).toEqual([]);
});

test("where there is room, nothing waits", async () => {
  org = await startOktaOrg({ apiToken, uriIsFixed: true });
  addHook(org, "8x8", "ACTIVE");
  let waits = 0;
  await applyTo(org, wantedOf(org), { onWait: () => (waits += 1) });
  expect(waits).toBe(0);
});
