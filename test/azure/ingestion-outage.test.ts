import { readdirSync } from "node:fs";
import type { FakeAzure } from "../../tools/sandbox/azure.ts";
import { hookBody } from "../../tools/sandbox/okta.ts";
import { inAzure, startApp, startAzureHere, type App } from "../app.ts";
import { until } from "../until.ts";

let azure: FakeAzure;
let app: App;
beforeEach(async () => {
  azure = await startAzureHere();
  app = await startApp(inAzure(azure));
});
afterEach(async () => {
  azure.ingestion.recover();
  await app.stop();
  // An unanswered request must end, or such requests would pile up.
  await until(() => azure.ingestion.hanging() === 0);
  await azure.close();
});

test("while the ingestion endpoint hangs, the hook answers, and events from after the outage arrive", async () => {
  const { ingestion } = azure;
  ingestion.fail("hang");
  expect((await app.post(hookBody())).judged.answer).toBe("successful");
  await app.passing(until(() => ingestion.requests.length > 0));
  ingestion.recover();
  const eventId = "afterTheOutageAb1Cd2";
  await app.post(hookBody({ envelope: { eventId } }));
  const events = () => ingestion.events("otp-delivery");
  await ingestion.waitFor(() =>
    events().some(({ properties }) => properties["eventId"] === eventId),
  );
});

test("an event that cannot be sent is not stored on the disk", async () => {
  azure.ingestion.fail("down");
  await app.post(hookBody());
  await app.stop();
  expect(azure.ingestion.requests.length).toBeGreaterThan(0);
  expect(readdirSync(azure.env["TMPDIR"] ?? "")).toEqual(["ca.pem"]);
});
