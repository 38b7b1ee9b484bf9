import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { EventHookOptions } from "../../../tools/sandbox/okta/management/event-hooks.ts";
import type { OktaOrg } from "../../../tools/sandbox/okta/management/org.ts";
import type { WantedState } from "../../../tools/okta/wanted-state.ts";
import {
  addHook,
  applyTo,
  doing,
  planOf,
  secret,
  startOrg,
  wantedOf,
  wordsOf,
} from "./applying.ts";

let server: Server;
let url: string;
let org: OktaOrg;
let wanted: WantedState;
const start = async (options: EventHookOptions = {}, filter = true) => {
  org = await startOrg(options);
  wanted = { ...wantedOf(org), events: { name: "8x8 outcomes", url, filter } };
};
beforeAll(async () => {
  server = createServer((request, response) => {
    const challenge = request.headers["x-okta-verification-challenge"];
    const authentic = request.headers.authorization === secret;
    response
      .writeHead(authentic ? 200 : 401)
      .end(JSON.stringify({ verification: authentic ? challenge : "" }));
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/okta/events`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
const hook = () => org.eventHooks.all()[0];
const planned = async () => doing(await planOf(org, wanted));

test("apply creates and verifies the event hook, and verifies the event hook again after a change", async () => {
  await start();
  expect((await applyTo(org, wanted)).error).toBeUndefined();
  expect([hook(), await planned()]).toMatchObject([
    { status: "ACTIVE", verificationStatus: "VERIFIED" },
    [],
  ]);
  wanted = { ...wanted, events: { name: "8x8 outcomes", url, filter: false } };
  expect((await planOf(org, wanted)).events).toMatchObject([
    { do: "replace-event-hook", differences: [{ part: "filter" }] },
  ]);
  expect((await applyTo(org, wanted)).error).toBeUndefined();
  expect([hook()?.verificationStatus, await planned()]).toEqual(["VERIFIED", []]);
});

test("plan lists the verification of an event hook that Okta could not verify before", async () => {
  await start();
  wanted = {
    ...wanted,
    events: { name: "8x8 outcomes", url: "http://127.0.0.1:9/api/okta/events", filter: true },
  };
  expect((await applyTo(org, wanted)).error).toBeInstanceOf(Error);
  expect((await planOf(org, wanted)).events).toMatchObject([{ do: "verify-event-hook" }]);
});

test("apply keeps added headers and finds a renamed event hook by its URL", async () => {
  await start();
  await applyTo(org, wanted);
  const [made] = org.eventHooks.all();
  if (made !== undefined) Object.assign(made, { name: "renamed" });
  made?.channel.config.headers?.push({ key: "x-team", value: "v" });
  expect((await planOf(org, wanted)).events).toMatchObject([
    { do: "replace-event-hook", differences: [{ part: "name" }] },
  ]);
  await applyTo(org, wanted);
  expect(hook()).toMatchObject({
    name: "8x8 outcomes",
    channel: { config: { headers: [{ key: "x-team", value: "v" }] } },
  });
  expect(await planned()).toEqual([]);
});

test("apply filters by the org's name for the phone, and plan reports a changed name", async () => {
  await start();
  await applyTo(org, wanted);
  org.admin.phoneName = "Telefon d'entreprise";
  expect((await planOf(org, wanted)).events).toMatchObject([
    { do: "replace-event-hook", differences: [{ part: "filter" }] },
  ]);
  await applyTo(org, wanted);
  const [filtered] = hook()?.events.filter?.eventFilterMap ?? [];
  expect(filtered?.condition.expression).toContain("displayName eq 'Telefon d''entreprise'");
});

test("apply leaves an event hook at another route alone, although it has our name", async () => {
  await start();
  await applyTo(org, wanted);
  const [made] = org.eventHooks.all();
  if (made !== undefined) made.channel.config.uri = "https://other.test/events";
  const before = structuredClone(made);
  await applyTo(org, wanted);
  expect([org.eventHooks.all().length, hook()]).toEqual([2, before]);
});

test("apply beside somebody else's hook changes the event hook, but does not activate it", async () => {
  await start();
  await applyTo(org, wanted);
  const [made] = org.eventHooks.all();
  const [ours] = org.hooks.all();
  if (made !== undefined) made.status = "INACTIVE";
  if (ours !== undefined) ours.status = "INACTIVE";
  addHook(org, "Twilio", "ACTIVE");
  expect(await planned()).toEqual([]);
  wanted = { ...wanted, events: { name: "8x8 outcomes", url, filter: false } };
  expect((await applyTo(org, wanted)).error).toBeUndefined();
  expect([hook()?.status, hook()?.events.filter, org.hooks.active()?.name]).toEqual([
    "INACTIVE",
    null,
    "Twilio",
  ]);
});

// Okta does not document the answer of an org that lacks event hook filters.
test.each(["refused", "left-out"] as const)(
  "if event-hook filters are off in Okta, apply makes the other changes and prints how to turn them on (%s)",
  async (how) => {
    await start({ eventFilters: how });
    const { error, said } = await applyTo(org, wanted);
    expect(wordsOf(error)).toMatch(
      /filters are early access\. Switch them on under Settings → Features, or set "filter": false/,
    );
    expect([said[0], org.hooks.active()?.name]).toEqual([
      "Done: telephony hook: create and activate",
      "8x8",
    ]);
    expect(await planned()).toEqual([
      how === "refused" ? "create-event-hook" : "replace-event-hook",
    ]);
  },
);
