import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startAzure, type FakeAzure } from "../../sandbox/azure.ts";
import type { Refusal } from "../../sandbox/azure/ingestion.ts";
import { hookBody } from "../../sandbox/okta.ts";
import { inAzure, startProcess, type AppProcess } from "../app.ts";
import { until } from "../until.ts";

type Outage = Refusal | "down" | "hang" | "error";
const warning = "Warning: Telemetry was lost";

function begin({ ingestion }: FakeAzure, outage: Outage): void {
  if (typeof outage === "object") ingestion.refuse(outage);
  else ingestion.fail(outage);
}

async function post(app: AppProcess, hooks: number, body: object | string = hookBody()): Promise<void> {
  for (let hook = 0; hook < hooks; hook++) await app.post(body);
}

/** Hooks before, in and after an outage, the last only once the loss was noticed; and what became of their events. */
async function runThrough(outage: Outage) {
  const azure = await startAzure();
  const app = await startProcess(inAzure(azure));
  try {
    const events = () => azure.ingestion.events("otp-delivery").length;
    await post(app, 1);
    await azure.ingestion.waitFor(() => events() === 1, 30_000);
    begin(azure, outage);
    // Without calls to 8x8, which would be waited for first, where that takes its time.
    const slow = outage === "hang" || (typeof outage === "object" && outage.retryAfter !== undefined);
    await post(app, 4, slow ? "not json" : hookBody());
    await until(() => app.output().includes(warning), 30_000);
    azure.ingestion.recover();
    const reported = () => azure.ingestion.events("telemetry-dropped");
    await azure.ingestion.waitFor(() => reported().length > 0, 30_000);
    await post(app, 3);
    await app.stop();
    const { lost, lostOthers, dropped } = reported()[0]?.properties ?? {};
    const warnings = app.output().split(warning).length - 1;
    const arrivedOrCounted = events() + Number(lost) + Number(dropped);
    return {
      outage,
      arrivedOrCounted,
      someLost: Number(lost) + Number(lostOthers) > 0,
      reported: reported().length,
      warnings,
    };
  } finally {
    await app.stop();
    await azure.close();
  }
}

test("whatever the ingestion does, an event arrives or is counted, in the log and by an event once it works again", async () => {
  const refusals = [401, 403, 404, 500].map((status) => ({ status }));
  const outages: Outage[] = [...refusals, { status: 429, retryAfter: "600" }, { status: 206 }, "down", "hang"];
  const results = await Promise.all(outages.map(runThrough));
  expect(results).toEqual(
    outages.map((outage) => ({ outage, arrivedOrCounted: 8, someLost: true, reported: 1, warnings: 1 })),
  );
}, 120_000);

describe("an outage of the ingestion", () => {
  let azure: FakeAzure;
  let app: AppProcess;
  beforeEach(async () => {
    azure = await startAzure();
  });
  afterEach(async () => {
    await app.stop();
    await azure.close();
  });

  test("that makes 4,000 events wait loses none of them, though the SDK's own queue would", async () => {
    app = await startProcess({ ...inAzure(azure) });
    await post(app, 1);
    await azure.ingestion.waitFor(() => azure.ingestion.events().length === 1);
    azure.ingestion.fail({ slowMs: 3_000 });
    for (let hook = 0; hook < 4_000; hook += 50)
      await Promise.all(Array.from({ length: 50 }, () => app.post("not json")));
    azure.ingestion.recover();
    await azure.ingestion.waitFor(() => azure.ingestion.events().length >= 4_001, 30_000);
    await app.stop();
    expect(azure.ingestion.events("otp-delivery")).toHaveLength(4_001);
    expect(app.output()).not.toContain(warning);
  }, 60_000);

  test("leaves no file, neither while it lasts nor when the worker is stopped in it", async () => {
    const home = await mkdtemp(join(tmpdir(), "home-"));
    const places = [azure.env["TMPDIR"] ?? "", home];
    const files = () => Promise.all(places.map((place) => readdir(place, { recursive: true })));
    const before = await files();
    app = await startProcess({ ...inAzure(azure), HOME: home });
    begin(azure, "error");
    await post(app, 3);
    await until(() => app.output().includes(warning));
    begin(azure, "hang");
    const { length } = azure.ingestion.requests;
    await post(app, 3);
    await until(() => azure.ingestion.requests.length > length);
    await app.stop();
    expect(await files()).toEqual(before);
    expect(before[0]).not.toEqual([]);
    await rm(home, { recursive: true });
  });
});
