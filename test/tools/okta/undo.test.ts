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

test("apply undoes a change that breaks the hook, and makes no further change", async () => {
  await start();
  const id = addHook(org, "8x8", "ACTIVE", { uri: url, headers: [{ key: "x-kept", value: "v" }] });
  const [before] = org.hooks.all();
  const { error, said } = await applyTo(org, moved(), { works: worked });
  expect(wordsOf(error)).toBe(
    "The hook did not work after the change: It is a 401. The change was undone.",
  );
  expect(org.hooks.active()).toMatchObject({ id, name: before?.name, channel: before?.channel });
  expect([said, org.phone.state()]).toEqual([[], undefined]);
});

test("apply activates the old hook with its old secret again if the new hook fails", async () => {
  await start({ uriIsFixed: true });
  const id = addHook(org, "8x8", "ACTIVE", { uri: url });
  const { error } = await applyTo(org, moved(), { works: worked });
  expect(wordsOf(error)).toContain("The change was undone.");
  expect(org.hooks.active()).toMatchObject({
    id,
    channel: { config: { authScheme: { value: "other-secret" } } },
  });
});

test("apply reports that the old hook does not work either", async () => {
  await start();
  addHook(org, "8x8", "ACTIVE");
  const { error } = await applyTo(org, wanted, { works: [true, false] });
  expect(wordsOf(error)).toMatch(/was undone\. The old hook does not work either: It is a 401\.$/);
});

test.each<[string, boolean, "500" | "cut before"]>([
  ["in place", false, "500"],
  ["with a new hook", true, "cut before"],
])("apply reports both errors if it cannot undo the change (%s)", async (_, uriIsFixed, how) => {
  await start({ uriIsFixed });
  addHook(org, "8x8", "ACTIVE", { uri: url });
  const prepare = () => {
    org.fail(uriIsFixed ? "POST" : "PUT", uriIsFixed ? "/activate" : "", how);
  };
  const { error, said } = await applyTo(org, moved(), { works: worked, onUnproved: prepare });
  expect(wordsOf(error)).toMatch(
    /^The hook does not work after the change: It is a 401\. Undoing the change failed: Okta: /,
  );
  const warned = said.filter((line) => line.includes("may have no active telephony hook"));
  expect(warned).toHaveLength(uriIsFixed ? 1 : 0);
});

test.each(["500", "cut after"] as const)(
  "apply repeats a change after an unclear answer (%s), and undoes a change that breaks the hook",
  async (how) => {
    await start();
    addHook(org, "8x8", "ACTIVE", { uri: url });
    org.fail("PUT", "", how);
    const { error } = await applyTo(org, moved(), { works: worked });
    expect(wordsOf(error)).toContain("The change was undone.");
    expect(org.hooks.active()).toMatchObject({ channel: { config: { uri: url } } });
  },
);

test("apply reads the rate limit before it deactivates the new hook again", async () => {
  await start({ uriIsFixed: true });
  const id = addHook(org, "8x8", "ACTIVE", { uri: url });
  await applyTo(org, moved(), { works: worked });
  const calls = org.calls.map(({ call }) => call);
  const gone = calls.map((call) => call.endsWith("/deactivate")).lastIndexOf(true);
  expect([calls[gone - 1], org.hooks.active()?.id]).toEqual([`GET /api/v1/inlineHooks/${id}`, id]);
});

test("apply reports a later error and also that the hook does not work", async () => {
  await start();
  org.fail("POST", "/api/v1/authenticators", "500");
  const { error } = await applyTo(org, wanted, { works: [false] });
  expect(wordsOf(error)).toMatch(
    /^Okta: POST http:\S+\/api\/v1\/authenticators: HTTP 500.* Also, the hook could not be verified: It is a 401\.$/,
  );
});

test("apply makes all changes to a hook that never worked, and then fails", async () => {
  await start();
  const id = addHook(org, "8x8", "ACTIVE");
  const { error, said } = await applyTo(org, wanted, { works: [false] });
  expect(wordsOf(error)).toBe(
    "All changes were made, but the hook could not be verified: It is a 401.",
  );
  expect(org.hooks.active()).toMatchObject({ id, channel: { config: { uri: url } } });
  expect(said).toHaveLength(3);
});

test("apply succeeds if the second check after the change works", async () => {
  await start();
  addHook(org, "8x8", "ACTIVE");
  expect((await applyTo(org, wanted, { works: [true, false, true] })).error).toBeUndefined();
});

describe("another app's hook", () => {
  test("gets no call, and is active again if our existing hook does not work", async () => {
    await start();
    addHook(org, "8x8", "INACTIVE");
    const other = addHook(org, "of another app", "ACTIVE");
    expect((await applyTo(org, wanted, { takeOver: other, works: [false] })).error).toBeInstanceOf(
      Error,
    );
    expect(org.hooks.active()).toMatchObject({ id: other, name: "of another app" });
    expect(changesOf(org).filter((call) => call.includes("execute"))).toEqual([]);
  });

  test("stays changed after --take-over, and the error says that Okta hides the old secret", async () => {
    await start();
    const other = addHook(org, "of another app", "ACTIVE");
    const { error } = await applyTo(org, wanted, { takeOver: other, works: [false] });
    expect(wordsOf(error)).toContain("Okta does not show the old secret");
  });
});
