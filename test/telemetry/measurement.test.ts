import { startAzure } from "../../sandbox/azure.ts";
import { run } from "../sandbox/run-probe.ts";

test("a measurement is one item of a metric, with its own properties, however often the SDK looks for metrics", async () => {
  const azure = await startAzure();
  try {
    const nothing = { events: 0, others: 0 };
    expect(JSON.parse(await run(azure, "send-measurements.ts"))).toEqual(Array(6).fill(nothing));
    const metrics = azure.ingestion.metrics("secret-days-left");
    expect(metrics.map(({ value, properties }) => [properties["secret"], value])).toEqual([
      ["okta-hook-secret", 29.5],
      ["eight-by-eight-api-key", 59],
      ["okta-hook-secret", 28.5],
      ["eight-by-eight-api-key", 57],
    ]);
    expect(azure.ingestion.envelopes).toHaveLength(4);
    expect(metrics[0]).toMatchObject({ count: 1, roleName: "okta-8x8-test" });
  } finally {
    await azure.close();
  }
});
