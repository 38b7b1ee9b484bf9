import { startAzure, type FakeAzure } from "../../sandbox/azure.ts";
import type { Fault } from "../../sandbox/azure/stand-in.ts";
import { noTable, testTables, useCodes } from "./table-behaviour.ts";

let azure: FakeAzure;
beforeEach(async () => {
  azure = await startAzure();
});
afterEach(() => azure.close());

// lab/test/azurite.long.test.ts holds Microsoft's emulator to the same.
describe("the stand-in for Table Storage", () => {
  testTables(
    () => azure,
    () => azure.tables.url,
  );

  it("takes tokens of the app's identity alone", async () => {
    await useCodes(azure, azure.tables.url);
    expect(azure.identity.requests).toEqual([
      { resource: "https://storage.azure.com", clientId: azure.identity.clientId, authorized: true },
    ]);
    expect(azure.tables.requests.every(({ authorized }) => authorized)).toBe(true);
  });

  it("fails where a table is not there", async () => {
    azure.tables.dropTable();
    expect((await useCodes(azure, azure.tables.url))[0]).toEqual(noTable);
  });

  it.each<[Fault, unknown]>([
    ["down", { failed: "ECONNRESET", status: null }],
    ["error", { failed: expect.any(String) as unknown, status: 500 }],
    ["denied", { failed: expect.any(String) as unknown, status: 403 }],
  ])("fails as it is asked to (%j)", async (fault, seen) => {
    azure.tables.fail(fault);
    expect((await useCodes(azure, azure.tables.url))[0]).toEqual(seen);
  });
});
