import type { FakeAzure } from "../../tools/sandbox/azure.ts";
import type { Refusal } from "../../tools/sandbox/azure/ingestion.ts";
import { hookBody } from "../../tools/sandbox/okta.ts";
import { inAzure, startApp, startAzureHere, type App } from "../app.ts";

type Outage = Refusal | "down" | "hang";

function begin({ ingestion }: FakeAzure, outage: Outage): void {
  if (typeof outage === "object") ingestion.refuse(outage);
  else ingestion.fail(outage);
}

let azure: FakeAzure;
let app: App;
beforeEach(async () => {
  azure = await startAzureHere();
  app = await startApp(inAzure(azure));
});
afterEach(async () => {
  azure.ingestion.recover();
  await app.stop();
  await azure.close();
});

const events = () => azure.ingestion.events("otp-delivery");
const waitForEvents = (count: number) =>
  app.passing(azure.ingestion.waitFor(() => events().length >= count));

test.each<Outage>([{ status: 403 }, { status: 429, retryAfter: "600" }, "down", "hang"])(
  "during the ingestion outage %j, the hook answers, and events from after the outage arrive",
  async (outage) => {
    await app.post(hookBody());
    await waitForEvents(1);
    begin(azure, outage);
    expect((await app.post(hookBody())).judged.answer).toBe("successful");
    // The SDK tries to send an event after one second, so the outage must last longer.
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    azure.ingestion.recover();
    const eventId = "afterTheOutageAb1Cd2";
    await app.post(hookBody({ envelope: { eventId } }));
    await app.passing(
      azure.ingestion.waitFor(() =>
        events().some(({ properties }) => properties["eventId"] === eventId),
      ),
    );
  },
);

// The SDK sends at most 512 events in a batch.
test("each of 600 events arrives exactly once, even if the ingestion endpoint is slow", async () => {
  await app.post(hookBody());
  await waitForEvents(1);
  azure.ingestion.fail({ slowMs: 3_000 });
  for (let hook = 0; hook < 600; hook += 50)
    await Promise.all(Array.from({ length: 50 }, () => app.post("not json")));
  azure.ingestion.recover();
  await app.stop();
  await waitForEvents(601);
  expect(events()).toHaveLength(601);
});
