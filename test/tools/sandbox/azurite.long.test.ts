// Runs the tests of azure-tables.programs.test.ts against Microsoft's emulator too, to check that
// the stand-in behaves like the emulator.
import { startAzure, type AzureOptions, type FakeAzure } from "../../../tools/sandbox/azure.ts";
import { authenticatedBy } from "../../../tools/sandbox/okta.ts";
import { startProcess } from "../../app.ts";
import { startOutcomesIn } from "../../functions/outcomes-in-azure.ts";
import { run } from "./run-probe.ts";
import { noTable, testTables, useCodes } from "./table-behaviour.ts";
import { startAzurite, type Azurite } from "./azurite.ts";

const account = "sttest";
let azurite: Azurite;
const accountIn = (place: "host" | "path"): AzureOptions => ({
  async startTables(certificates) {
    azurite = await startAzurite(account, place, certificates);
    return azurite.port;
  },
});
afterEach(() => azurite.stop());

const createTables = (azure: FakeAzure, url: string) => run(azure, "create-tables.ts", url);

describe("Azurite", () => {
  let azure: FakeAzure;
  const url = () => `${azure.tables.url}/${account}`;
  beforeEach(async () => {
    azure = await startAzure(accountIn("path"));
  });
  afterEach(() => azure.close());

  describe("with the tables", () => {
    beforeEach(() => createTables(azure, url()));
    testTables(() => azure, url);
  });

  it("answers 404 without the table", async () => {
    expect((await useCodes(azure, url()))[0]).toEqual(noTable);
  });
});

test("the app matches a code in Azurite's table only to the first of two events", async () => {
  const running = await startOutcomesIn({
    startAzure: () => startAzure(accountIn("host")),
    start: startProcess,
  });
  const { azure, okta, send, stopAndReadEvents, app } = running;
  try {
    await createTables(azure, azure.tables.url);
    expect((await send()).judged.answer).toBe("successful");
    await azure.ingestion.waitFor(() => azure.ingestion.events("otp-delivery").length > 0, 15_000);
    await okta.deliver([authenticatedBy("sms")]);
    await okta.deliver([authenticatedBy("sms")]);
    expect((await stopAndReadEvents("otp-outcome")).map(({ join }) => join)).toEqual([
      "joined",
      "none",
    ]);
    expect(app.output()).not.toContain("could not be used");
  } finally {
    await running.stop();
  }
});
