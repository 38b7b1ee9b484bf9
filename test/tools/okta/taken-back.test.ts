import type { OktaOrg } from "../../../tools/sandbox/okta/management/org.ts";
import type { WantedState } from "../../../tools/okta/wanted-state.ts";
import {
  addHook,
  applyTo,
  bySecret,
  changesOf,
  startOrg,
  url,
  wantedOf,
  wordsOf,
} from "./applying.ts";

let org: OktaOrg;
let wanted: WantedState;
const start = async (options: { readonly uriIsFixed?: boolean } = {}) => {
  org = await startOrg(options);
  wanted = wantedOf(org);
};
const worked = [true, false, false, true];
const moved = () => ({ ...wanted, hook: { ...bySecret, url: "http://127.0.0.1:9/moved" } });

test("a hook that worked is put back whole where it does not work as it was changed, and nothing more is done", async () => {
  await start();
  const id = addHook(org, "8x8", "ACTIVE", { uri: url, headers: [{ key: "x-kept", value: "v" }] });
  const [before] = org.hooks.all();
  const { error, said } = await applyTo(org, moved(), { works: worked });
  expect(wordsOf(error)).toBe(
    "The hook did not work as it was changed: It is a 401. What was there before is back.",
  );
  expect(org.hooks.active()).toMatchObject({ id, name: before?.name, channel: before?.channel });
  expect([said, org.phone.state()]).toEqual([[], undefined]);
});

test("where the URL is fixed, the old hook is active again, with its secret untouched", async () => {
  await start({ uriIsFixed: true });
  const id = addHook(org, "8x8", "ACTIVE", { uri: url });
  const { error } = await applyTo(org, moved(), { works: worked });
  expect(wordsOf(error)).toContain("What was there before is back.");
  expect(org.hooks.active()).toMatchObject({
    id,
    channel: { config: { authScheme: { value: "of-another" } } },
  });
});

test("where it does not work either, that is said", async () => {
  await start();
  addHook(org, "8x8", "ACTIVE");
  const { error } = await applyTo(org, wanted, { works: [true, false] });
  expect(wordsOf(error)).toMatch(/is back\. It does not work either: It is a 401\.$/);
});

test.each<[string, boolean, "500" | "cut before"]>([
  ["in place", false, "500"],
  ["as another hook", true, "cut before"],
])("where it cannot be put back, both errors are said: %s", async (_, uriIsFixed, how) => {
  await start({ uriIsFixed });
  addHook(org, "8x8", "ACTIVE", { uri: url });
  const prepare = () => {
    org.fail(uriIsFixed ? "POST" : "PUT", uriIsFixed ? "/activate" : "", how);
  };
  const { error, said } = await applyTo(org, moved(), { works: worked, onUnproved: prepare });
  expect(wordsOf(error)).toMatch(
    /^The hook was changed and does not work: It is a 401\. It could not be put back: Okta: /,
  );
  const warned = said.filter((line) => line.includes("may be without an active telephony hook"));
  expect(warned).toHaveLength(uriIsFixed ? 1 : 0);
});

test.each(["500", "cut after"] as const)(
  "a change without a clear answer (%s) is sent once more, so that it is proved or taken back as well",
  async (how) => {
    await start();
    addHook(org, "8x8", "ACTIVE", { uri: url });
    org.fail("PUT", "", how);
    const { error } = await applyTo(org, moved(), { works: worked });
    expect(wordsOf(error)).toContain("What was there before is back.");
    expect(org.hooks.active()).toMatchObject({ channel: { config: { uri: url } } });
  },
);

test("before another hook gives way again, the rate limit is looked at", async () => {
  await start({ uriIsFixed: true });
  const id = addHook(org, "8x8", "ACTIVE", { uri: url });
  await applyTo(org, moved(), { works: worked });
  const calls = org.calls.map(({ call }) => call);
  const gone = calls.map((call) => call.endsWith("/deactivate")).lastIndexOf(true);
  expect([calls[gone - 1], org.hooks.active()?.id]).toEqual([`GET /api/v1/inlineHooks/${id}`, id]);
});

test("that a hook is not proved is said beside a later error too", async () => {
  await start();
  org.fail("POST", "/api/v1/authenticators", "500");
  const { error } = await applyTo(org, wanted, { works: [false] });
  expect(wordsOf(error)).toMatch(
    /^Okta: POST http:\S+\/api\/v1\/authenticators: HTTP 500.* And the hook is not proved: It is a 401\.$/,
  );
});

test("a hook that did not work before is changed, the rest is done, and the command fails", async () => {
  await start();
  const id = addHook(org, "8x8", "ACTIVE");
  const { error, said } = await applyTo(org, wanted, { works: [false] });
  expect(wordsOf(error)).toBe("All is done, but the hook is not proved: It is a 401.");
  expect(org.hooks.active()).toMatchObject({ id, channel: { config: { uri: url } } });
  expect(said).toHaveLength(3);
});

test("one late answer is not the end: an app that has just started is asked twice", async () => {
  await start();
  addHook(org, "8x8", "ACTIVE");
  expect((await applyTo(org, wanted, { works: [true, false, true] })).error).toBeUndefined();
});

describe("the hook of somebody else", () => {
  test("is never called with our code, and comes back where ours, which is there already, does not work", async () => {
    await start();
    addHook(org, "8x8", "INACTIVE");
    const other = addHook(org, "of somebody", "ACTIVE");
    expect((await applyTo(org, wanted, { takeOver: other, works: [false] })).error).toBeInstanceOf(
      Error,
    );
    expect(org.hooks.active()).toMatchObject({ id: other, name: "of somebody" });
    expect(changesOf(org).filter((call) => call.includes("execute"))).toEqual([]);
  });

  test("cannot be put back where it was taken in place: nobody has its secret, and that is said", async () => {
    await start();
    const other = addHook(org, "of somebody", "ACTIVE");
    const { error } = await applyTo(org, wanted, { takeOver: other, works: [false] });
    expect(wordsOf(error)).toContain("Its old secret is not known");
  });
});
