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

test("is made and verified, has no drift then, and is verified again after a change", async () => {
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

test("that Okta could not verify is verified by the next run", async () => {
  await start();
  wanted = {
    ...wanted,
    events: { name: "8x8 outcomes", url: "http://127.0.0.1:9/events", filter: true },
  };
  expect((await applyTo(org, wanted)).error).toBeInstanceOf(Error);
  expect((await planOf(org, wanted)).changes).toMatchObject([{ do: "verify-event-hook" }]);
});

// Okta's document says that only Okta writes a status; its Terraform provider was recorded to send
// one.
test.each(["taken", "kept"] as const)(
  "stays active through a PUT, where its status is %s",
  async (eventHookStatus) => {
    await start({ eventHookStatus });
    await applyTo(org, wanted);
    wanted = { ...wanted, events: { name: "8x8 outcomes", url, filter: false } };
    expect((await applyTo(org, wanted)).error).toBeUndefined();
    expect([hook()?.status, await planned()]).toEqual(["ACTIVE", []]);
  },
);

test("keeps headers that somebody added, and is known by its URL when it was renamed", async () => {
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

test("filters by the name that the org has for the phone, and says when that was changed", async () => {
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

// What an org answers that has no event hook filters is not documented.
test.each(["refused", "left-out"] as const)(
  "with filters off in the org (%s), says how to switch them on; all else is done",
  async (how) => {
    await start({ eventFilters: how });
    const { error, said } = await applyTo(org, wanted);
    expect(wordsOf(error)).toMatch(
      /filter.*early access, under Settings → Features; or "filter": false/,
    );
    expect([said.length, org.phone.state()?.status]).toEqual([3, "ACTIVE"]);
    expect(await planned()).toEqual([
      how === "refused" ? "create-event-hook" : "replace-event-hook",
    ]);
  },
);
