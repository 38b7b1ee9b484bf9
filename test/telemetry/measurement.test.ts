import { hookSecret, inAzure, startAzureHere, startApp } from "../app.ts";
import { run } from "../tools/sandbox/run-probe.ts";

test("each measurement arrives once, as a metric with its own properties", async () => {
  const azure = await startAzureHere();
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

test("the app reports the days until a secret's newest version expires", async () => {
  const azure = await startAzureHere();
  const settings = inAzure(azure);
  const inDays = (days: number) => new Date(Date.now() + days * 86_400_000);
  azure.vault.set("okta-hook-secret", [
    { value: hookSecret, expires: inDays(20) },
    { value: "the-older-hook-secret", expires: inDays(10) },
  ]);
  const app = await startApp(settings);
  try {
    const reported = () => azure.ingestion.metrics("secret-days-left");
    await app.passing(azure.ingestion.waitFor(() => reported().length > 0, 30_000));
    expect(
      reported().map(({ properties, value }) => [properties["secret"], Math.round(value)]),
    ).toEqual([["okta-hook-secret", 20]]);
  } finally {
    await app.stop();
    await azure.close();
  }
});
