import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { EventHookOptions } from "../../../tools/sandbox/okta/management/event-hooks.ts";
import type { OktaOrg } from "../../../tools/sandbox/okta/management/org.ts";
import type { WantedState } from "../../../tools/okta/wanted-state.ts";
import { applyTo, doing, planOf, secret, startOrg, wantedOf, wordsOf } from "./applying.ts";

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
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/events`;
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
  expect((await planOf(org, wanted)).changes).toMatchObject([
    { do: "replace-event-hook", parts: ["filter"] },
  ]);
  expect((await applyTo(org, wanted)).error).toBeUndefined();
  expect([hook()?.verificationStatus, await planned()]).toEqual(["VERIFIED", []]);
});

test("plan lists the verification of an event hook that Okta could not verify before", async () => {
  await start();
  wanted = {
    ...wanted,
    events: { name: "8x8 outcomes", url: "http://127.0.0.1:9/events", filter: true },
  };
  expect((await applyTo(org, wanted)).error).toBeInstanceOf(Error);
  expect((await planOf(org, wanted)).changes).toMatchObject([{ do: "verify-event-hook" }]);
});

// Okta documents the status as read-only, but Okta's Terraform provider sends a status in its PUT.
test.each(["taken", "kept"] as const)(
  "apply keeps the event hook active if Okta's handling of a PUT's status is %s",
  async (eventHookStatus) => {
    await start({ eventHookStatus });
    await applyTo(org, wanted);
    wanted = { ...wanted, events: { name: "8x8 outcomes", url, filter: false } };
    expect((await applyTo(org, wanted)).error).toBeUndefined();
    expect([hook()?.status, await planned()]).toEqual(["ACTIVE", []]);
  },
);

test("apply keeps added headers and finds a renamed event hook by its URL", async () => {
  await start();
  await applyTo(org, wanted);
  const [made] = org.eventHooks.all();
  if (made !== undefined) Object.assign(made, { name: "renamed" });
  made?.channel.config.headers?.push({ key: "x-team", value: "v" });
  expect((await planOf(org, wanted)).changes).toMatchObject([
    { do: "replace-event-hook", parts: ["name"] },
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
  org.phone.rename("Telefon d'entreprise");
  expect((await planOf(org, wanted)).changes).toMatchObject([
    { do: "replace-event-hook", parts: ["filter"] },
  ]);
  await applyTo(org, wanted);
  const [filtered] = hook()?.events.filter?.eventFilterMap ?? [];
  expect(filtered?.condition.expression).toContain("displayName eq 'Telefon d''entreprise'");
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
    expect([said.length, org.phone.state()?.status]).toEqual([3, "ACTIVE"]);
    expect(await planned()).toEqual([
      how === "refused" ? "create-event-hook" : "replace-event-hook",
    ]);
  },
);
