import type { FakeAzure } from "../../tools/sandbox/azure.ts";
import { hookBody } from "../../tools/sandbox/okta.ts";
import { inAzure, startApp, startAzureHere, type App } from "../app.ts";
import { until } from "../until.ts";

let azure: FakeAzure;
let app: App;
afterEach(async () => {
  await app.stop();
  await azure.close();
});

test("while Okta sends the older version of the hook secret, secret-expiry has the days left of that version", async () => {
  azure = await startAzureHere();
  const settings = inAzure(azure);
  const inDays = (days: number) => new Date(Date.now() + days * 86_400_000);
  azure.vault.set("okta-hook-secret", [
    { value: "the-newest-version-of-the-secret", expires: inDays(170) },
    { value: "the-version-that-okta-still-sends", expires: inDays(3) },
  ]);
  app = await startApp(settings);
  const send = () => app.post(hookBody(), { authorization: "the-version-that-okta-still-sends" });
  await until(async () => (await send()).status === 200);
  await app.stop();
  const daysLeft = azure.ingestion
    .events("secret-expiry")
    .filter(({ properties }) => properties["secret"] === "okta-hook-secret")
    .map(({ properties }) => Math.ceil(Number(properties["daysLeft"])));
  expect(daysLeft.at(-1)).toBe(3);
});
