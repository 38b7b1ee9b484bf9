import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { startAzure, type AzureOptions } from "../../tools/sandbox/azure.ts";
import { authenticatedBy } from "../../tools/sandbox/okta.ts";
import { startProcess } from "../app.ts";
import { startOutcomesIn } from "../functions/outcomes-in-azure.ts";
import { startAzurite, type Azurite } from "./azurite.ts";

let azurite: Azurite;
const options: AzureOptions = {
  async startTables(certificates) {
    azurite = await startAzurite("sttest", certificates);
    return azurite.port;
  },
};
afterEach(() => azurite.stop());

test("if two events report a used code, the app matches the first event to the code in Azurite's table", async () => {
  const start = { startAzure: () => startAzure(options), start: startProcess };
  const { azure, okta, send, stopAndReadEvents, app, stop } = await startOutcomesIn(start);
  try {
    const createTable = [join(__dirname, "create-table.ts"), azure.tables.url];
    await promisify(execFile)(process.execPath, createTable, { env: azure.env });
    expect((await send()).judged.answer).toBe("successful");
    await azure.ingestion.waitFor(() => azure.ingestion.events("otp-delivery").length > 0, 15_000);
    await okta.deliver([authenticatedBy("sms")]);
    await okta.deliver([authenticatedBy("sms")]);
    const joins = (await stopAndReadEvents("otp-outcome")).map(({ join: how }) => how);
    expect(joins).toEqual(["joined", "none"]);
    expect(app.output()).not.toContain("could not be used");
    expect(azure.proxy.refused).toEqual([]);
  } finally {
    await stop();
  }
});
