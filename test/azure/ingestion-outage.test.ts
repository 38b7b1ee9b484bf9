import type { FakeAzure } from "../../tools/sandbox/azure.ts";
import type { Refusal } from "../../tools/sandbox/azure/ingestion.ts";
import { hookBody } from "../../tools/sandbox/okta.ts";
import { inAzure, startApp, startAzureHere, turnExporter, type App } from "../app.ts";
import { until } from "../until.ts";

type Outage = Refusal | "down" | "hang" | "error";
const warning = "Warning: Telemetry was lost";

function begin({ ingestion }: FakeAzure, outage: Outage): void {
  if (typeof outage === "object") ingestion.refuse(outage);
  else ingestion.fail(outage);
}

async function post(hooks: number, body: object | string = hookBody()): Promise<void> {
  for (let hook = 0; hook < hooks; hook++) await app.post(body);
}

let azure: FakeAzure;
let app: App;
afterEach(async () => {
  azure.ingestion.recover();
  turnExporter(20_000);
  await app.stop();
  await azure.close();
});

async function startHere(): Promise<App> {
  azure = await startAzureHere();
  return (app = await startApp(inAzure(azure)));
}

/**
 * Sends requests before, during and after an outage. Returns how many of their events and calls to
 * 8x8 arrived in Application Insights, or were reported as lost.
 */
async function runThrough(outage: Outage) {
  const here = await startHere();
  const waitUntil = (happened: () => boolean) =>
    here.passing(
      until(() => {
        turnExporter(250);
        return happened();
      }),
    );
  const events = () => azure.ingestion.events("otp-delivery").length;
  await post(1);
  await waitUntil(() => events() === 1);
  begin(azure, outage);
  // In a slow outage, the requests are malformed. For valid requests, the app would wait for 8x8.
  const slow = outage === "hang" || (typeof outage === "object" && outage.retryAfter !== undefined);
  await post(4, slow ? "not json" : hookBody());
  await waitUntil(() => here.output().includes(warning));
  azure.ingestion.recover();
  const reported = () => azure.ingestion.events("telemetry-dropped");
  await waitUntil(() => reported().length > 0);
  await post(3);
  await here.stop();
  const { lost, lostOthers, dropped } = reported()[0]?.properties ?? {};
  return {
    arrivedOrCounted: events() + Number(lost) + Number(dropped),
    callsNotCounted:
      here.eightByEight.requests.length -
      azure.ingestion.dependencies().length -
      Number(lostOthers),
    someLost: Number(lost) + Number(lostOthers) > 0,
    reported: reported().length,
    warnings: here.output().split(warning).length - 1,
  };
}

test.each<Outage>([
  ...[{ status: 403 }, { status: 404 }, { status: 429, retryAfter: "600" }, { status: 206 }],
  ...(["down", "hang"] as const),
])("each event and call arrives or counts as lost in the ingestion outage %j", async (outage) => {
  expect(await runThrough(outage)).toEqual({
    arrivedOrCounted: 8,
    callsNotCounted: 0,
    someLost: true,
    reported: 1,
    warnings: 1,
  });
});

test("each of 1,000 events arrives once, although the ingestion endpoint is slow", async () => {
  const here = await startHere();
  await post(1);
  await here.passing(azure.ingestion.waitFor(() => azure.ingestion.events().length === 1));
  azure.ingestion.fail({ slowMs: 3_000 });
  for (let hook = 0; hook < 1_000; hook += 50)
    await Promise.all(Array.from({ length: 50 }, () => app.post("not json")));
  azure.ingestion.recover();
  await here.stop();
  expect(azure.ingestion.events("otp-delivery")).toHaveLength(1_001);
  expect(here.output()).not.toContain(warning);
});
