import { startAzure, type FakeAzure } from "../../sandbox/azure.ts";
import type { Fault } from "../../sandbox/azure/stand-in.ts";
import { run } from "./run-probe.ts";

let azure: FakeAzure;
beforeEach(async () => {
  azure = await startAzure();
});
afterEach(() => azure.close());

const use = async () => JSON.parse(await run(azure, "use-table.ts", azure.tables.url)) as unknown[];

// The same was seen of Azurite 3.37, Microsoft's emulator, and so of the next one.
it("the stand-in for Table Storage keeps, gives and removes a row for the real SDK, and lists page after page", async () => {
  const sentTo = { callingCode: "49", range: "+491512345", sentAt: "2026-11-25T09:00:00.123Z" };
  const row = { oktaUserId: "00uyxxSknGtK8022w0g3", channel: "sms", ...sentTo };
  const etag = expect.stringMatching(/^W\//) as string;
  expect(await use()).toEqual([
    "nothing",
    "nothing",
    { ...row, eventId: "e'1", country: "DE", etag },
    "nothing",
    true,
    { ...row, eventId: "e2", etag },
    true,
    false,
    "nothing",
    "nothing",
    [null, null, null, "00u4", "00u5"],
  ]);
  expect(azure.identity.requests).toEqual([
    { resource: "https://storage.azure.com", clientId: azure.identity.clientId, authorized: true },
  ]);
  expect(azure.tables.requests.every(({ authorized }) => authorized)).toBe(true);
  expect(azure.proxy.refused).toEqual([]);
});

it("and keeps what instances tell each other: they read it by the hour, and remove what is old a hundred rows at a time", async () => {
  const told = JSON.parse(await run(azure, "use-guard-table.ts", azure.tables.url)) as unknown;
  expect(told).toEqual({
    read: [
      [
        { partition: "2026-11-24T09", row: "a-0", counts: '{"cGB":[0,1]}' },
        { partition: "2026-11-24T09", row: "b-0", counts: "{}" },
      ],
      103,
    ],
    left: [0, 0, 2, [{ partition: "verified", row: "2026-11-10-a", counts: "{}" }]],
  });
  // Two instances, each hundred and the rest: the hours that are over and the days.
  const removals = azure.tables.requests.filter(({ path }) => path === "/$batch");
  expect(removals.length).toBeGreaterThanOrEqual(4);
  expect(azure.tables.requests.filter(({ method }) => method === "DELETE")).toEqual([]);
});

it("a table that does not exist is a failure, not a row that is not there", async () => {
  azure.tables.dropTable();
  expect((await use())[0]).toEqual({ failed: expect.anything() as unknown, status: 404 });
});

it.each<[Fault, unknown]>([
  ["down", { failed: "ECONNRESET", status: null }],
  ["error", { failed: expect.any(String) as unknown, status: 500 }],
  ["denied", { failed: expect.any(String) as unknown, status: 403 }],
])("fails as it is told (%j)", async (fault, seen) => {
  azure.tables.fail(fault);
  expect((await use())[0]).toEqual(seen);
});
