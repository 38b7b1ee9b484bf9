import type { FakeAzure } from "../../sandbox/azure.ts";
import { hookBody } from "../../sandbox/okta.ts";
import { inAzure, startAzureHere, startApp, type App } from "../app.ts";

let azure: FakeAzure;
let app: App;
beforeEach(async () => {
  azure = await startAzureHere();
  app = await startApp(inAzure(azure));
});
afterEach(() => azure.close());

test("strangers write 60 events a minute and one that sums the rest, and every hook of Okta's has its own", async () => {
  const authorizations = Array.from({ length: 300 }, (_, index) =>
    index % 10 === 0 ? {} : { authorization: "wrong" },
  );
  // So few at once that no hook of Okta's waits for them.
  while (authorizations.length > 0)
    await Promise.all(authorizations.splice(0, 30).map((headers) => app.post(hookBody(), headers)));
  await app.idle();
  await app.stop();
  const events = azure.ingestion.events("otp-delivery").map(({ properties }) => properties);
  const refused = events.filter(({ outcome }) => outcome === "unauthenticated");
  expect(events.filter(({ outcome }) => outcome !== "unauthenticated")).toHaveLength(30);
  expect(refused).toHaveLength(61);
  expect(refused.filter(({ count }) => count !== undefined)).toEqual([{ outcome: "unauthenticated", count: "210" }]);
});
