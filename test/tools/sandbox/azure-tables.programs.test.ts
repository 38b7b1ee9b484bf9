import { startAzure, type FakeAzure } from "../../../tools/sandbox/azure.ts";
import { noTable, testTables, useCodes } from "./table-behaviour.ts";

let azure: FakeAzure;
beforeEach(async () => {
  azure = await startAzure();
});
afterEach(() => azure.close());

// azurite.long.test.ts runs the same tests against Microsoft's emulator.
describe("the stand-in for Table Storage", () => {
  testTables(
    () => azure,
    () => azure.tables.url,
  );

  it("answers 404 without the table, and accepts the identity's token for storage", async () => {
    azure.tables.dropTable();
    expect((await useCodes(azure, azure.tables.url))[0]).toEqual(noTable);
    expect(azure.identity.requests.map(({ resource }) => resource)).toEqual([
      "https://storage.azure.com",
    ]);
    expect(azure.tables.requests.every(({ authorized }) => authorized)).toBe(true);
  });
});
